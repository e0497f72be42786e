import { Metric } from '../../core/contract/index.ts';
import { isTooOld, type Wait, waitSeconds } from '../../core/rate/waiting.ts';
import type { SendFailure } from '../../core/send/failure.ts';
import { countRecipients } from '../send/count-recipients.ts';
import type { QueueDeps } from './deps.ts';
import type { Job } from './job.ts';
import type { Outcome } from './outcome.ts';

/** Whether the message is done with, or comes back. */
export type Settled = 'acknowledge' | 'give back';

/**
 * Before a request that could not be set aside is tried again; not longer, so that SQS itself moves it to the dead-letter
 * queue before it deletes it. It cannot be mailed again meanwhile.
 */
const PARK_AGAIN_SECONDS = 300;

/**
 * Settles requests by what became of them.
 *
 * @returns a function that never throws: whatever cannot be done leaves the message on the queue
 */
export const makeSettle = (deps: QueueDeps) => {
  const { counts, log, now, random, deadLetters, postpone } = deps;
  const giveBack = async ({ receiptHandle, messageId }: Job, seconds: number): Promise<Settled> => {
    try {
      await postpone(receiptHandle, seconds);
    } catch (fault) {
      log.warn('a message could not be postponed; it comes back sooner or later', { messageId, cause: String(fault) });
    }
    return 'give back';
  };

  const park = async (job: Job, { code, message }: SendFailure): Promise<Settled> => {
    const { messageId, body } = job;
    try {
      await deadLetters.park({ body, code, message });
    } catch (fault) {
      log.error('a request could not be set aside; it is given back', { messageId, code, cause: String(fault) });
      counts.add(Metric.WAITING, 'fault');
      return giveBack(job, Math.ceil(PARK_AGAIN_SECONDS * (1 + random())));
    }
    counts.add(Metric.SEND_FAILED, code);
    log.warn('a queued request was set aside', { messageId, code });
    return 'acknowledge';
  };

  return async (job: Job, outcome: Outcome): Promise<Settled> => {
    if (outcome.kind === 'answered') {
      countRecipients(outcome.answer, job.prepared.ok ? job.prepared.value.request.stream : undefined, deps);
      return 'acknowledge';
    }
    if (outcome.kind === 'failed') return park(job, outcome.failure);
    const { why, failure, until = now() } = outcome;
    const { receives, sentAt = now() } = job;
    if (isTooOld(sentAt, now())) return park(job, failure);
    const wait: Wait = { why, receives, ageMs: now() - sentAt, atLeastMs: until - now() };
    counts.add(Metric.WAITING, why);
    return giveBack(job, waitSeconds(wait, random));
  };
};
