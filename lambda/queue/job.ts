import type { SQSRecord } from 'aws-lambda';
import { isFields } from '../../core/feedback/open-envelope.ts';
import { type Instant, parseEpochMillis } from '../../core/instant.ts';
import { fail, type Result } from '../../core/result.ts';
import type { SendError } from '../../core/send/answer.ts';
import { sendFailure } from '../../core/send/failure.ts';
import { type Deployed, type Prepared, prepare } from '../../core/send/prepare.ts';
import { SIZE_LIMITS, tooLarge } from '../../core/send/size.ts';
import { KEY_FIELD, keyOfMessage, withKey } from '../../core/send/with-key.ts';
import { quote } from '../../core/text.ts';

/** A queued request. */
export interface Job {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** Times it was received, this one included. */
  readonly receives: number;
  /** When it was put on the queue; undefined if SQS does not say. */
  readonly sentAt: Instant | undefined;
  /** The request's own key, or one from the id of the message. */
  readonly idempotencyKey: string;
  /** What was read in the request, its key included. */
  readonly prepared: Result<Prepared, SendError>;
  /** The body to set aside: as it came, and an `idempotencyKey` in it where it had none. */
  readonly body: string;
}

/**
 * The largest body, its key included. The queue itself takes 2 KB more, which a message needs that was set aside and is
 * fed back: it bears a code of at most 80 characters and a reason of at most 500, three bytes each, and their names.
 */
export const LARGEST_BODY = SIZE_LIMITS.queue - 2048;

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

/** A request that cannot even be read is at fault itself: the same one would fail the same way. */
const prepareSafely = (request: unknown, deployed: Deployed): Result<Prepared, SendError> => {
  try {
    return prepare(request, deployed);
  } catch (fault) {
    return fail(sendFailure('InvalidRequest', `the request could not be read: ${String(fault)}`));
  }
};

/**
 * Reads a record of the send queue. A request without `idempotencyKey` gets one from the id of its message, so that a
 * message that is delivered twice mails once.
 *
 * @throws never
 */
export const readJob = ({ messageId, receiptHandle, body, attributes }: SQSRecord, deployed: Deployed): Job => {
  const key = keyOfMessage(messageId);
  const job = {
    messageId,
    receiptHandle,
    idempotencyKey: key,
    receives: Math.max(1, Number(attributes?.ApproximateReceiveCount) || 1),
    sentAt: parseEpochMillis(attributes?.SentTimestamp),
  };
  const read = readBody(body);
  if (!read.ok) return { ...job, prepared: read, body };
  const request = Object.hasOwn(read.value, KEY_FIELD) ? read.value : { ...read.value, [KEY_FIELD]: key };
  const keyed = withKey(body, read.value, key);
  const misfit = tooLarge('queue', Buffer.byteLength(keyed), 'the request with its key', LARGEST_BODY);
  const prepared = misfit === undefined ? prepareSafely(request, deployed) : fail(misfit);
  const { idempotencyKey = key } = prepared.ok ? prepared.value.request : {};
  return { ...job, idempotencyKey, prepared, body: keyed };
};
