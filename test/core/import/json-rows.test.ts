import fc from 'fast-check';
import { JsonRows } from '../../../core/import/json-rows.ts';

const rowsOf = (pieces: readonly string[], limit = 1000): { line: number; value: unknown }[] => {
  const rows = new JsonRows(limit);
  return [...pieces.flatMap((piece) => rows.take(piece)), ...rows.end()].map(({ line, text }) => {
    if (text === null) return { line, value: null };
    try {
      return { line, value: JSON.parse(text) };
    } catch {
      return { line, value: 'broken' };
    }
  });
};

const values = (text: string): unknown[] => rowsOf([text]).map(({ value }) => value);

test.each([
  ['NDJSON', '{"a":1}\n{"a":"}{"}\n'],
  ['a list', '[{"a":1},{"a":"}{"}]'],
  ['a pretty list', '[\n  {\n    "a": 1\n  },\n  {\n    "a": "}{"\n  }\n]\n'],
  ['an answer of SES', '{"NextToken":"x","SuppressedDestinationSummaries":[{"a":1},{"a":"}{"}]}'],
  ['answers of Mailgun', '{"items":[{"a":1}],"paging":{"next":"x"}}\n{"items":[{"a":"}{"}]}'],
  ['a dump of Postmark', '{\n"Suppressions" : [\n{"a":1},\n{"a":"}{"}\n]\n}'],
])('finds the rows of %s', (name, text) => {
  expect([name, ...values(text)]).toEqual([name, { a: 1 }, { a: '}{' }]);
});

test('keeps objects and lists within a row together', () => {
  const row = { address: 'pat@target.example', evidence: [{ id: '1' }, { id: '2' }], operator: { items2: [{}] } };
  expect(values(`${JSON.stringify(row)}\n${JSON.stringify(row)}`)).toEqual([row, row]);
});

test('finds the rows after a broken one, with their lines', () => {
  const text = '{"a":1}\n{"a":0\n{"a":2}\n{"a":"x\n{"a":3}\n{"a":4';
  expect(rowsOf([text])).toEqual([
    { line: 1, value: { a: 1 } },
    { line: 2, value: 'broken' },
    { line: 3, value: { a: 2 } },
    { line: 4, value: 'broken' },
    { line: 5, value: { a: 3 } },
    { line: 6, value: 'broken' },
  ]);
});

test('drops a row that is too long, and keeps the next', () => {
  expect(rowsOf([`{"a":"${'x'.repeat(100)}"}`, '\n{"a":1}'], 50).map(({ value }) => value)).toEqual([null, { a: 1 }]);
});

test('drops all of a row that is too long, however many pieces it comes in', () => {
  const pieces = [`{"a":"${'x'.repeat(60)}`, 'y"', '}', '\n{"a":1}'];
  expect(rowsOf(pieces, 50).map(({ value }) => value)).toEqual([null, { a: 1 }]);
});

test('keeps a row of just the limit', () => {
  expect(rowsOf(['{"a":"xx"}'], 10).map(({ value }) => value)).toEqual([{ a: 'xx' }]);
  expect(rowsOf(['{"a":"', 'xxx"}'], 10).map(({ value }) => value)).toEqual([null]);
});

test('takes an unindented answer whose members begin lines, wherever it is cut', () => {
  const text = '{\n"meta":\n{"next":"x"},\n"items":[\n{"a":1,\n"b":[\n{"c":2}]},\n{"a":3}\n]\n}\n{"a":4}';
  for (const size of [1, 2, 5, 1000]) {
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    expect([size, ...rowsOf(pieces).map(({ value }) => value)]).toEqual([
      size,
      { a: 1, b: [{ c: 2 }] },
      { a: 3 },
      { a: 4 },
    ]);
  }
});

test('shows of a broken row only its own text', () => {
  const rows = new JsonRows(1000);
  const found = [...rows.take('{"a":1}\n{"b":"x\n{"c":0\n{"d":2}'), ...rows.end()];
  expect(found.map(({ line, text }) => [line, text?.trim()])).toEqual([
    [1, '{"a":1}'],
    [2, '{"b":"x'],
    [3, '{"c":0'],
    [4, '{"d":2}'],
  ]);
});

const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });

test('finds what was written, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.array(json, { maxLength: 5 }), fc.boolean(), fc.integer({ min: 1, max: 20 }), (rows, list, size) => {
      const text = list ? JSON.stringify(rows) : rows.map((each) => `${JSON.stringify(each)}\n`).join('');
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(rowsOf(pieces, 100_000).map(({ value }) => value)).toEqual(JSON.parse(JSON.stringify(rows)));
    }),
  );
});
