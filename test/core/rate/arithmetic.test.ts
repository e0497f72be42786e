import fc from 'fast-check';
import type { LimiterState } from '../../../core/rate/limiter-store.ts';
import { planClaim, rateNow, WRITE_MS } from '../../../core/rate/plan-claim.ts';
import { leftToday, NO_QUOTA, usableRate } from '../../../core/rate/send-quota.ts';
import { shareAt, slowerStill } from '../../../core/rate/share.ts';
import { fromMicros, slotSpacing, toMicros } from '../../../core/rate/slots.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');
const soon = (millis: number): number => toMicros(NOW + WRITE_MS + millis);
const plan = (state: LimiterState, counts: readonly number[], ms = 30_000, isFresh = true) =>
  planClaim(state, counts, { now: NOW, until: NOW + ms, isFresh });
const reading = (maxSendRate: number, max24HourSend = 50_000, sentLast24Hours = 0) => ({
  maxSendRate,
  max24HourSend,
  sentLast24Hours,
});

test('slots of a second take a little more than a second, rounded up', () => {
  expect([1, 14, 500].map(slotSpacing)).toEqual([1_032_000, 73_715, 2064]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (rate) => {
      expect(rate * slotSpacing(rate)).toBeGreaterThanOrEqual(1_032_000);
    }),
  );
});

test('microseconds stay whole and come back as the same instant', () => {
  expect(Number.isSafeInteger(toMicros(NOW))).toBe(true);
  expect(fromMicros(toMicros(NOW))).toBe(NOW);
});

test.each([
  [14, 14],
  [0.5, 0.5],
  [-1, 10_000],
  [Number.POSITIVE_INFINITY, 10_000],
  [0, undefined],
  [Number.NaN, undefined],
])('of a MaxSendRate of %p, %p can be kept to', (maxSendRate, expected) => {
  expect(usableRate(reading(maxSendRate))).toBe(expected);
});

test.each([
  [reading(14, 200, 150), 10, 40],
  [reading(14, 200, 199.2), 0.5, -1],
  [reading(14, -1, 1e9), 5, NO_QUOTA],
  [reading(14, Number.NaN, 5), 0, NO_QUOTA],
  [reading(14, 200, Number.NaN), 0, 200],
  [reading(14, 0, 0), 0, 0],
  [reading(14, 200, 150), 2_000_000, -200],
])('what is left of %p with %p ahead is %p', (read, ahead, left) => {
  expect(leftToday(read, ahead)).toBe(left);
});

describe('the share of the rate', () => {
  test('is the whole until SES throttles, falls by a quarter each time, and never below a tenth', () => {
    expect(shareAt(undefined, NOW)).toBe(1);
    let slowdown = slowerStill(undefined, NOW);
    expect(slowdown).toEqual({ share: 0.75, at: NOW });
    for (let times = 0; times < 20; times += 1) slowdown = slowerStill(slowdown, NOW);
    expect(slowdown.share).toBe(0.1);
  });

  test('comes back evenly within a minute, and is not above the whole then', () => {
    const lowest = { share: 0.1, at: NOW };
    expect(shareAt(lowest, NOW + 30_000)).toBeCloseTo(0.6);
    expect(shareAt(lowest, NOW + 60_000)).toBe(1);
    expect(shareAt(lowest, NOW - 5000)).toBe(0.1);
  });

  test('lowers the rate, though not so far that a mail to many would block the account for hours', () => {
    expect(rateNow({ rate: 14, slowdown: { share: 0.5, at: NOW } }, NOW)).toBe(7);
    expect(rateNow({ rate: 0.2, slowdown: { share: 0.1, at: NOW } }, NOW)).toBe(0.1);
    expect(rateNow({}, NOW)).toBe(1);
  });
});

