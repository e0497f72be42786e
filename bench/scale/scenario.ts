import { ASSUMPTIONS } from '../cost/assumptions.ts';
import { ASSUMED, feedbackSeconds, loadAt, PEAK } from './assumptions.ts';
import { DEPLOYED } from './deployed.ts';
import type { FeedbackSetup } from './feedback-setup.ts';
import { QUOTAS } from './quotas.ts';

/** What happens in the busiest hour. */
export type Happening = 'nothing' | 'burst' | 'outage, refused at once' | 'outage, no answer';

/** A message that is older has had to wait. */
export const CALM_SECONDS = 60;

const BEFORE = 900;
const HOUR = 3600;

/** When it happens, in seconds from the beginning of a run. */
export const HAPPENS = { from: BEFORE, to: BEFORE + HOUR } as const;

/** Part of the mail that goes to the provider that bounces all of it. */
export const BURST_SHARE = 0.3;

/** Parts of the buckets that share a partition while the index has four: what chance makes of eight keys. */
const BUCKETS_TOGETHER = [3, 2, 2, 1] as const;

/** What is turned before the size is reached; the rest is as AWS and the stack have it. */
export interface Turned {
  /** Invocations at a time that the account may have. */
  readonly concurrency: number;
  /** Read units a second that the table may have. */
  readonly reads: number;
  /** Feedback functions at a time. */
  readonly maxConcurrency: number;
}

/** Mails a second in the busiest hour. */
export const peakRate = (mailsADay: number): number => (mailsADay / 86_400) * PEAK;

/** Messages of feedback that a mail brings: it is delivered or bounces, and may be complained about. */
export const MESSAGES_A_MAIL = 1 + ASSUMPTIONS.complaintShare;

/** Read units a mail takes in all: two keys before it is sent, one for each message about it. */
export const READS_A_MAIL = 2 + MESSAGES_A_MAIL;

const usual = (ASSUMPTIONS.bounceShare + ASSUMPTIONS.complaintShare) / MESSAGES_A_MAIL;
const inBurst =
  (BURST_SHARE + (1 - BURST_SHARE) * ASSUMPTIONS.bounceShare + ASSUMPTIONS.complaintShare) / MESSAGES_A_MAIL;

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** Twice what the busiest hour needs, where that is more than AWS allows by default. */
export const turnedFor = (mailsADay: number): Turned => {
  const peak = peakRate(mailsADay);
  return {
    concurrency: Math.max(QUOTAS.lambdaConcurrency.value, roundUp(2 * peak * ASSUMPTIONS.sendSeconds, 1000)),
    reads: Math.max(QUOTAS.tableReads.value, roundUp(2 * peak * READS_A_MAIL, 10_000)),
    maxConcurrency: mailsADay > 500_000_000 ? 1000 : DEPLOYED.feedback.maxConcurrency,
  };
};

/** What may be varied, to see what hangs on it. */
export interface Variation {
  readonly seed?: number;
  /** Feedback functions at a time; undefined: no limit but AWS's. @default - as turned for the size */
  readonly maxConcurrency?: number | undefined;
  /** For each partition of the index, how many of the buckets it holds. @default - three on one of four */
  readonly together?: readonly number[];
  /** Hours of the run after the event. @default 5 */
  readonly hoursAfter?: number;
  /** Times the processor takes of what was measured. @default 1 */
  readonly slower?: number;
  /** Load that the table has seen before, in busiest hours. @default 1 */
  readonly knownLoad?: number;
}

/**
 * A day's busiest hour in which something happens, at a size. The worst case for the queue: mail keeps being sent, also
 * while the table is out, as by systems that do not ask the list.
 */
export const setupOf = (mailsADay: number, happening: Happening, vary: Variation = {}): FeedbackSetup => {
  const { seed = 1, together = BUCKETS_TOGETHER, hoursAfter = 5, slower = 1, knownLoad = 1 } = vary;
  const peak = peakRate(mailsADay);
  const turned = turnedFor(mailsADay);
  const maxConcurrency = 'maxConcurrency' in vary ? vary.maxConcurrency : turned.maxConcurrency;
  const atOnce = Math.max(QUOTAS.readsAtFirst.value, QUOTAS.growth.value * knownLoad * peak * READS_A_MAIL);
  const changes = peak * MESSAGES_A_MAIL * usual;
  const middle = BEFORE + HOUR / 2;
  const buckets = together.reduce((sum, each) => sum + each, 0);
  return {
    seed,
    seconds: HAPPENS.to + hoursAfter * HOUR,
    calm: { from: HAPPENS.to, seconds: CALM_SECONDS },
    step: 0.25,
    arrivals: (at) => ({
      rate: (mailsADay / 86_400) * loadAt((at - middle) / HOUR) * MESSAGES_A_MAIL,
      changing: happening === 'burst' && at >= HAPPENS.from && at < HAPPENS.to ? inBurst : usual,
    }),
    batch: DEPLOYED.feedback.batch,
    service: (messages, writes) => feedbackSeconds(messages, writes) * slower,
    visibilitySeconds: DEPLOYED.feedback.visibilitySeconds,
    receives: DEPLOYED.feedback.receives,
    inFlight: QUOTAS.inFlight.value,
    pollers: {
      atFirst: QUOTAS.pollersAtFirst.value,
      perMinute: QUOTAS.pollersAMinute.value,
      most: Math.floor(
        Math.min(
          QUOTAS.pollers.value,
          maxConcurrency ?? Number.POSITIVE_INFINITY,
          turned.concurrency - peak * ASSUMPTIONS.sendSeconds,
        ),
      ),
    },
    reads: Math.min(turned.reads, atOnce) - 2 * peak,
    writes: Math.min(QUOTAS.tableWrites.value, Math.max(QUOTAS.writesAtFirst.value, QUOTAS.growth.value * changes)),
    index: together.map((each) => each / buckets),
    indexWrites: QUOTAS.partitionWrites.value,
    throttledSeconds: ASSUMED.throttledSeconds,
    ...(happening === 'outage, refused at once' || happening === 'outage, no answer'
      ? {
          outage: {
            ...HAPPENS,
            seconds: happening === 'outage, no answer' ? ASSUMED.silentSeconds : ASSUMED.refusedSeconds,
          },
        }
      : {}),
  };
};
