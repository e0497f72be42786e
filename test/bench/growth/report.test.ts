import type { Curve } from '../../../bench/growth/curve.ts';
import { watchMemory } from '../../../bench/growth/peak-memory.ts';
import { breachText, curvesText } from '../../../bench/growth/report.ts';

const timed: Curve = {
  name: 'timed',
  title: 'Time',
  law: 'flat',
  x: 'records',
  y: 'µs',
  lines: [
    {
      name: 'ours',
      kind: 'measured',
      points: [
        { x: 1, y: 10, ratio: 2 },
        { x: 10_000, y: 1000, ratio: 1.5 },
      ],
    },
    {
      name: 'bare',
      kind: 'floor',
      points: [
        { x: 1, y: 5 },
        { x: 10_000, y: 5 },
      ],
    },
  ],
};
const counted: Curve = {
  ...timed,
  name: 'counted',
  law: 'count',
  lines: [
    {
      name: 'reads',
      kind: 'measured',
      points: [
        { x: 1, y: 1, should: 1 },
        { x: 200, y: 3, should: 2 },
      ],
    },
  ],
};
const cellsOf = (curve: Curve): string[] => (curvesText([curve])[1] ?? '').split(/ {2,}/).filter((cell) => cell !== '');

test('a timed curve shows both ends, the ratio at the larger one, and that it is steeper than it may be', () => {
  expect(cellsOf(timed)).toEqual([
    'timed',
    'records',
    'µs',
    'does not grow',
    '10 at 1',
    '1,000 at 10,000',
    '×1.50',
    '0.50, steeper',
    '0.00',
  ]);
});

test('a count shows whether its law holds', () => {
  expect(cellsOf(counted).slice(-2)).toEqual(['3 at 200', 'BROKEN']);
  expect(breachText({ curve: 'counted', line: 'reads', x: 20_000, is: 3, should: 2 })).toBe(
    'counted: reads at 20,000: 3, should be 2',
  );
});

test('memory is watched from its beginning to its end', () => {
  const peakMb = watchMemory();
  const most = peakMb();
  expect(most).toBeGreaterThan(10);
  expect(most).toBeLessThanOrEqual((process.resourceUsage().maxRSS / 1024) * 1.01);
});
