import type { Curve, Point } from '../../../bench/growth/curve.ts';
import { plot } from '../../../bench/growth/plot.ts';

const timed: Curve = {
  name: 'timed',
  title: 'Time does not grow & stays < 9',
  law: 'flat',
  x: 'records in the batch',
  y: 'µs an event',
  lines: [
    {
      name: 'ours',
      kind: 'measured',
      points: [1, 10, 100, 1000].map((x) => ({ x, y: 8, low: 7, high: 9, ratio: 2 })),
    },
    { name: 'bare', kind: 'floor', points: [1, 10, 100, 1000].map((x) => ({ x, y: 4 })) },
  ],
};

const counts = (name: string, y: (x: number) => number): Curve['lines'][number] => ({
  name,
  kind: 'measured',
  points: [1, 10, 100].map((x): Point => ({ x, y: y(x), should: y(x) })),
});
const counted: Curve = {
  ...timed,
  law: 'count',
  lines: [counts('reads of new ones', (x) => x), counts('reads of old ones', (x) => x), counts('writes', () => 0)],
};

/** What is written in a drawing. */
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');

/** Where the marks of a line stand, which are drawn in this colour, beside the one in the legend. */
const marksOf = (svg: string, paint: string): { x: number; y: number }[] =>
  [...svg.matchAll(/<path [^>]*>/g)]
    .map(([path]) => path)
    .filter((path) => path.includes(paint) && path.includes('transform="matrix'))
    .map((path) => /matrix\([^)]*?,([\d.]+),([\d.]+)\)/.exec(path))
    .flatMap((found) => (found === null ? [] : [{ x: Number(found[1]), y: Number(found[2]) }]))
    .filter(({ y }) => y < 430);

test('says what it shows: title, axes with their units, both lines, how steep it is', () => {
  const texts = textsOf(plot(timed));
  const slopes = 'Slope 0.00, the floor&#39;s 0.00, the law&#39;s 0';
  for (const text of [
    'Time does not grow &amp; stays &lt; 9',
    'records in the batch',
    'µs an event',
    'ours',
    'bare',
    '1,000',
  ])
    expect(texts).toContain(text);
  expect(texts.some((text) => text.startsWith(slopes))).toBe(true);
});

test('has a mark for every figure, sizes in even steps, the floor at half the height', () => {
  const svg = plot(timed);
  const ours = marksOf(svg, '#0072B2');
  const floor = marksOf(svg, '#6e7781');
  expect([ours.length, floor.length]).toEqual([4, 4]);
  const steps = ours.slice(1).map(({ x }, i) => Math.round(x - (ours[i]?.x ?? 0)));
  expect(new Set(steps).size).toBe(1);
  const bottom = 92 + 320;
  expect((bottom - (floor[0]?.y ?? 0)) / (bottom - (ours[0]?.y ?? 0))).toBeCloseTo(0.5, 2);
});

test('lines that would hide one another are one, and what is zero is said', () => {
  const texts = textsOf(plot(counted));
  expect(texts).toContain('reads of new ones; reads of old ones');
  expect(texts.join(' ')).toContain('None at any size: writes.');
  expect(texts).not.toContain('writes');
});

test('has a background of its own', () => {
  expect(plot(timed)).toMatch(/<rect[^>]*fill="#ffffff"/);
});

test('the same figures give the same drawing, whatever was drawn before', () => {
  const first = plot(timed);
  plot(counted);
  expect(plot(timed)).toBe(first);
});
