import fc from 'fast-check';
import { rowTime } from '../../../core/import/row-time.ts';
import { SECOND } from '../../../core/instant.ts';

test.each([
  ['1443651154', Date.UTC(2015, 8, 30, 22, 12, 34)],
  ['1443651154123', Date.UTC(2015, 8, 30, 22, 12, 34, 123)],
  ['1586550585.5', Date.UTC(2020, 3, 10, 20, 29, 45, 500)],
  ['2020-04-10T21:03:05+00:00', Date.UTC(2020, 3, 10, 21, 3, 5)],
  ['2019-12-10T08:58:33-05:00', Date.UTC(2019, 11, 10, 13, 58, 33)],
  ['2025-01-07', Date.UTC(2025, 0, 7)],
  ['2025-01-07 19:25:45', Date.UTC(2025, 0, 7, 19, 25, 45)],
  ['2025-01-07 19:25:45 UTC', Date.UTC(2025, 0, 7, 19, 25, 45)],
  ['Tue, 07 Jan 2025 19:25:45 UTC', Date.UTC(2025, 0, 7, 19, 25, 45)],
  ['7 Jan 2025 19:25 +0100', Date.UTC(2025, 0, 7, 18, 25)],
  [' 2025-01-07 ', Date.UTC(2025, 0, 7)],
  ['9999999999', Date.UTC(2286, 10, 20, 17, 46, 39)],
  ['1586550585.123', Date.UTC(2020, 3, 10, 20, 29, 45, 123)],
  ['788918400', Date.UTC(1995, 0, 1)],
  ['7 Jul 2025 19:25 GMT', Date.UTC(2025, 6, 7, 19, 25)],
  ['17 aug 2025 19:25:45Z', Date.UTC(2025, 7, 17, 19, 25, 45)],
  ['Wed,31 DEC 2025 19:25:45 GMT', Date.UTC(2025, 11, 31, 19, 25, 45)],
])('reads %p', (text, instant) => {
  expect(rowTime(text)).toBe(instant);
});

test.each([undefined, '', ' ', '0', 'null', 'Mon, 01 Jan 0001 00:00:00 UTC'])('takes %p for no time', (text) => {
  expect(rowTime(text)).toBeUndefined();
});

test.each([
  '03/04/2025',
  '07.01.2025',
  'yesterday',
  '2025-13-01',
  '2025-02-30',
  '12345',
  '202501071925',
  '202501071',
  'a1443651154',
  '1443651154 or so',
  'on 2025-01-07',
  '2025-01-07 19:25:45 UTC or so',
  'x Tue, 07 Jan 2025 19:25:45 UTC',
  'Tue, 07 Jan 2025 19:25:45 UTC or so',
  '0 Jan 2025 19:25:45 UTC',
  '788918399',
  '10000000000',
  'Tue, 07 Foo 2025 19:25:45 UTC',
])('cannot read %p', (text) => {
  expect(rowTime(text)).toBeNull();
});

test('reads back what it is written as, to the second', () => {
  const seconds = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });
  fc.assert(
    fc.property(seconds, (second) => {
      const date = new Date(second * SECOND);
      for (const text of [String(second), String(second * SECOND), date.toISOString(), date.toUTCString()])
        expect(rowTime(text)).toBe(second * SECOND);
    }),
  );
});
