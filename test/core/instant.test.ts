import fc from 'fast-check';
import { DAY, parseEpochMillis, parseInstant, toEpochSeconds, toIso, utcDay } from '../../core/instant.ts';

const GUIDE = Date.UTC(2018, 9, 8, 14, 5, 45);

test.each([
  ['2018-10-08T14:05:45.000Z', GUIDE],
  ['2018-10-08T14:05:45Z', GUIDE],
  ['2018-10-08t14:05:45z', GUIDE],
  ['2018-10-08T14:05:45 +0000', GUIDE],
  ['2018-10-08 14:05:45', GUIDE],
  ['2018-10-08T16:05:45+02:00', GUIDE],
  ['2018-10-08T07:05:45-07:00', GUIDE],
  ['2018-10-08T07:05:45-07', GUIDE],
  ['2018-10-08T19:35:45+0530', GUIDE],
  ['2018-10-08T14:05Z', GUIDE - 45_000],
  ['2018-10-08T14:05:45.678Z', GUIDE + 678],
  ['2018-10-08T14:05:45,6Z', GUIDE + 600],
  ['2018-10-08T14:05:45.678999999Z', GUIDE + 678],
  [' 2018-10-08T14:05:45Z ', GUIDE],
  ['2016-02-29T00:00:00Z', Date.UTC(2016, 1, 29)],
  ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
  ['1970-01-01T00:00:00Z', 0],
  ['1969-12-31T23:30:00-01:00', 1_800_000],
  ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
  ['2018-07-31T00:00:00Z', Date.UTC(2018, 6, 31)],
  ['2018-08-31T00:00:00Z', Date.UTC(2018, 7, 31)],
  ['2018-04-30T00:00:00Z', Date.UTC(2018, 3, 30)],
  ['2018-12-31T23:59:59.9Z', Date.UTC(2018, 11, 31, 23, 59, 59, 900)],
  ['9999-12-31T23:59:59.999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
  [`2018-10-08T14:05:45Z${' '.repeat(28)}`, GUIDE],
])('%j is read', (raw, expected) => {
  expect(parseInstant(raw)).toBe(expected);
});

test.each([
  undefined,
  null,
  GUIDE,
  new Date(GUIDE),
  '',
  'now',
  '2018-10-08',
  '1539007545000',
  'Mon, 08 Oct 2018 14:05:45 +0000',
  '2018-02-29T00:00:00Z',
  '2018-02-30T00:00:00Z',
  '2100-02-29T00:00:00Z',
  '2018-04-31T00:00:00Z',
  '2018-07-32T00:00:00Z',
  '2018-09-31T00:00:00Z',
  '12018-10-08T14:05:45Z',
  `2018-10-08T14:05:45Z${' '.repeat(29)}`,
  '2018-13-01T00:00:00Z',
  '2018-00-01T00:00:00Z',
  '2018-01-00T00:00:00Z',
  '2018-01-01T24:00:00Z',
  '2018-01-01T00:60:00Z',
  '2018-01-01T00:00:61Z',
  '1969-12-31T23:59:59Z',
  '1970-01-01T00:00:00+01:00',
  '0070-01-01T00:00:00.000Z',
  '0099-01-01T00:00:00Z',
  '9999-12-31T23:59:59-01:00',
  '2018-10-08T14:05:45Z; drop',
  `2018-10-08T14:05:45${' '.repeat(60)}Z`,
])('%j is no time', (raw) => {
  expect(parseInstant(raw)).toBeUndefined();
});

const instant = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });

test('what is written is read back, to the millisecond', () => {
  fc.assert(fc.property(instant, (at) => expect(parseInstant(toIso(at))).toBe(at)));
});

test('the usual form is read as every other form of the same instant is', () => {
  const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
  const parts = fc.tuple(
    fc.integer({ min: 0, max: 9999 }),
    two(13),
    two(32),
    two(25),
    two(61),
    two(61),
    fc.nat({ max: 999 }),
  );
  fc.assert(
    fc.property(parts, ([year, month, day, hour, minute, second, millis]) => {
      const date = `${String(year).padStart(4, '0')}-${month}-${day}`;
      const time = `${hour}:${minute}:${second}.${String(millis).padStart(3, '0')}`;
      expect(parseInstant(`${date}T${time}Z`)).toBe(parseInstant(`${date} ${time}`));
    }),
    { numRuns: 2000 },
  );
});

test('a form that is nearly the usual one is no time', () => {
  const usual = '2026-01-02T03:04:05.678Z';
  const character = fc.constantFrom('x', '/', ':', '-', '٣', '');
  fc.assert(
    fc.property(fc.nat({ max: usual.length - 1 }), character, (at, put) => {
      const raw = usual.slice(0, at) + put + usual.slice(at + 1);
      fc.pre(raw !== usual && !(put === '' && at >= 19));
      expect(parseInstant(raw)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test('two instants share a UTC day exactly if their dates are the same', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 2 * DAY }), (at, later) => {
      const sameDate = toIso(at).slice(0, 10) === toIso(at + later).slice(0, 10);
      expect(utcDay(at) === utcDay(at + later)).toBe(sameDate);
    }),
  );
});

test.each([
  ['1767323045678', 1_767_323_045_678],
  ['0', 0],
  ['', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['253402300799999', 253_402_300_799_999],
  ['253402300800000', undefined],
  ['1234567890123x', undefined],
  ['x1234567890123', undefined],
  [1_767_323_045_678, undefined],
])('the epoch %j is %j', (raw, expected) => {
  expect(parseEpochMillis(raw)).toBe(expected);
});

test.each([
  [0, 0],
  [1, 1],
  [1000, 1],
  [1001, 2],
])('%i ms are %i s: an end is never earlier for being stored', (at, seconds) => {
  expect(toEpochSeconds(at)).toBe(seconds);
});
