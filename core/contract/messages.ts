/**
 * The table that remembers sends: idempotency keys with their answers, Message-IDs, and the account's shared rate. One
 * item a thing, told apart by the beginning of its id; nothing in it is needed for longer than {@link MESSAGES_DAYS}.
 */
export const MessagesTable = {
  /** Partition key, text; there is no sort key. */
  ID: 'id',
  /** When the table may delete the item, epoch seconds; absent: never. Readers compare it themselves. */
  EXPIRES_AT: 'expiresAt',
} as const;

/** Days a send is remembered. */
export const MESSAGES_DAYS = 30;

/** The SES tag that carries the hash of the idempotency key, so that feedback finds the send. */
export const KEY_TAG = 'suppressor-key';

/** The SES tag that carries the stream. */
export const STREAM_TAG = 'stream';

/** What SES takes as the name or value of a message tag, and so what a stream may be called. */
export const TAG_TEXT = /^[A-Za-z0-9_-]{1,256}$/;
