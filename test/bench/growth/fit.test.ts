import fc from 'fast-check';
import { breaches, type Curve, type Law, type Point } from '../../../bench/growth/curve.ts';
import { logSlope, slopeText, steepness } from '../../../bench/growth/fit.ts';

const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

const curveOf = (law: Law, points: readonly Point[]): Curve => ({
  name: 'curve',
  title: 'A curve',
  law,
  x: 'size',
  y: 'ms',
  lines: [{ name: 'ours', kind: 'measured', points }],
});
const grown = (f: (x: number) => number): Point[] => SIZES.map((x) => ({ x, y: f(x) }));

test('the slope of a power is its exponent', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 1000, noNaN: true }),
      fc.double({ min: -2, max: 3, noNaN: true }),
      (factor, exponent) => {
        expect(logSlope(grown((x) => factor * x ** exponent))).toBeCloseTo(exponent, 9);
      },
    ),
  );
});

test.each([
  [-0.004, '0.00'],
  [-0.28, '-0.28'],
  [1.046, '1.05'],
])('a slope of %p is written as %p', (slope, text) => {
  expect(slopeText(slope)).toBe(text);
});

test('one size has no slope', () => {
  expect(logSlope([{ x: 10, y: 5 }])).toBeNaN();
});

test.each<[string, Law, (x: number) => number, boolean]>([
  ['what does not grow', 'flat', () => 7, false],
  ['what falls', 'flat', (x) => 7 + 100 / x, false],
  ['what grows with the logarithm', 'flat', (x) => 1 + Math.log(x), true],
  ['what grows in proportion, beside a fixed cost', 'linear', (x) => 300 + 2 * x, false],
  ['what grows with the square', 'linear', (x) => 300 + x * x, true],
])('%s, by the law %s', (_what, law, f, isSteeper) => {
  expect(steepness(curveOf(law, grown(f)))).toMatchObject({ expected: law === 'flat' ? 0 : 1, isSteeper });
});

test('what grows as its floor does is not steeper than it need be', () => {
  const { lines, ...rest } = curveOf(
    'flat',
    grown((x) => 3 * x ** 0.4),
  );
  const bare = { name: 'bare', kind: 'floor', points: grown((x) => x ** 0.4) } as const;
  const both = steepness({ ...rest, lines: [...lines, bare] });
  expect([both?.slope.toFixed(6), both?.floor?.toFixed(6), both?.isSteeper]).toEqual(['0.400000', '0.400000', false]);
  expect(steepness({ ...rest, lines })?.isSteeper).toBe(true);
});

test('a fixed cost at small sizes hides no square at large ones', () => {
  expect(
    steepness(
      curveOf(
        'linear',
        grown((x) => 1000 + x * x),
      ),
    )?.slope,
  ).toBeGreaterThan(1.5);
});

test('a count has no slope but breaches, wherever it is not what it should be', () => {
  const exact = curveOf('count', [
    { x: 1, y: 1, should: 1 },
    { x: 100, y: 1, should: 1 },
  ]);
  expect([steepness(exact), breaches(exact)]).toEqual([undefined, []]);
  const broken = curveOf('count', [
    { x: 1, y: 1, should: 1 },
    { x: 100, y: 2, should: 1 },
    { x: 200, y: 0, should: 2 },
  ]);
  expect(breaches(broken)).toEqual([
    { curve: 'curve', line: 'ours', x: 100, is: 2, should: 1 },
    { curve: 'curve', line: 'ours', x: 200, is: 0, should: 2 },
  ]);
});
