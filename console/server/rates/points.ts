import { DAY, HOUR, type Instant } from '../../../core/instant.ts';
import type { Point } from '../../../core/rates/metric-reader.ts';
import { pointMillis } from '../../../core/rates/window.ts';

/** Points that a chart can show side by side. */
const MOST_POINTS = 400;

/** The points of a window: `count` of `millis` each from its start on; the last may end later than the window. */
export interface Grid {
  readonly since: Instant;
  readonly millis: number;
  readonly count: number;
}

/**
 * The finest points that are kept of a window and are no more than a chart can show: those of `pointMillis`, else hours, else
 * quarters of a day.
 *
 * @example gridOf(windowStart(24, now), now).millis // five minutes
 */
export const gridOf = (since: Instant, until: Instant): Grid => {
  const counted = (millis: number): number => Math.ceil((until - since) / millis);
  const millis = [pointMillis(since, until), HOUR].find((each) => counted(each) <= MOST_POINTS) ?? 6 * HOUR;
  return { since, millis, count: counted(millis) };
};

/** Points of that many in a day. */
const dayOf = ({ millis }: Grid): number => DAY / millis;

/** A series on a grid. */
export interface Gridded {
  /** What each point counts. */
  readonly values: readonly number[];
  /** The same of the 24 hours that end with it. */
  readonly days: readonly number[];
}

/**
 * Puts what was counted on a grid; 0 where nothing was.
 *
 * @param points - of the window and of the day before it, in no order
 */
export const onGrid = (points: readonly Point[], grid: Grid): Gridded => {
  const day = dayOf(grid);
  const all = new Array<number>(day + grid.count).fill(0);
  for (const { at, value } of points) {
    const i = Math.floor((at - (grid.since - DAY)) / grid.millis);
    if (i >= 0 && i < all.length) all[i] = (all[i] ?? 0) + value;
  }
  const days: number[] = [];
  let sum = all.slice(0, day).reduce((more, value) => more + value, 0);
  for (let i = day; i < all.length; i += 1) {
    sum += (all[i] ?? 0) - (all[i - day] ?? 0);
    days.push(sum);
  }
  return { values: all.slice(day), days };
};
