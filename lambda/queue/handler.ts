import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Lead, makeLead } from '../../core/rate/lead.ts';
import type { QueueDeps } from './deps.ts';
import { readJob } from './job.ts';
import { makeRefusals } from './refusals.ts';
import { sendBatch } from './send-batch.ts';
import { makeSettle } from './settle.ts';

/** Takes a batch of the send queue. */
export type QueueHandler = (
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<SQSBatchResponse>;

/**
 * The queue function: sends the requests of a batch as fast as the account may, and answers record by record. What may be
 * sent later comes back later; what can never be sent is set aside with its reason.
 *
 * @param lead - of this environment
 * @example await makeHandler(deps)({ Records: [record] }, context) // { batchItemFailures: [] }
 */
export const makeHandler = (deps: QueueDeps, lead: Lead = makeLead()): QueueHandler => {
  const { now, counts, log, tryMs } = deps;
  const settle = makeSettle(deps);
  const here = { ...deps, refusals: makeRefusals(now), lead };
  return async ({ Records }, context) => {
    const endsAt = now() + context.getRemainingTimeInMillis();
    const given: string[] = [];
    const outcomes: Record<string, number> = {};
    const jobs = Records.map((record) => readJob(record, deps));
    try {
      await sendBatch(jobs, { deadline: endsAt - tryMs, endsAt }, here, async (job, outcome) => {
        outcomes[outcome.kind] = (outcomes[outcome.kind] ?? 0) + 1;
        if ((await settle(job, outcome)) === 'give back') given.push(job.messageId);
      });
      log.info('queue', { records: jobs.length, ...outcomes, givenBack: given.length });
    } finally {
      counts.flush();
    }
    return { batchItemFailures: given.map((itemIdentifier) => ({ itemIdentifier })) };
  };
};
