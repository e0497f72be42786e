import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { delimiterOf } from '../../cli/import/csv-rows.ts';
import { csvLines, withoutMark } from '../../cli/output/csv-lines.ts';

const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', 'a', '＝') }),
);
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 });

test('is read back exactly, and holds no cell that a spreadsheet would run', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const found: string[][] = parse(csvLines(given), { record_delimiter: '\r\n', relax_column_count: true });
      expect(found.map((each) => each.map(withoutMark))).toEqual(given);
      for (const each of found.flat()) expect(each).not.toMatch(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a,b\n', ','],
  ['a;b\n1,2,3', ';'],
  ['"a,x,y";b\n', ';'],
  ['a\tb\n', '\t'],
  ['a|b\n', '|'],
  ['address\npat@target.example', ','],
  ['"two\nlines";b', ';'],
])('finds what parts the cells of %p', (text, delimiter) => {
  expect(delimiterOf(text)).toBe(delimiter);
});
