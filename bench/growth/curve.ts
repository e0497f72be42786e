import type { Measured } from '../measured.ts';

/** One figure of a curve. */
export interface Point {
  readonly x: number;
  /** The median of its rounds, or a count. */
  readonly y: number;
  /** The quartiles of its rounds; absent where it is counted or measured once. */
  readonly low?: number;
  readonly high?: number;
  /** The median of `value / floor`, round by round. */
  readonly ratio?: number;
  /** What the count must be, exactly; only curves that count have it. */
  readonly should?: number;
}

/** One line of a curve. A floor is the same work without what this project adds. */
export interface Line {
  readonly name: string;
  readonly kind: 'measured' | 'floor';
  readonly points: readonly Point[];
}

/** How a figure may grow: by an exact count, not at all, or in proportion. */
export type Law = 'count' | 'flat' | 'linear';

/** How one figure grows with one size, and how it should. */
export interface Curve {
  /** What its plot is called: lower case, with hyphens. */
  readonly name: string;
  /** The law in words, as the plot's title. */
  readonly title: string;
  readonly law: Law;
  /** What each axis shows, with its unit. */
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

/** What `npm run growth` found. */
export interface CurveResults {
  readonly measured: Measured;
  readonly curves: readonly Curve[];
}

/** A count that is not what its law says. */
export interface Breach {
  readonly curve: string;
  readonly line: string;
  readonly x: number;
  readonly is: number;
  readonly should: number;
}

/** Every count of a curve that its law is broken by. */
export const breaches = ({ name, lines }: Curve): Breach[] =>
  lines.flatMap((line) =>
    line.points
      .filter(({ y, should }) => should !== undefined && should !== y)
      .map(({ x, y, should = Number.NaN }) => ({ curve: name, line: line.name, x, is: y, should })),
  );
