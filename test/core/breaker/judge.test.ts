import fc from 'fast-check';
import { judge } from '../../../core/breaker/judge.ts';
import { RATE_KINDS, type RateKind } from '../../../core/breaker/limits.ts';
import type { Readings } from '../../../core/breaker/rates.ts';
import { LIMITS, NOW, readings } from './samples.ts';

const judged = (given: Readings, disarmed: readonly RateKind[] = []) => judge(given, disarmed, LIMITS, NOW);
const verdict = (given: Readings, disarmed: readonly RateKind[] = []) => {
  const { cause, belowMinimum } = judged(given, disarmed);
  return cause === undefined ? (belowMinimum ? 'below-minimum' : 'keep') : `${cause.kind} by ${cause.source}`;
};

test.each<[string, Readings, string]>([
  ['nothing at all', readings(0), 'keep'],
  ['healthy mail', readings(10_000, { bounces: 100, complaints: 3 }, { bounces: 0.01, complaints: 0.0003 }), 'keep'],
  ['bounces just below the line', readings(951, { bounces: 50 }), 'keep'],
  ['bounces at the line', readings(950, { bounces: 50 }), 'bounces by own'],
  ['one mail too few', readings(949, { bounces: 50 }), 'below-minimum'],
  ['only bad mail, and little', readings(0, { bounces: 999 }), 'below-minimum'],
  ['only bad mail, and much', readings(0, { bounces: 1000 }), 'bounces by own'],
  ['complaints at the line', readings(5000, { complaints: 5 }), 'complaints by own'],
  ['complaints just below', readings(5001, { complaints: 5 }), 'keep'],
  ['too few complaints', readings(1000, { complaints: 4 }), 'below-minimum'],
  ["SES's bounce rate at the line", readings(5000, { bounces: 5 }, { bounces: 0.05 }), 'bounces by ses'],
  ["SES's bounce rate below", readings(5000, { bounces: 5 }, { bounces: 0.0499 }), 'keep'],
  ["SES's complaint rate", readings(50_000, { complaints: 5 }, { complaints: 0.001 }), 'complaints by ses'],
  ["SES's rate, not borne out by our own counts", readings(50_000, { bounces: 4 }, { bounces: 0.2 }), 'below-minimum'],
  ["SES's rate of too little mail", readings(900, { bounces: 5 }, { bounces: 0.2 }), 'below-minimum'],
  ['both at the line', readings(1000, { bounces: 100 }, { bounces: 0.2 }), 'bounces by own'],
  ['one rate of too few events beside a good cause', readings(1000, { bounces: 60, complaints: 4 }), 'bounces by own'],
  [
    'complaints enough beside too few bounces',
    readings(1000, { bounces: 4, complaints: 5 }, { bounces: 1 }),
    'complaints by own',
  ],
  ["SES's rate that is no number", readings(5000, { bounces: 5 }, { bounces: Number.NaN }), 'keep'],
  ["SES's rate without end", readings(5000, { bounces: 5 }, { bounces: Number.POSITIVE_INFINITY }), 'keep'],
  ['complaints of the day after a big mailing', { ...readings(1500, { complaints: 15 }), busiest: 200_000 }, 'keep'],
  [
    'complaints at the line of a big mailing',
    { ...readings(1500, { complaints: 20 }), busiest: 20_000 },
    'complaints by own',
  ],
  ['bounces of the day after one', { ...readings(950, { bounces: 50 }), busiest: 200_000 }, 'bounces by own'],
  ['a rate that is no number', readings(5000, { bounces: 5 }, { bounces: Number.NaN }), 'keep'],
  ['a rate below nothing', readings(5000, { bounces: 5 }, { bounces: -1 }), 'keep'],
])('%s', (_what, given, wanted) => {
  expect(verdict(given)).toBe(wanted);
});

test('where another Region counts for all, our own rates only bear out those of SES', () => {
  const elsewhere = { ...LIMITS, ownRates: false };
  const all = { bounces: 100, complaints: 20 };
  const judgedThere = (given: Readings) => judge(given, [], elsewhere, NOW).cause?.source;
  expect(judgedThere(readings(1000, all))).toBeUndefined();
  expect(judgedThere(readings(1000, all, { bounces: 0.05 }))).toBe('ses');
  expect(judgedThere(readings(800, all, { bounces: 0.05 }))).toBeUndefined();
});

