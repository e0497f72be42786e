import fc from 'fast-check';
import { DAY, HOUR, SECOND } from '../../../core/instant.ts';
import { isTooOld, TOO_OLD_MS, type Why, waitSeconds } from '../../../core/rate/waiting.ts';
import { seededRandom } from '../../../local/seeded-random.ts';

const REASONS: readonly Why[] = ['rate', 'quota', 'paused', 'fault'];
const RECEIVES = 1000;
const RETENTION_SECONDS = (14 * DAY) / SECOND;

test.each(REASONS)('the thousandth receive comes after the end of the retention, waiting for %s', (why) => {
  let seconds = 0;
  for (let receives = 1; receives <= RECEIVES; receives += 1)
    seconds += waitSeconds({ why, receives, ageMs: seconds * SECOND }, () => 0);
  expect(seconds).toBeGreaterThan(RETENTION_SECONDS);
});

test('a message that has waited for too long is back before SQS deletes it', () => {
  for (const why of REASONS)
    for (const receives of [1, 999])
      expect(TOO_OLD_MS + waitSeconds({ why, receives, ageMs: TOO_OLD_MS }, () => 0.999) * SECOND).toBeLessThan(
        14 * DAY,
      );
  expect([isTooOld(0, TOO_OLD_MS), isTooOld(0, TOO_OLD_MS + 1)]).toEqual([false, true]);
});

test('no wait is longer than SQS takes, 15 minutes of an invocation and some before it being over', () => {
  const wait = fc.record({
    why: fc.constantFrom(...REASONS),
    receives: fc.integer({ min: 1, max: 100_000 }),
    ageMs: fc.integer({ min: -HOUR, max: 14 * DAY }),
    atLeastMs: fc.integer({ min: -HOUR, max: 14 * DAY }),
  });
  fc.assert(
    fc.property(wait, fc.double({ min: 0, max: 0.999, noNaN: true }), (given, random) => {
      const seconds = waitSeconds(given, () => random);
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(3);
      expect(seconds).toBeLessThanOrEqual(43_200 - 900 - 300);
    }),
  );
});

test('waits are spread, so that a backlog does not come back at once', () => {
  const seconds = [0, 0.25, 0.5, 0.75].map((random) =>
    waitSeconds({ why: 'rate', receives: 10, ageMs: 0 }, () => random),
  );
  expect(seconds).toEqual([30, 38, 45, 53]);
});

test('a slot that is known to come later is waited for', () => {
  expect(waitSeconds({ why: 'rate', receives: 1, ageMs: 0, atLeastMs: 40_000 }, () => 0)).toBe(40);
});

test.each(['quota', 'paused'] as const)(
  'what waits for %s comes back after 40 to 60 minutes, and more often with age, as its receives allow',
  (why) => {
    const wait = (receives: number, ageMs: number, random = 0) => waitSeconds({ why, receives, ageMs }, () => random);
    expect([wait(1, 0), wait(1, 0, 0.999)]).toEqual([2400, 3599]);
    expect(wait(60, 3 * DAY)).toBe(1500);
    expect(wait(300, 9 * DAY)).toBe(618);
    expect(wait(10, 13 * DAY)).toBe(600);
    expect(wait(900, 9 * DAY)).toBe(4320);
  },
);

test('the thousandth receive comes after the end of the retention, whatever it waits for in whichever order', () => {
  const spells = fc.array(fc.tuple(fc.constantFrom(...REASONS), fc.integer({ min: 1, max: 400 })), { minLength: 1 });
  fc.assert(
    fc.property(spells, fc.double({ min: 0, max: 0.999, noNaN: true }), (given, random) => {
      const whys = given.flatMap(([why, times]) => Array.from({ length: times }, () => why));
      let seconds = 0;
      for (let receives = 1; receives <= RECEIVES; receives += 1) {
        const why = whys[receives % whys.length] ?? 'rate';
        seconds += waitSeconds({ why, receives, ageMs: seconds * SECOND }, () => random);
      }
      expect(seconds).toBeGreaterThan(RETENTION_SECONDS);
    }),
  );
});

/** Days of a queue at an account that may mail so many a day: a burst at first, and so many a day all the time. */
const exhaust = (perDay: number, inflow: number, burst: number, seed: number) => {
  const random = seededRandom(seed);
  const MINUTE = 60 * SECOND;
  const due = new Map<number, { readonly bornAt: number; receives: number }[]>();
  const receiveAt = (at: number, message: { readonly bornAt: number; receives: number }): void => {
    const minute = Math.ceil(at / MINUTE);
    due.set(minute, [...(due.get(minute) ?? []), message]);
  };
  for (let i = 0; i < burst; i += 1) receiveAt((i % 60) * MINUTE, { bornAt: 0, receives: 0 });
  for (let i = 0; i < 18 * inflow; i += 1) receiveAt((i * DAY) / inflow, { bornAt: (i * DAY) / inflow, receives: 0 });
  const sent: number[] = [];
  const seen = { setAside: 0, oldestSent: 0, mostReceives: 0 };
  for (let minute = 0; minute < (18 * DAY) / MINUTE; minute += 1) {
    const at = minute * MINUTE;
    while ((sent[0] ?? at) <= at - DAY) sent.shift();
    const batch = (due.get(minute) ?? []).map((message) => ({ message, order: random() }));
    for (const { message } of batch.sort((a, b) => a.order - b.order)) {
      message.receives += 1;
      const ageMs = at - message.bornAt;
      seen.mostReceives = Math.max(seen.mostReceives, message.receives);
      if (sent.length < perDay) {
        sent.push(at);
        seen.oldestSent = Math.max(seen.oldestSent, ageMs);
      } else if (ageMs > TOO_OLD_MS) seen.setAside += 1;
      else receiveAt(at + waitSeconds({ why: 'quota', receives: message.receives, ageMs }, random) * SECOND, message);
    }
    due.delete(minute);
  }
  return seen;
};

test.each([
  [500, 400, 2000],
  [500, 450, 1500],
  [500, 300, 2000],
])('of %d mails a day and %d new ones a day, a burst of %d is sent: the young do not keep it out', (...given) => {
  for (const seed of [1, 2, 3]) {
    const { setAside, oldestSent, mostReceives } = exhaust(...given, seed);
    expect(setAside).toBe(0);
    expect(oldestSent).toBeLessThan(11 * DAY);
    expect(mostReceives).toBeLessThan(700);
  }
});
