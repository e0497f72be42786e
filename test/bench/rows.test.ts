import type { Measured } from '../../bench/measured.ts';
import { pairOf } from '../../bench/median.ts';
import { againstFloor, againstLimit, besideFloor, count, isMiscounted, isWithin } from '../../bench/row.ts';
import { rowsPage, rowsText } from '../../bench/rows-table.ts';

const HERE: Measured = {
  date: '2026-11-24',
  cpu: 'a cpu',
  cores: 2,
  memoryGb: 8,
  node: '20.20.2',
  load: 1,
  command: 'npm run bench',
};
const pair = pairOf([11, 12, 13], [10, 10, 10]);

test('a budget of the ratio limits the ratio, one of the value the value', () => {
  expect(isWithin(againstFloor('a', 'ms', pair, 1.2))).toBe(true);
  expect(isWithin(againstFloor('a', 'ms', pair, 1.19))).toBe(false);
  expect(isWithin(besideFloor('a', 's', pair, 12))).toBe(true);
  expect(isWithin(besideFloor('a', 's', pair, 11.9))).toBe(false);
  expect(isWithin(againstLimit('a', 3, 'MB', 0, 2))).toBe(false);
});

test('a count is within only if it is the fewest that could do', () => {
  expect(isWithin(count('a', 5, 5))).toBe(true);
  expect(isWithin(count('a', 6, 5))).toBe(false);
});

test('a count that is over its budget is a fault, a time is noise', () => {
  expect(isMiscounted(count('a', 6, 5))).toBe(true);
  expect(isMiscounted(againstLimit('a', 1, 'calls', 0, 0))).toBe(true);
  expect(isMiscounted(count('a', 5, 5))).toBe(false);
  expect(isMiscounted(againstFloor('a', 'ms', pair, 1.1))).toBe(false);
});

test('the noise is that of what the budget limits', () => {
  expect(againstFloor('a', 'ms', pair, 2).noise).toEqual({ low: 1.15, high: 1.25, rounds: 3 });
  expect(besideFloor('a', 's', pair, 15)).toMatchObject({ ratio: 1.2, noise: { low: 11.5, high: 12.5, rounds: 3 } });
  expect(count('a', 5, 5).noise).toBeNull();
});

test('the table says what is over its budget', () => {
  const rows = [
    againstFloor('read', 'µs', pair, 1.1),
    count('writes', 250, 250),
    againstLimit('heap', 0.2, 'MB', 0, 2),
  ];
  const [, read, writes, heap] = rowsText(rows).map((line) => line.split(/ {2,}/).filter((cell) => cell !== ''));
  expect(read).toEqual(['read', '12 µs', '10 µs', '×1.20', '×1.15 to ×1.25 of 3', '×1.10', 'OVER']);
  expect(writes).toEqual(['writes', '250', '250', '×1', '×1', 'within']);
  expect(heap).toEqual(['heap', '0.2 MB', '0 MB', '2 MB', 'within']);
  const page = rowsPage({ measured: HERE, rows });
  expect(page).toContain('Measured on 2026-11-24 with `npm run bench`: 2 cores (a cpu), 8 GB, Node 20.20.2.');
  expect(page).toContain('| read | 12 µs | 10 µs | ×1.20 | ×1.15 to ×1.25 of 3 | ×1.10 | **over** |');
});