describe('a plan', () => {
  test('starts soon where nothing is reserved', () => {
    for (const state of [{ rate: 1 }, { rate: 1, next: soon(-1) }])
      expect(plan(state, [1, 2, 1])).toMatchObject({
        offsets: [0, 1_032_000, 3_096_000],
        lacking: [undefined, undefined, undefined],
        claim: { recipients: 4, span: 4_128_000, from: { start: soon(0) } },
      });
  });

  test('goes on after what is reserved, within bounds that leave time for its last mail', () => {
    expect(plan({ rate: 1, next: soon(500) }, [1, 1]).claim?.from).toEqual({
      add: [soon(0), toMicros(NOW + 30_000) - 1_032_000],
    });
  });

  test('takes what is not fresh for reserved further, unless nothing was for a while', () => {
    expect(plan({ rate: 1, next: toMicros(NOW - 900) }, [1], 30_000, false).claim?.from).toHaveProperty('add');
    expect(plan({ rate: 1, next: toMicros(NOW - 1100) }, [1], 30_000, false).claim?.from).toHaveProperty('start');
  });

  test('reserves for as many as can start in time; the last of them may go into debt', () => {
    expect(plan({ rate: 1 }, [1, 50, 1], 2000)).toMatchObject({
      offsets: [0, 1_032_000, undefined],
      lacking: [undefined, undefined, 'rate'],
      claim: { recipients: 51 },
    });
  });

  test('reserves nothing, and asks for no write, where nobody can start in time', () => {
    expect(plan({ rate: 1, next: soon(40_000) }, [1])).toEqual({ offsets: [undefined], lacking: ['rate'] });
    expect(plan({ rate: 1 }, [1], WRITE_MS - 1)).toEqual({ offsets: [undefined], lacking: ['rate'] });
  });

  test('reserves for as many as the daily quota has room for', () => {
    expect(plan({ rate: 14, left: 3 }, [1, 2, 1])).toMatchObject({
      offsets: [0, 73_715, undefined],
      lacking: [undefined, undefined, 'quota'],
    });
    for (const left of [0, -7])
      expect(plan({ rate: 14, left }, [1])).toEqual({ offsets: [undefined], lacking: ['quota'] });
  });

  test('lets small mails pass a large one that the quota does not suffice for', () => {
    expect(plan({ rate: 14, left: 40 }, [50, 1, 1, 50, 38, 1])).toMatchObject({
      offsets: [undefined, 0, 73_715, undefined, 147_430, undefined],
      lacking: ['quota', undefined, undefined, 'quota', undefined, 'quota'],
      claim: { recipients: 40, span: 40 * 73_715 },
    });
  });

  test('starts no sooner than the first mail is ready, however long that takes', () => {
    const occasion = { now: NOW, until: NOW + 30_000, isFresh: true, leadMs: 2000 };
    expect(planClaim({ rate: 1, next: soon(500) }, [1], occasion).claim?.from).toMatchObject({
      start: toMicros(NOW + 2000),
    });
    expect(planClaim({ rate: 1, next: soon(5000) }, [1], occasion).claim?.from).toEqual({
      add: [toMicros(NOW + 2000), toMicros(NOW + 30_000)],
    });
    expect(planClaim({ rate: 1 }, [1], { ...occasion, until: NOW + 1999 }).lacking).toEqual(['rate']);
  });

  test('starts anew where a wrong clock has reserved for days ahead', () => {
    const from = plan({ rate: 1, next: toMicros(NOW + 24 * 3_600_000) }, [1]).claim?.from;
    expect(from).toEqual({ start: soon(0), absurd: toMicros(NOW + 3_600_000) });
  });

  test('is in order, in time and in whole microseconds whatever is asked', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 20 });
    const state = fc.record(
      {
        rate: fc.double({ min: 0.01, max: 20_000, noNaN: true }),
        next: fc.integer({ min: toMicros(NOW - 60_000), max: toMicros(NOW + 60_000) }),
        left: fc.integer({ min: -100, max: 1000 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(state, counts, fc.boolean(), (known, asked, isFresh) => {
        const { offsets, lacking, claim } = plan(known, asked, 30_000, isFresh);
        const placed = offsets.filter((offset) => offset !== undefined);
        expect(offsets.map((offset) => offset === undefined)).toEqual(lacking.map((lack) => lack !== undefined));
        expect([offsets.length, lacking.length]).toEqual([asked.length, asked.length]);
        expect(claim === undefined).toBe(placed.length === 0);
        expect([...placed].sort((a, b) => a - b)).toEqual(placed);
        expect(placed.every(Number.isSafeInteger)).toBe(true);
        const first = Math.max(known.next ?? 0, soon(0));
        expect(first + (placed.at(-1) ?? 0) <= toMicros(NOW + 30_000) || placed.length === 0).toBe(true);
        const recipients = asked.filter((_, i) => offsets[i] !== undefined).reduce((sum, count) => sum + count, 0);
        expect(claim?.recipients ?? 0).toBe(recipients);
        expect(recipients === 0 || recipients <= (known.left ?? recipients)).toBe(true);
      }),
    );
  });
});
