import { Metric } from '../../core/contract/index.ts';
import type { Instant } from '../../core/instant.ts';
import { ALL_COUNTERS, type Counted, readCounts, streamCounters } from '../../core/rates/counters.ts';
import type { Reputation } from '../../core/rates/metric-reader.ts';
import { type OwnRates, ownRates, type Wired } from '../../core/rates/own-rates.ts';
import { windowStart } from '../../core/rates/window.ts';
import { WIRING_COUNTERS, WIRING_MS, wiredBy } from '../../core/rates/wired-by.ts';
import type { OpenedMetrics } from '../dependencies.ts';

/** What was counted in a window, and what follows from it. */
export interface MetricsRead {
  readonly since: Instant;
  readonly until: Instant;
  readonly hours: number;
  readonly wired: Wired;
  readonly identities: boolean;
  readonly own: OwnRates;
  readonly configurationSet: string | undefined;
  readonly ses: Reputation;
  /** But for streams. */
  readonly counts: Counted;
  /** Recipients that were sent to, by stream, also where there were none; empty if no stream is counted. */
  readonly byStream: ReadonlyMap<string, number>;
}

const NO_REPUTATION: Reputation = { bounces: undefined, complaints: undefined };

/**
 * Reads all that was counted in the last hours, with three questions at the most.
 *
 * @throws what CloudWatch answers
 * @example (await withOpened(deps.openMetrics, target, (opened) => readMetrics(opened, 24, deps.now()))).own.bounceRate
 */
export const readMetrics = async (
  { reader, configurationSet, identities, streams }: OpenedMetrics,
  hours: number,
  until: Instant,
): Promise<MetricsRead> => {
  const since = windowStart(hours, until);
  const wiring = await readCounts(reader, WIRING_COUNTERS, Math.min(since, until - WIRING_MS), until);
  const ofStreams = streamCounters(streams);
  const all = await readCounts(reader, [...ALL_COUNTERS, ...ofStreams], since, until);
  const counts = new Map([...all].filter(([metric]) => metric !== Metric.STREAM_RECIPIENTS));
  const byStream = new Map(ofStreams.map(({ metric, rule }) => [rule, all.get(metric)?.get(rule) ?? 0]));
  const ses = configurationSet === undefined ? NO_REPUTATION : await reader.reputation(configurationSet, since, until);
  const wired = wiredBy(wiring, identities);
  const rules = new Map([...(counts.get('Messages') ?? []), ...(counts.get('Feedback') ?? [])]);
  const own = ownRates(rules, wired);
  return { since, until, hours, wired, identities, own, configurationSet, ses, counts, byStream };
};
