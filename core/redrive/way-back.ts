import { isFields } from '../feedback/open-envelope.ts';
import type { SendCode } from '../send/failure.ts';
import { KEY_FIELD, keyOfMessage, withKey } from '../send/with-key.ts';
import { type FailureRecord, readFailureRecord } from './failure-record.ts';
import type { Letter, LetterAttributes, LetterBox } from './letters.ts';

/** What a letter becomes when it is fed back, or why it must not be. */
export type WayBack =
  | {
      readonly kind: 'goes';
      readonly body: string;
      readonly attributes: LetterAttributes;
      /** Of a send request: the key it is sent by, for which the answer is kept. */
      readonly key?: string;
    }
  | { readonly kind: 'stays'; readonly why: string };

/** Whether a code of the send function says that nothing was given to SES. Every code is here: a new one must be judged. */
const SENT_NOTHING: Readonly<Record<SendCode, boolean>> = {
  InvalidRequest: true,
  TooLarge: true,
  RecipientsSuppressed: true,
  SenderNotVerified: true,
  RecipientNotVerified: true,
  SenderNotAllowed: true,
  SendingPaused: true,
  ConfigurationSetNotFound: true,
  TemplateNotFound: true,
  RateExceeded: true,
  QuotaExceeded: true,
  ListUnavailable: true,
  SesUnreachable: true,
  UnsubscribeUnavailable: true,
  MessageRejected: true,
  InProgress: false,
  IdempotencyKeyReused: false,
  OutcomeUnknown: false,
};

const isSendCode = (text: string): text is SendCode => Object.hasOwn(SENT_NOTHING, text);

const stays = (why: string): WayBack => ({ kind: 'stays', why });

/** What the function wrote beside the letter says why it failed then. */
const unsaid = ({ attributes }: Letter): LetterAttributes => {
  const { code: _code, message: _message, ...others } = attributes;
  return others;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const keyIn = (request: { readonly [field: string]: unknown }, otherwise: string): string => {
  const key = request[KEY_FIELD];
  return typeof key === 'string' ? key : otherwise;
};

/**
 * A queued request. Fed back it is a new message with a new id, so one that named no key gets the one it was sent by until
 * now, from the id that SQS has let it keep.
 */
const sendWayBack = (letter: Letter): WayBack => {
  const request = parse(letter.body);
  if (!isFields(request)) return stays('is no request: its body is no JSON object');
  const own = keyOfMessage(letter.messageId);
  const body = withKey(letter.body, request, own);
  return { kind: 'goes', body, attributes: unsaid(letter), key: keyIn(request, own) };
};

const neverRan = ({ condition, invokes }: FailureRecord): boolean => condition === 'EventAgeExceeded' && invokes === 0;

/**
 * A request that was sent by an asynchronous invocation. With a key of its own it is sent once whatever became of it;
 * without, only if nothing was given to SES. It then gets a key from the invocation, which two letters about it share.
 */
const failedSendWayBack = (letter: Letter): WayBack => {
  const record = readFailureRecord(letter.body);
  if (record === undefined) return stays("is no record of Lambda's");
  const { payload, requestId, errorType } = record;
  if (Array.isArray(payload)) return stays('is a list of requests, some of which may have been sent');
  if (!isFields(payload)) return stays('is no request: its payload is no JSON object');
  const hasKey = Object.hasOwn(payload, KEY_FIELD);
  const sentNothing = errorType !== undefined && isSendCode(errorType) && SENT_NOTHING[errorType];
  if (!hasKey && !sentNothing && !neverRan(record))
    return stays('may have been mailed, and has no idempotencyKey that would keep it from being mailed twice');
  const own = `async-${requestId}`;
  const body = withKey(JSON.stringify(payload), payload, own);
  return { kind: 'goes', body, attributes: {}, key: keyIn(payload, own) };
};

/**
 * How a letter is fed back so that nothing happens twice. Feedback merges, so it goes back as it is; a request goes back
 * with a key, under which it is mailed once in 30 days, also if it is fed back again.
 *
 * @example wayBack(letter, 'sends') // { kind: 'goes', body: '{…,"idempotencyKey":"sqs-…"}', attributes: {}, key: 'sqs-…' }
 */
export const wayBack = (letter: Letter, box: LetterBox): WayBack => {
  if (box === 'sends') return sendWayBack(letter);
  if (box === 'failed-sends') return failedSendWayBack(letter);
  return { kind: 'goes', body: letter.body, attributes: unsaid(letter) };
};
