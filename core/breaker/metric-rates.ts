import { Metric, RATE_RULES } from '../contract/index.ts';
import { DAY, HOUR } from '../instant.ts';
import { type Counted, readCounts } from '../rates/counters.ts';
import type { Counter, MetricReader, Point } from '../rates/metric-reader.ts';
import { ownRates, SEND_RULE } from '../rates/own-rates.ts';
import type { Rates } from './rates.ts';
import type { Pausable } from './sending.ts';

/** What rates are measured of. */
export interface MetricRatesOptions {
  /** Reads our own counts. */
  readonly counts: MetricReader;
  /** Reads SES's rates; another reader where another Region counts. */
  readonly ses: MetricReader;
  /** Whose rates of SES are read. */
  readonly pausable: Pausable;
  /** What SES reports of every mail. */
  readonly volume: 'Delivery' | 'Send';
}

/** SES writes its rates while mail is sent: one that is older than this says nothing of now. */
const FRESH_MS = 3 * HOUR;
const WEEK_MS = 7 * DAY;

const feedback = (rules: readonly (typeof RATE_RULES)[keyof typeof RATE_RULES][number][]): Counter[] =>
  rules.map((rule) => ({ metric: Metric.FEEDBACK, rule }));

const BAD = feedback([...RATE_RULES.bounces, ...RATE_RULES.complaints]);
const DELIVERED = feedback(RATE_RULES.delivered);
const ACCEPTED: Counter = { metric: Metric.MESSAGES, rule: SEND_RULE };
const SENT: Counter = { metric: Metric.RECIPIENTS, rule: 'sent' };

/** Each of them tells how many mails there were at least. */
const VOLUMES: Readonly<Record<'Delivery' | 'Send', readonly Counter[]>> = {
  Delivery: [...DELIVERED, ACCEPTED],
  Send: [...DELIVERED, ACCEPTED, SENT],
};

/**
 * Mails there were at least: what was delivered or bounced, or what SES has accepted, whichever is more. Another
 * deployment of the account may report the other of the two, and its bounces are counted here too. One accepted message may
 * have fifty recipients, which the function that sent it has counted.
 */
const volumeOf = (counted: Counted, bounces: number): number =>
  Math.max(
    ownRates(counted.get(Metric.FEEDBACK) ?? new Map(), 'deliveries').volume ?? bounces,
    counted.get(Metric.MESSAGES)?.get(SEND_RULE) ?? 0,
    counted.get(Metric.RECIPIENTS)?.get('sent') ?? 0,
  );

/** The most within any 24 hours. */
const busiestDay = (points: readonly Point[]): number => {
  const inOrder = [...points].sort((a, b) => a.at - b.at);
  let most = 0;
  let sum = 0;
  let first = 0;
  for (const { at, value } of inOrder) {
    sum += value;
    for (let oldest = inOrder[first]; oldest !== undefined && oldest.at <= at - DAY; oldest = inOrder[first]) {
      sum -= oldest.value;
      first += 1;
    }
    most = Math.max(most, sum);
  }
  return most;
};

/**
 * Rates by what CloudWatch holds: SES's own, and our counts by rule. All deployments of an account and Region count into the
 * same metrics.
 *
 * @example await metricRates({ counts: reader, ses: reader, pausable, volume: 'Delivery' }).read(since, now)
 */
export const metricRates = ({ counts, ses, pausable, volume }: MetricRatesOptions): Rates => ({
  async read(since, now) {
    const configurationSet = pausable.kind === 'account' ? undefined : pausable.name;
    const week = Math.floor((now - WEEK_MS) / HOUR) * HOUR;
    const [counted, days, told] = await Promise.all([
      readCounts(counts, [...BAD, ...VOLUMES[volume]], since, now),
      counts.series(VOLUMES[volume], week, now),
      ses.reputation(configurationSet, Math.max(since, now - FRESH_MS), now),
    ]);
    const { bounces, complaints } = ownRates(counted.get(Metric.FEEDBACK) ?? new Map(), 'deliveries');
    return {
      ses: told,
      events: { bounces, complaints },
      volume: volumeOf(counted, bounces),
      busiest: Math.max(0, ...days.map(busiestDay)),
    };
  },
});
