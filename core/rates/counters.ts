import { METRIC_RULES, Metric, type MetricName, OTHER_STREAM } from '../contract/index.ts';
import type { Counter, MetricReader } from './metric-reader.ts';

/** Everything that every deployment counts. */
export const ALL_COUNTERS: readonly Counter[] = Object.entries(METRIC_RULES).flatMap(([metric, rules]) =>
  rules.map((rule) => ({ metric, rule }) as Counter),
);

/**
 * What is counted by stream: those that a deployment counts, in their order, then all others; none if it counts none.
 *
 * @example streamCounters(['receipts']).map(({ rule }) => rule) // ['receipts', 'other']
 */
export const streamCounters = (streams: readonly string[]): readonly Counter[] =>
  streams.length === 0 ? [] : [...streams, OTHER_STREAM].map((rule) => ({ metric: Metric.STREAM_RECIPIENTS, rule }));

/** Counts by metric, then by rule; what was never counted is not in it. */
export type Counted = ReadonlyMap<MetricName, ReadonlyMap<string, number>>;

/**
 * Reads counts of a window.
 *
 * @throws when it cannot be said
 * @example (await readCounts(reader, ALL_COUNTERS, since, now)).get('Feedback')?.get('hard-bounce') // 3
 */
export const readCounts = async (
  reader: MetricReader,
  counters: readonly Counter[],
  since: number,
  until: number,
): Promise<Counted> => {
  const sums = await reader.sums(counters, since, until);
  const counted = new Map<MetricName, Map<string, number>>();
  for (const [i, { metric, rule }] of counters.entries()) {
    const sum = sums[i] ?? 0;
    if (sum === 0) continue;
    const rules = counted.get(metric) ?? new Map<string, number>();
    counted.set(metric, rules.set(rule, sum));
  }
  return counted;
};
