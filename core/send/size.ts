import { type SendFailure, sendFailure } from './failure.ts';

/** The most bytes each way takes. */
export const SIZE_LIMITS = {
  /** An invocation: the event as JSON. Lambda itself takes 1 MB of an asynchronous one, which looks like any other. */
  invoke: 6 * 1024 * 1024,
  /** One message of the send queue, its attributes included; SQS itself refuses a larger one. */
  queue: 1024 * 1024 - 2048,
  /** SES's v1 API: the message as MIME. */
  ses: 10 * 1024 * 1024,
} as const;

/** A way that a message takes. */
export type SizePath = keyof typeof SIZE_LIMITS;

/** MIME parts that SES takes in one message. */
const MAX_PARTS = 500;

/**
 * Whether something is too large for its way.
 *
 * @param bytes - the size found
 * @param what - what was measured, as the message names it
 * @param limit - the most bytes taken, if it is not the one of the whole path
 * @returns undefined if it fits, else `TooLarge` with path, size and limit
 * @example tooLarge('ses', 12_000_000, 'the message')?.message // 'ses: the message has 12000000 bytes, at most 10485760 are taken'
 */
export const tooLarge = (
  path: SizePath,
  bytes: number,
  what: string,
  limit: number = SIZE_LIMITS[path],
): SendFailure | undefined =>
  bytes <= limit
    ? undefined
    : sendFailure('TooLarge', `${path}: ${what} has ${bytes} bytes, at most ${limit} are taken`);

/** The bytes of all texts in a JSON value: what it has at least. A loop, since values may be nested without end. */
const bytesOfTexts = (value: unknown): number => {
  const open = [value];
  let bytes = 0;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') bytes += Buffer.byteLength(next);
    else if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) open.push(inner);
  }
  return bytes;
};

/**
 * The same for a request as it came in, by the bytes of its texts in UTF-8: writing all of it as JSON once more would cost
 * more than anything else does here, and the path itself takes nothing that is larger.
 *
 * @param request - parsed, or the text it came as
 * @example requestTooLarge('queue', record.body)
 */
export const requestTooLarge = (path: SizePath, request: unknown): SendFailure | undefined =>
  tooLarge(path, bytesOfTexts(request), 'the request');

/** Whether a message has more MIME parts than SES takes. */
export const tooManyParts = (parts: number): SendFailure | undefined =>
  parts <= MAX_PARTS
    ? undefined
    : sendFailure('TooLarge', `ses: the message has ${parts} MIME parts, at most ${MAX_PARTS} are taken`);
