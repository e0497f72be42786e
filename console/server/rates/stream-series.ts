import type { Counter, Point } from '../../../core/rates/metric-reader.ts';
import type { Rates } from '../../api.ts';
import { type Grid, onGrid } from './points.ts';

/** Recipients by stream on a grid, in the order of the counters. */
export const streamSeries = (
  counters: readonly Counter[],
  series: readonly (readonly Point[])[],
  grid: Grid,
): Rates['streams'] =>
  counters.map(({ rule }, i) => {
    const { values } = onGrid(series[i] ?? [], grid);
    return { stream: rule, total: values.reduce((sum, value) => sum + value, 0), values };
  });
