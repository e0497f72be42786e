import { type Pair, pairOf } from '../median.ts';
import type { Curve, Point } from './curve.ts';

/** What was measured at one size, each value beside its floor. */
export interface Sample {
  readonly x: number;
  readonly pair: Pair;
}

type Work = (x: number) => number | Promise<number>;

/**
 * Measures a thing and its floor at every size in turn, round by round, so that a machine that gets slower bends no curve.
 * A round before the first is not counted.
 */
export const sweep = async (xs: readonly number[], rounds: number, value: Work, floor: Work): Promise<Sample[]> => {
  const figures = xs.map((x) => ({ x, values: [] as number[], floors: [] as number[] }));
  for (let round = 0; round <= rounds; round += 1)
    for (const { x, values, floors } of figures) {
      const least = await floor(x);
      const figure = await value(x);
      if (round === 0) continue;
      floors.push(least);
      values.push(figure);
    }
  return figures.map(({ x, values, floors }) => ({ x, pair: pairOf(values, floors) }));
};

const LEAST_MS = 20;
/** What mostly waits is given up after so many times as long. */
const PATIENCE = 50;

/**
 * Milliseconds of processor time that one call takes, from as many calls as take a while of it. Not the time on the clock:
 * other programs on the same cores would be measured too.
 */
export const cpuMs = async (work: () => unknown, leastMs = LEAST_MS): Promise<number> => {
  const until = performance.now() + PATIENCE * leastMs;
  const start = process.cpuUsage();
  let used = 0;
  let calls = 0;
  while (used < leastMs && performance.now() < until) {
    // as many again, so that asking for the time costs nothing
    for (let more = Math.max(1, calls); more > 0; more -= 1) await work();
    calls = Math.max(1, 2 * calls);
    const { user, system } = process.cpuUsage(start);
    used = (user + system) / 1000;
  }
  return used / calls;
};

/** A timed curve: what was measured, and its floor as a second line. */
export const timedCurve = (
  of: Omit<Curve, 'lines'>,
  names: { readonly value: string; readonly floor: string },
  samples: readonly Sample[],
): Curve => {
  const points = (line: 'value' | 'floor'): Point[] =>
    samples.map(({ x, pair }) => ({
      x,
      y: pair[line].mid,
      low: pair[line].low,
      high: pair[line].high,
      ...(line === 'value' ? { ratio: pair.ratio.mid } : {}),
    }));
  return {
    ...of,
    lines: [
      { name: names.value, kind: 'measured', points: points('value') },
      { name: names.floor, kind: 'floor', points: points('floor') },
    ],
  };
};
