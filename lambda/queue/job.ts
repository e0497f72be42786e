import type { SQSRecord } from 'aws-lambda';
import { isFields } from '../../core/feedback/open-envelope.ts';
import { type Instant, parseEpochMillis } from '../../core/instant.ts';
import { fail, type Result } from '../../core/result.ts';
import type { SendError } from '../../core/send/answer.ts';
import { sendFailure } from '../../core/send/failure.ts';
import { type Deployed, type Prepared, prepare } from '../../core/send/prepare.ts';
import { quote } from '../../core/text.ts';

/** A queued request. */
export interface Job {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** Times it was received, this one included. */
  readonly receives: number;
  /** When it was put on the queue; undefined if SQS does not say. */
  readonly sentAt: Instant | undefined;
  /** The request with its `idempotencyKey`, and what was read in it. */
  readonly request: unknown;
  readonly prepared: Result<Prepared, SendError>;
  /** The body to set aside: as it came, and an `idempotencyKey` in it where it had none. */
  readonly body: string;
}

const KEY = 'idempotencyKey';

const readBody = (body: string): Result<{ readonly [field: string]: unknown }, SendError> => {
  const refuse = (what: string) =>
    fail(sendFailure('InvalidRequest', `the message must be one send request, a JSON object; ${what}`));
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (fault) {
    return refuse(`it is no JSON: ${fault instanceof Error ? quote(fault.message) : fault}`);
  }
  return isFields(value) ? { ok: true, value } : refuse(`got ${quote(value)}`);
};

/** The text of a JSON object with one field more, the rest of it untouched: reading and writing it could change numbers. */
const withKey = (body: string, isEmpty: boolean, key: string): string => {
  const end = body.lastIndexOf('}');
  return `${body.slice(0, end)}${isEmpty ? '' : ','}${JSON.stringify(KEY)}:${JSON.stringify(key)}${body.slice(end)}`;
};

/**
 * Reads a record of the send queue. A request without `idempotencyKey` gets one from the id of its message, so that a
 * message that is delivered twice mails once.
 *
 * @throws never
 */
export const readJob = ({ messageId, receiptHandle, body, attributes }: SQSRecord, deployed: Deployed): Job => {
  const job = {
    messageId,
    receiptHandle,
    receives: Math.max(1, Number(attributes?.ApproximateReceiveCount) || 1),
    sentAt: parseEpochMillis(attributes?.SentTimestamp),
  };
  const read = readBody(body);
  if (!read.ok) return { ...job, request: undefined, prepared: read, body };
  if (Object.hasOwn(read.value, KEY))
    return { ...job, request: read.value, prepared: prepare(read.value, deployed), body };
  const key = `sqs-${messageId}`;
  const request = { ...read.value, [KEY]: key };
  const isEmpty = Object.keys(read.value).length === 0;
  return { ...job, request, prepared: prepare(request, deployed), body: withKey(body, isEmpty, key) };
};
