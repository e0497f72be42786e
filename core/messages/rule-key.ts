import { type Instant, toIso } from '../instant.ts';
import { fail, ok, type Result } from '../result.ts';
import type { SendAnswer } from '../send/answer.ts';
import { type SendFailure, sendFailure } from '../send/failure.ts';
import { quote } from '../text.ts';
import { answerOf, expiryOf, type SendRecord } from './send-record.ts';

/** What a request may do with its key. */
export type Ruling =
  /** Go on; `over` is the token of the record to take the place of, if there is one. */
  | { readonly free: true; readonly over: string | undefined }
  /** This is what it comes to. */
  | { readonly free: false; readonly result: Result<SendAnswer, SendFailure> };

/** What to do about an outcome that nobody knows, where there is a key. */
export const ASK_AGAIN =
  'Ask again later with the same key: that never mails twice, and gives the answer once SES has reported on the mail.';

const failed = (failure: SendFailure): Ruling => ({ free: false, result: fail(failure) });

/**
 * Decides what a request may do, by what is remembered of its key. Of what has expired nothing counts, and what was
 * withheld or refused uses no key up.
 *
 * @param asked - the key as the request gives it, and the digest of the request
 */
export const ruleKey = (
  record: SendRecord | undefined,
  asked: { readonly idempotencyKey: string; readonly digest: string },
  now: Instant,
): Ruling => {
  if (record === undefined) return { free: true, over: undefined };
  const { token, progress, digest, draft, begunAt, runsUntil } = record;
  if (progress.state === 'withheld' || now >= expiryOf(record)) return { free: true, over: token };
  const began = `the send with idempotencyKey ${quote(asked.idempotencyKey)} of ${toIso(begunAt)}`;
  if (digest !== asked.digest)
    return failed(sendFailure('IdempotencyKeyReused', `${began} was another message; nothing was sent now`));
  switch (progress.state) {
    case 'answered':
      return { free: false, result: ok(answerOf(draft, progress, true)) };
    case 'unknown':
      return failed(sendFailure('OutcomeUnknown', `${began}: ${progress.message}; nothing was sent now`, ASK_AGAIN));
    case 'running':
      return now < runsUntil
        ? failed(sendFailure('InProgress', `${began} may be running until ${toIso(runsUntil)}; nothing was sent now`))
        : failed(
            sendFailure(
              'OutcomeUnknown',
              `${began} ended before it told what became of it; nothing was sent now`,
              ASK_AGAIN,
            ),
          );
  }
};
