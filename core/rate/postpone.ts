/**
 * Has a received message come back no sooner than after so many seconds.
 *
 * @param seconds - whole, 0 to 43,200
 * @throws when the queue did not take it: the message then comes back when it would have anyway
 */
export type Postpone = (receiptHandle: string, seconds: number) => Promise<void>;
