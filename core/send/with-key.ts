/** The field of a request that names its key. */
export const KEY_FIELD = 'idempotencyKey';

type Request = { readonly [field: string]: unknown };

/**
 * The text of a request with a key, where it has none: the rest of it stays untouched, because reading and writing JSON
 * again could change numbers.
 *
 * @param body - the text that `request` was read from
 * @example withKey('{"to":["pat@target.example"]}', { to: ['pat@target.example'] }, 'sqs-1')
 *   // '{"to":["pat@target.example"],"idempotencyKey":"sqs-1"}'
 */
export const withKey = (body: string, request: Request, key: string): string => {
  if (Object.hasOwn(request, KEY_FIELD)) return body;
  const end = body.lastIndexOf('}');
  const comma = Object.keys(request).length === 0 ? '' : ',';
  return `${body.slice(0, end)}${comma}${JSON.stringify(KEY_FIELD)}:${JSON.stringify(key)}${body.slice(end)}`;
};

/**
 * The key of a queued request that names none: a message that SQS delivers twice, or that is fed back, mails once.
 *
 * @param messageId - of the message in which it first came
 */
export const keyOfMessage = (messageId: string): string => `sqs-${messageId}`;
