import { Metric, RATE_RULES } from '../../../core/contract/index.ts';
import { DAY, type Instant, toIso } from '../../../core/instant.ts';
import type { Counter, MetricReader, Point } from '../../../core/rates/metric-reader.ts';
import { type OwnRates, ownRates, SEND_RULE, type Wired } from '../../../core/rates/own-rates.ts';
import type { RatePoint } from '../../api.ts';
import { type Grid, type Gridded, onGrid } from './points.ts';

/** What the points of a rate are made of. */
export const RATE_COUNTERS: readonly Counter[] = [
  ...[...RATE_RULES.delivered, ...RATE_RULES.bounces, ...RATE_RULES.complaints].map(
    (rule): Counter => ({ metric: Metric.FEEDBACK, rule }),
  ),
  { metric: Metric.MESSAGES, rule: SEND_RULE },
];

/**
 * What was counted in a window and in the day before it, in two questions: CloudWatch keeps no points of five minutes for a
 * question that is longer than a day.
 *
 * @throws what CloudWatch answers
 */
export const readSeries = async (
  reader: MetricReader,
  counters: readonly Counter[],
  since: Instant,
  until: Instant,
): Promise<readonly (readonly Point[])[]> => {
  const before = await reader.series(counters, since - DAY, since);
  const window = await reader.series(counters, since, until);
  return counters.map((_, i) => [...(before[i] ?? []), ...(window[i] ?? [])]);
};

/**
 * The points of a window by the series of {@link RATE_COUNTERS}. SES reckons over a volume of many mails, and one point has
 * few: the rates of each are those of the whole day that ends with it.
 */
export const ratePoints = (series: readonly (readonly Point[])[], grid: Grid, wired: Wired): RatePoint[] => {
  const gridded = RATE_COUNTERS.map(({ rule }, i) => [rule, onGrid(series[i] ?? [], grid)] as const);
  const rates = (of: keyof Gridded, at: number): OwnRates =>
    ownRates(new Map(gridded.map(([rule, counts]) => [rule, counts[of][at] ?? 0])), wired);
  return Array.from({ length: grid.count }, (_, i) => {
    const { volume = null, bounces, complaints } = rates('values', i);
    const { bounceRate = null, complaintRate = null, ...day } = rates('days', i);
    return {
      at: toIso(grid.since + i * grid.millis),
      volume,
      bounces,
      complaints,
      day: { volume: day.volume ?? null, bounces: day.bounces, complaints: day.complaints },
      bounceRate,
      complaintRate,
    };
  });
};
