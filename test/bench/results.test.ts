import { columns, figure, markdown } from '../../bench/figure.ts';
import { measuredHere, measuredLine } from '../../bench/measured.ts';
import { between, resultsText } from '../../bench/results.ts';

test.each([
  [0, '0'],
  [12_345, '12,345'],
  [1234.5, '1,235'],
  [99.994, '99.99'],
  [1.147, '1.15'],
  [0.01234, '0.012'],
  [null, ''],
  [Number.NaN, ''],
])('%p is written as %p', (value, text) => {
  expect(figure(value)).toBe(text);
});

test('columns are as wide as their widest cell', () => {
  expect(
    columns(
      [
        ['what', 'n'],
        ['a', '100'],
      ],
      new Set([0]),
    ),
  ).toEqual(['what    n', 'a     100']);
});

test('a table in Markdown has its head, and its alignment', () => {
  expect(
    markdown(
      [
        ['what', 'n'],
        ['a', '1'],
      ],
      new Set([0]),
    ),
  ).toBe('| what | n |\n|---|---:|\n| a | 1 |');
});

test('results are kept to four digits, counts whole', () => {
  expect(JSON.parse(resultsText({ y: 0.123456, n: 123_456, none: null, ratio: 1234.56 }))).toEqual({
    y: 0.1235,
    n: 123_456,
    none: null,
    ratio: 1235,
  });
});

test('a page gets a text between its two comments, as often as one likes', () => {
  const once = between('a\n<!-- rows -->\n<!-- /rows -->\nb', 'rows', 'new');
  expect(once).toBe('a\n<!-- rows -->\nnew\n<!-- /rows -->\nb');
  expect(between(once, 'rows', 'newer')).toBe('a\n<!-- rows -->\nnewer\n<!-- /rows -->\nb');
  expect(() => between(once, 'curves', 'x')).toThrow('<!-- curves -->');
});

test('what was measured is told with its machine, its day and its command', () => {
  const here = measuredHere('npm run bench', new Date('2026-11-24T23:00:00Z'));
  expect(here).toMatchObject({ date: '2026-11-24', node: process.versions.node, command: 'npm run bench' });
  expect(here.cores).toBeGreaterThan(0);
  const quiet = { ...here, cpu: 'a cpu', cores: 2, memoryGb: 8, node: '20.1.0', load: 1.3 };
  const line = 'Measured on 2026-11-24 with `npm run bench`: 2 cores (a cpu), 8 GB, Node 20.1.0.';
  expect(measuredLine(quiet)).toBe(line);
  expect(measuredLine({ ...quiet, load: 19.2 })).toBe(`${line} Other programs kept the machine busy (load 19).`);
});
