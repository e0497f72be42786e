import { type Instant, parseInstant } from '../instant.ts';

/**
 * When an event happened: its own time, not before SES accepted the mail and not after the envelope was made, because
 * providers' clocks lie. Where the two bounds cross, the envelope wins. Without a time of its own the event gets the
 * envelope's, else the mail's.
 *
 * @param own - the event's own timestamp, as sent
 * @returns undefined if none of the three is usable
 */
export const when = (
  own: unknown,
  acceptedAt: Instant | undefined,
  sentAt: Instant | undefined,
): Instant | undefined => {
  const told = parseInstant(own) ?? sentAt ?? acceptedAt;
  if (told === undefined) return undefined;
  const notBefore = acceptedAt === undefined ? told : Math.max(told, acceptedAt);
  return sentAt === undefined ? notBefore : Math.min(notBefore, sentAt);
};
