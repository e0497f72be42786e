import type { SQSBatchResponse } from 'aws-lambda';
import { Metric } from '../../core/contract/index.ts';
import { toIso } from '../../core/instant.ts';
import type { FeedbackDeps } from './deps.ts';
import { type Processed, processUnits } from './process-units.ts';
import { makeTally } from './tally.ts';
import { isSqsBatch, unitsOf } from './unit.ts';

/** The invocation failed as a whole: Lambda, SNS or EventBridge delivers it again. */
export class FeedbackNotStored extends Error {
  override readonly name = 'FeedbackNotStored';
}

const logOutcome = ({ learnt, failed, done, settled, stuck }: Processed, records: number, deps: FeedbackDeps): void => {
  for (const learning of learnt.values()) {
    if (learning.outcome !== 'written') continue;
    const { entry, derived } = learning;
    deps.log.info('entry written', {
      recipient: deps.fingerprint(entry.address),
      scope: entry.scope,
      status: derived.status,
      reason: derived.reason,
      until: derived.until === undefined ? undefined : toIso(derived.until),
    });
  }
  for (const [key, fault] of stuck)
    deps.log.error('the record of a send cannot be settled, now or later', { key, cause: String(fault) });
  for (const cause of new Set([...failed.values()].map(String))) deps.log.error('records given back', { cause });
  deps.log.info('feedback', {
    records,
    messages: done.length,
    written: [...learnt.values()].filter(({ outcome }) => outcome === 'written').length,
    settled,
    failed: failed.size,
  });
};

/**
 * The feedback function: takes SQS batches (answering record by record), SNS records, EventBridge events and bare
 * messages, and keeps the list.
 *
 * @returns a handler; for anything but an SQS batch it throws {@link FeedbackNotStored} where a fault must be retried
 * @example makeHandler(deps)({ Records: [{ eventSource: 'aws:sqs', messageId: '1', body: '{…}' }] })
 *   // { batchItemFailures: [] }
 */
export const makeHandler = (deps: FeedbackDeps) => {
  const tally = makeTally(deps);
  return async (event: unknown): Promise<SQSBatchResponse> => {
    const units = unitsOf(event);
    const processed = await processUnits(units, deps);
    for (const message of processed.done) tally(message);
    if (processed.settled > 0) deps.counts.add(Metric.SENDS, 'settled', processed.settled);
    if (processed.stuck.size > 0) deps.counts.add(Metric.SENDS, 'stuck', processed.stuck.size);
    if (processed.failed.size > 0) deps.counts.add(Metric.MESSAGES, 'given-back', processed.failed.size);
    logOutcome(processed, units.length, deps);
    deps.counts.flush();
    const failed = [...processed.failed];
    const nameless = failed.find(([unit]) => unit.id === undefined);
    if (nameless !== undefined || (failed.length > 0 && !isSqsBatch(event)))
      throw new FeedbackNotStored(nameless?.[1].message);
    return { batchItemFailures: failed.map(([{ id }]) => ({ itemIdentifier: id ?? '' })) };
  };
};
