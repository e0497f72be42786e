import fc from 'fast-check';
import { DAY, HOUR, SECOND } from '../../../core/instant.ts';
import { isTooOld, TOO_OLD_MS, type Why, waitSeconds } from '../../../core/rate/waiting.ts';

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
  'what waits for %s comes back after a quarter of an hour, and less often with age',
  (why) => {
    expect(waitSeconds({ why, receives: 1, ageMs: 0 }, () => 0)).toBe(900);
    expect(waitSeconds({ why, receives: 1, ageMs: DAY }, () => 0)).toBe(10_800);
    expect(waitSeconds({ why, receives: 1, ageMs: 6 * DAY }, () => 0)).toBe(42_000);
  },
);
