import { ASSUMPTIONS } from '../cost/assumptions.ts';
import { ASSUMED, feedbackSeconds, MEASURED, PEAK } from './assumptions.ts';
import { DEPLOYED } from './deployed.ts';
import { concurrency } from './flow.ts';
import { QUOTAS, SNS_PUBLISH } from './quotas.ts';
import { BURST_SHARE, MESSAGES_A_MAIL, READS_A_MAIL } from './scenario.ts';

/** What ends somewhere. */
export interface Limit {
  readonly what: string;
  /** Mails a day at which it is reached: in the busiest hour, unless `averaged`. */
  readonly bitesAt: number;
  readonly turn: string;
  /** Whether it need only hold for the day's mean, because a queue lies before it. */
  readonly averaged: boolean;
  /** False where it hangs on a number of AWS's that could not be confirmed. */
  readonly confirmed: boolean;
  /** What it holds for: everybody, or those who send so. */
  readonly holdsFor: 'everybody' | 'the send function' | 'keys' | 'the send queue' | 'a mass bounce';
}

const SECONDS_A_DAY = 86_400;

/** Mails a day at which the busiest hour needs all of it, where a mail a second needs so much. */
const atPeak = (limit: number, perMail: number): number => (limit / perMail / PEAK) * SECONDS_A_DAY;

const both = (): number => {
  const { send, feedback } = concurrency(1);
  return send + feedback;
};

const queueSends = (functions: number): number =>
  MEASURED.queueSends.find(([many]) => many === functions)?.[1] ?? Number.NaN;

const limit = (
  holdsFor: Limit['holdsFor'],
  what: string,
  bitesAt: number,
  turn: string,
  more: Partial<Limit> = {},
): Limit => ({ holdsFor, what, bitesAt, turn, averaged: false, confirmed: true, ...more });

const changing = ASSUMPTIONS.bounceShare + ASSUMPTIONS.complaintShare;
/** Entries that a mail changes while a provider bounces everything. */
const inBurst = BURST_SHARE + (1 - BURST_SHARE) * ASSUMPTIONS.bounceShare + ASSUMPTIONS.complaintShare;

/** Messages a second that so many feedback functions read, in full batches. */
export const feedbackThroughput = (functions: number): number =>
  (functions * DEPLOYED.feedback.batch) /
  feedbackSeconds(DEPLOYED.feedback.batch, (DEPLOYED.feedback.batch * changing) / MESSAGES_A_MAIL);

/** All limits the model knows, the first to bite first. */
export const limits = (): Limit[] =>
  [
    limit(
      'everybody',
      'SES: 50,000 mails in 24 hours of a new production account',
      QUOTAS.sesDay.value,
      'ask for more, well before; it is granted by reputation, in steps',
      { averaged: true, confirmed: QUOTAS.sesDay.confirmed },
    ),
    limit(
      'everybody',
      'SES: 14 mails a second of a new production account',
      atPeak(QUOTAS.sesRate.value, 1),
      'ask for more; or let the send queue spread the day (then 1.2 million)',
      { confirmed: QUOTAS.sesRate.confirmed },
    ),
    limit(
      'the send queue',
      `send queue: ${DEPLOYED.queue.functions} functions, the default`,
      queueSends(DEPLOYED.queue.functions) * SECONDS_A_DAY,
      'queue.maxConcurrency, up to 100',
      { averaged: true },
    ),
    limit(
      'the send queue',
      `send queue: ${DEPLOYED.queue.mostFunctions} functions, the most`,
      queueSends(DEPLOYED.queue.mostFunctions) * SECONDS_A_DAY,
      'send by the send function, which has no common rate; or several stacks',
      { averaged: true },
    ),
    ...SNS_PUBLISH.map(({ regions, messages }) =>
      limit(
        'everybody',
        `SNS: ${messages.toLocaleString('en-US')} messages a second (${regions})`,
        atPeak(messages, MESSAGES_A_MAIL),
        'ask for more, or another Region; deliveries false, without keys and queue, leaves a fiftieth',
      ),
    ),
    limit(
      'everybody',
      'DynamoDB: 12,000 read units a second of a table that never had more',
      atPeak(QUOTAS.readsAtFirst.value, READS_A_MAIL),
      'grow by no more than double in half an hour, or set warm throughput on the table before',
    ),
    limit(
      'everybody',
      'DynamoDB: 40,000 read units a second of a table',
      atPeak(QUOTAS.tableReads.value, READS_A_MAIL),
      'ask for more',
    ),
    limit(
      'keys',
      'DynamoDB: 4,000 write units a second of a table of sends that never had more',
      atPeak(QUOTAS.writesAtFirst.value, 2),
      'grow by no more than double in half an hour, or warm throughput',
    ),
    limit(
      'keys',
      'DynamoDB: 40,000 write units a second of the table of sends',
      atPeak(QUOTAS.tableWrites.value, 2),
      'ask for more',
    ),
    limit(
      'the send function',
      'Lambda: 1,000 invocations at a time',
      atPeak(QUOTAS.lambdaConcurrency.value, both()),
      'ask for more; mails in arrays of 100 need a quarter',
    ),
    limit(
      'the send function',
      'Lambda: 1,000 invocations at a time, while the table does not answer',
      atPeak(QUOTAS.lambdaConcurrency.value, ASSUMED.silentSeconds),
      'in Lambda, reserve concurrency for what must go on meanwhile; callers are told to come again',
    ),
    limit(
      'the send function',
      'Lambda: 10,000 invocations a second with 1,000 at a time',
      atPeak(
        QUOTAS.lambdaRequests.value * QUOTAS.lambdaConcurrency.value,
        1 + MESSAGES_A_MAIL / ASSUMPTIONS.feedbackBatch,
      ),
      'rises with the concurrency; arrays of mails',
      { confirmed: QUOTAS.lambdaRequests.confirmed },
    ),
    limit(
      'everybody',
      `feedback: ${DEPLOYED.feedback.maxConcurrency} functions at a time, the default`,
      atPeak(feedbackThroughput(DEPLOYED.feedback.maxConcurrency), MESSAGES_A_MAIL),
      'batch.maxConcurrency, up to 1000; or batch.size 100 with a window',
    ),
    limit(
      'a mass bounce',
      'index recent: three of the eight buckets on one partition',
      atPeak(QUOTAS.partitionWrites.value, (inBurst * 3) / DEPLOYED.buckets),
      'warm throughput of 8,000 writes or more on the index; the circuit breaker ends the burst',
    ),
    limit(
      'a mass bounce',
      'index recent: each of the eight buckets on a partition of its own',
      atPeak(QUOTAS.partitionWrites.value * DEPLOYED.buckets, inBurst),
      'nothing: eight is the contract of the table; the queue holds the rest',
    ),
    limit(
      'everybody',
      'index recent: usual bounces, three buckets on one partition',
      atPeak(QUOTAS.partitionWrites.value, (changing * 3) / DEPLOYED.buckets),
      'as above',
    ),
    limit(
      'everybody',
      'KMS: one data key for each message published, if SNS kept none',
      atPeak(QUOTAS.kms.value, MESSAGES_A_MAIL),
      'ask for more; watch the throttles of the key',
      { confirmed: QUOTAS.kms.confirmed },
    ),
  ].sort((a, b) => a.bitesAt - b.bitesAt);

/** Sends a second to one and the same address: two keys of one partition each. */
export const mostToOneAddress = (): number => QUOTAS.partitionReads.value / 2;
