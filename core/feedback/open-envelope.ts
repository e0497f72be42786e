import { type Instant, parseEpochMillis, parseInstant } from '../instant.ts';
import type { Problem } from '../result.ts';
import { quote } from '../text.ts';

/** A message from SES as it came out of its envelopes, not yet read. */
export interface OpenedMessage {
  readonly kind: 'message';
  readonly type: string;
  readonly message: { readonly [field: string]: unknown };
  /** When the innermost envelope that tells a time was made; undefined for a bare message. */
  readonly sentAt: Instant | undefined;
}

/** What one record, body or document turned out to hold. */
export type Opened =
  | OpenedMessage
  /** SES or SNS saying that the wiring works, or an EventBridge event that is no mail event: nothing to do. */
  | { readonly kind: 'notice'; readonly type: string }
  | { readonly kind: 'malformed'; readonly problem: Problem<MalformedCode> };

export type MalformedCode =
  | 'NotJson'
  | 'NotAnObject'
  | 'NoType'
  | 'BadEnvelope'
  | 'TooDeep'
  | 'RecipientsNotAList'
  | 'NoUsableTime'
  | 'NoUsableAddress';

type Fields = { readonly [field: string]: unknown };

/** Steps into envelopes, each object and each text one: an on-failure record in SNS in SQS, as text, needs eleven. */
const DEPTH = 16;
/** SES's plain-text set-up message, sent whenever a configuration set's topic is made or changed. */
const SET_UP_TEXT = /^Successfully validated SNS topic for Amazon SES/;

/** A JSON object, as opposed to a list, `null` or a plain value. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const malformed = (code: MalformedCode, message: string): Opened => ({ kind: 'malformed', problem: { code, message } });

/**
 * Takes the SES messages out of whatever they came in: bare, an SNS envelope, raw delivery, a Lambda event of SQS or
 * SNS records, EventBridge, Lambda's on-failure destination record, or several of these around each other.
 *
 * @param input - a parsed JSON value, or text that should be JSON
 * @param sentAt - the time of the envelope this came in, if one is known already
 * @returns one element a message, each `Records` element counting; malformed ones are among them. Never throws
 * @example openEnvelope({ Type: 'Notification', Message: '{"eventType":"Bounce",…}', Timestamp: '2026-01-02T03:04:05Z' })
 */
export const openEnvelope = (input: unknown, sentAt?: Instant): Opened[] => open(input, sentAt, 0);

const open = (input: unknown, sentAt: Instant | undefined, depth: number): Opened[] => {
  if (depth > DEPTH) return [malformed('TooDeep', `more than ${DEPTH} steps into envelopes around each other`)];
  if (typeof input === 'string') return openText(input, sentAt, depth);
  if (!isFields(input)) return [malformed('NotAnObject', `expected a JSON object, got ${quote(input)}`)];
  const type = messageType(input);
  if (type !== undefined) return [typed(input, type, sentAt)];
  return openFields(input, sentAt, depth + 1);
};

const openText = (text: string, sentAt: Instant | undefined, depth: number): Opened[] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    const trimmed = text.trim();
    if (SET_UP_TEXT.test(trimmed)) return [{ kind: 'notice', type: 'SetUp' }];
    if (text.startsWith('\ufeff')) return open(text.slice(1), sentAt, depth + 1);
    return [malformed('NotJson', `expected JSON, got ${trimmed === '' ? 'nothing' : quote(trimmed)}`)];
  }
  return open(parsed, sentAt, depth + 1);
};

const messageType = ({ eventType, notificationType }: Fields): string | undefined => {
  if (typeof eventType === 'string' && eventType !== '') return eventType;
  return typeof notificationType === 'string' && notificationType !== '' ? notificationType : undefined;
};

const typed = (message: Fields, type: string, sentAt: Instant | undefined): Opened =>
  type === 'AmazonSnsSubscriptionSucceeded' ? { kind: 'notice', type } : { kind: 'message', type, message, sentAt };

const openFields = (fields: Fields, sentAt: Instant | undefined, depth: number): Opened[] => {
  if ('Records' in fields) {
    if (!Array.isArray(fields.Records))
      return [malformed('BadEnvelope', `Records: expected a list, got ${quote(fields.Records)}`)];
    return fields.Records.flatMap((record) => open(record, sentAt, depth));
  }
  if (isFields(fields.Sns)) return open(fields.Sns, sentAt, depth);
  if ('Message' in fields || fields.Type === 'SubscriptionConfirmation' || fields.Type === 'UnsubscribeConfirmation')
    return openSns(fields, sentAt, depth);
  if ('detail' in fields && ('detail-type' in fields || 'source' in fields)) return openEventBridge(fields, sentAt);
  if ('requestPayload' in fields) return open(fields.requestPayload, sentAt, depth);
  if ('body' in fields) return openSqs(fields, sentAt, depth);
  return [malformed('NoType', 'expected eventType or notificationType, got neither; is this a message from SES?')];
};

const openSns = (fields: Fields, sentAt: Instant | undefined, depth: number): Opened[] => {
  const { Type, Message, Timestamp } = fields;
  if (Type === 'SubscriptionConfirmation' || Type === 'UnsubscribeConfirmation')
    return [{ kind: 'notice', type: Type }];
  return open(Message, parseInstant(Timestamp) ?? sentAt, depth);
};

const openEventBridge = (fields: Fields, sentAt: Instant | undefined): Opened[] => {
  const { detail, time } = fields;
  if (!isFields(detail)) return [malformed('BadEnvelope', `detail: expected an object, got ${quote(detail)}`)];
  const type = messageType(detail);
  if (type === undefined) {
    const about = fields['detail-type'];
    return [{ kind: 'notice', type: typeof about === 'string' ? about : 'EventBridge' }];
  }
  return [typed(detail, type, parseInstant(time) ?? sentAt)];
};

const openSqs = (fields: Fields, sentAt: Instant | undefined, depth: number): Opened[] => {
  const { body, attributes } = fields;
  if (typeof body !== 'string' && !isFields(body))
    return [malformed('BadEnvelope', `body: expected text, got ${quote(body)}`)];
  const sent = isFields(attributes) ? parseEpochMillis(attributes.SentTimestamp) : undefined;
  return open(body, sent ?? sentAt, depth);
};