test('the cause tells rate, line and counts', () => {
  expect(judged(readings(1000, { bounces: 60 })).cause).toEqual({
    kind: 'bounces',
    source: 'own',
    rate: 60 / 1060,
    line: 0.05,
    events: 60,
    volume: 1060,
    since: NOW,
  });
});

test.each<[string, number | undefined, readonly RateKind[], string]>([
  ['unknown', undefined, ['bounces'], 'keep'],
  ['still at the line', 0.06, ['bounces'], 'keep'],
  ['half of the line', 0.025, ['bounces'], 'keep'],
  ['below half', 0.0249, [], 'keep'],
])('a disarmed rate of SES that is %s', (_what, rate, disarmed, wanted) => {
  const given = readings(5000, { bounces: 10 }, { bounces: rate });
  expect(judged(given, ['bounces']).disarmed).toEqual(disarmed);
  expect(verdict(given, ['bounces'])).toBe(wanted);
});

test('a disarmed rate of SES disarms neither our own nor the other rate', () => {
  const both = readings(1000, { bounces: 60, complaints: 5 }, { bounces: 0.06, complaints: 0.01 });
  expect(verdict(both, ['bounces', 'complaints'])).toBe('bounces by own');
  const quiet = readings(50_000, { bounces: 10, complaints: 6 }, { bounces: 0.06, complaints: 0.01 });
  expect(verdict(quiet, ['bounces'])).toBe('complaints by ses');
});

const rate = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
const anything = fc.record({
  delivered: fc.nat(5000),
  bounces: fc.nat(500),
  complaints: fc.nat(50),
  ses: fc.record({ bounces: rate, complaints: rate }),
  disarmed: fc.subarray([...RATE_KINDS]),
});

describe('laws', () => {
  test('never trips below the minimum volume, nor on too few bad mails', () => {
    fc.assert(
      fc.property(anything, ({ delivered, bounces, complaints, ses, disarmed }) => {
        const given = readings(delivered, { bounces, complaints }, ses);
        const { cause } = judged(given, disarmed);
        if (cause === undefined) return;
        expect(given.volume).toBeGreaterThanOrEqual(LIMITS.minimumVolume);
        expect(given.events[cause.kind]).toBeGreaterThanOrEqual(LIMITS.minimumEvents);
        expect(cause.rate).toBeGreaterThanOrEqual(LIMITS.lines[cause.kind]);
      }),
    );
  });

  test('more bad mail, or a higher rate of SES, never saves it', () => {
    fc.assert(
      fc.property(anything, fc.nat(100), fc.nat(10), (given, moreBounces, moreComplaints) => {
        const { delivered, bounces, complaints, ses, disarmed } = given;
        const before = judged(readings(delivered, { bounces, complaints }, ses), disarmed);
        fc.pre(before.cause !== undefined);
        const worse = readings(
          delivered,
          { bounces: bounces + moreBounces, complaints: complaints + moreComplaints },
          ses,
        );
        // more bounces are more mail too, of which the same complaints are a smaller part
        fc.pre(before.cause?.kind === 'bounces' || moreBounces === 0);
        expect(judged(worse, disarmed).cause).toBeDefined();
      }),
    );
  });

  test('what is disarmed never grows, and without it nothing trips less', () => {
    fc.assert(
      fc.property(anything, ({ delivered, bounces, complaints, ses, disarmed }) => {
        const given = readings(delivered, { bounces, complaints }, ses);
        const after = judged(given, disarmed);
        expect(disarmed).toEqual(expect.arrayContaining([...after.disarmed]));
        if (after.cause !== undefined) expect(judged(given).cause).toBeDefined();
      }),
    );
  });
});

test('a rate is armed again only once SES tells one that is known and low', () => {
  const still = (bounces: number | undefined) => judged(readings(5000, {}, { bounces }), ['bounces']).disarmed;
  expect(still(0)).toEqual([]);
  expect(still(0.0249)).toEqual([]);
  for (const rate of [0.025, 0.05, undefined, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(still(rate)).toEqual(['bounces']);
});

test('what has a cause is not below the minimum', () => {
  expect(judged(readings(950, { bounces: 50 }))).toMatchObject({ cause: { source: 'own' }, belowMinimum: false });
});
