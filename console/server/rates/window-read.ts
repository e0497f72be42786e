import type { OpenedMetrics } from '../../../cli/dependencies.ts';
import { type MetricsRead, readMetrics } from '../../../cli/stats/read-metrics.ts';
import type { Instant } from '../../../core/instant.ts';
import { streamCounters } from '../../../core/rates/counters.ts';
import type { Rates } from '../../api.ts';
import { type Grid, gridOf } from './points.ts';
import { RATE_COUNTERS, ratePoints, readSeries } from './rate-series.ts';
import { streamSeries } from './stream-series.ts';

/** What the metrics of a deployment say of a window. */
export interface WindowRead {
  readonly metrics: MetricsRead;
  readonly grid: Grid;
  readonly points: Rates['points'];
  readonly streams: Rates['streams'];
}

/**
 * Reads it in five questions of CloudWatch.
 *
 * @throws what CloudWatch answers
 */
export const readWindow = async (opened: OpenedMetrics, hours: number, now: Instant): Promise<WindowRead> => {
  const metrics = await readMetrics(opened, hours, now);
  const { since, until, wired } = metrics;
  const streams = streamCounters(opened.streams);
  const series = await readSeries(opened.reader, [...RATE_COUNTERS, ...streams], since, until);
  const grid = gridOf(since, until);
  return {
    metrics,
    grid,
    points: ratePoints(series.slice(0, RATE_COUNTERS.length), grid, wired),
    streams: streamSeries(streams, series.slice(RATE_COUNTERS.length), grid),
  };
};
