import { columns, figure, markdown } from '../figure.ts';
import { measuredLine } from '../measured.ts';
import { breaches, type Curve, type CurveResults } from './curve.ts';
import { slopeText, steepness } from './fit.ts';

const LEFT = new Set([0, 1, 2, 3]);

const HEAD = [
  'curve',
  'grows with',
  'figure',
  'law',
  'smallest',
  'largest',
  'ratio to floor, there',
  'slope',
  "floor's",
];

const LAWS = { count: 'exact count', flat: 'does not grow', linear: 'in proportion' } as const;

const rowOf = (curve: Curve): string[] => {
  const line = curve.lines.find(({ kind }) => kind === 'measured');
  const [first, last] = [line?.points[0], line?.points.at(-1)];
  const at = (point: typeof first): string =>
    point === undefined ? '' : `${figure(point.y)} at ${point.x.toLocaleString('en-US')}`;
  const steep = steepness(curve);
  const slope =
    steep === undefined
      ? breaches(curve).length === 0
        ? 'exact'
        : 'BROKEN'
      : `${slopeText(steep.slope)}${steep.isSteeper ? ', steeper' : ''}`;
  const floor = steep?.floor === undefined ? '' : slopeText(steep.floor);
  const ratio = last?.ratio === undefined ? '' : `×${figure(last.ratio)}`;
  return [curve.name, curve.x, curve.y, LAWS[curve.law], at(first), at(last), ratio, slope, floor];
};

/** A line a curve, for a terminal: figures of its first line. */
export const curvesText = (curves: readonly Curve[]): string[] => columns([HEAD, ...curves.map(rowOf)], LEFT);

/** The same for the page, with when and where it was measured. */
export const curvesPage = ({ measured, curves }: CurveResults): string =>
  `${measuredLine(measured)}\n\n${markdown([HEAD, ...curves.map(rowOf)], LEFT)}`;

/** What a broken law says. */
export const breachText = ({ curve, line, x, is, should }: ReturnType<typeof breaches>[number]): string =>
  `${curve}: ${line} at ${x.toLocaleString('en-US')}: ${is}, should be ${should}`;
