import type { Curve, Law, Point } from './curve.ts';

/**
 * The slope of a straight line through the points on two logarithmic axes: 0 does not grow, 1 grows in proportion, 2
 * with the square.
 *
 * @returns NaN for fewer than two sizes, or figures that have no logarithm
 * @example logSlope([{ x: 1, y: 3 }, { x: 100, y: 300 }]) // 1
 */
export const logSlope = (points: readonly Pick<Point, 'x' | 'y'>[]): number => {
  const logs = points.map(({ x, y }) => [Math.log(x), Math.log(y)] as const);
  const mean = (of: 0 | 1): number => logs.reduce((sum, log) => sum + log[of], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const across = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return across === 0 ? Number.NaN : logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / across;
};

const EXPECTED: Readonly<Record<Exclude<Law, 'count'>, number>> = { flat: 0, linear: 1 };
/** A slope is called steeper than its law from here on: noise alone makes some. */
const MARGIN = 0.15;

/** How a timed curve grows beside how it should. */
export interface Steepness {
  /** Over the larger half of the sizes, since the fixed cost of a call hides the law at small ones. */
  readonly slope: number;
  readonly expected: number;
  /** That of the floor, where there is one: what it grows by no program can avoid. */
  readonly floor?: number;
  readonly isSteeper: boolean;
}

/** A slope for people: what rounds to zero has no sign. */
export const slopeText = (slope: number): string => slope.toFixed(2).replace(/^-(?=0\.00$)/, '');

const slopeOf = (points: readonly Point[]): number => logSlope(points.slice(Math.floor((points.length - 1) / 2)));

/** @returns undefined for a curve that counts: its law is exact, see `breaches` */
export const steepness = ({ law, lines }: Curve): Steepness | undefined => {
  if (law === 'count') return undefined;
  const [measured, bare] = (['measured', 'floor'] as const).map((kind) => lines.find((line) => line.kind === kind));
  const expected = EXPECTED[law];
  const slope = slopeOf(measured?.points ?? []);
  const floor = bare === undefined ? undefined : slopeOf(bare.points);
  const isSteeper = slope > Math.max(expected, floor ?? expected) + MARGIN;
  return { slope, expected, ...(floor === undefined ? {} : { floor }), isSteeper };
};
