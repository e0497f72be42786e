import { DAY, HOUR } from '../../../core/instant.ts';
import { saneState } from '../../../core/rate/sane-state.ts';
import { toMicros } from '../../../core/rate/slots.ts';
import { isTooOld, TOO_OLD_MS, waitSeconds } from '../../../core/rate/waiting.ts';

type Case = readonly [why: 'rate' | 'quota' | 'paused', receives: number, ageMs: number, atLeastMs: number];

/** The wait with no jitter, and with all of it. */
const waits = ([why, receives, ageMs, atLeastMs]: Case) =>
  [0, 1].map((random) => waitSeconds({ why, receives, ageMs, atLeastMs }, () => random));

test.each<[string, Case, number[]]>([
  ['three seconds a receive, up to twice that', ['rate', 4, 0, 0], [12, 24]],
  ['never less than three seconds', ['rate', 0, 0, 0], [3, 6]],
  ['not sooner than is of use', ['rate', 1, 0, 60_000], [60, 120]],
  ['never more than SQS takes', ['rate', 1, 0, 30 * HOUR], [42_000, 42_000]],
  ['forty minutes for a quota at first, up to half more', ['quota', 1, 0, 0], [2400, 3600]],
  ['as long where sending is paused', ['paused', 1, 0, 0], [2400, 3600]],
  ['less for who has waited half of six days', ['quota', 1, 3 * DAY, 0], [1500, 2250]],
  ['ten minutes, evenly spread or more, after six days', ['quota', 1, 6 * DAY, 0], [692, 1038]],
  ['no less after that', ['quota', 1, 13 * DAY, 0], [600, 900]],
  ['an even share of what is left where receives run out', ['paused', 990, 4 * DAY, 0], [42_000, 42_000]],
  ['all that is left at the last receives', ['paused', 1000, 14 * DAY - 5000 * 1000, 0], [5000, 7500]],
  ['all that is left beyond the last receive', ['paused', 1200, 14 * DAY - 5000 * 1000, 0], [5000, 7500]],
  ['what is young although its clock is ahead', ['quota', 1, -HOUR, 0], [2400, 3600]],
  ['ten minutes at the end of all', ['quota', 1, 20 * DAY, 0], [600, 900]],
])('a request waits %s', (_what, given, seconds) => {
  expect(waits(given)).toEqual(seconds);
});

test('a request waits at least nothing unless told', () => {
  expect(waitSeconds({ why: 'rate', receives: 1, ageMs: 0 }, () => 0)).toBe(3);
});

test('a request is too old after thirteen days', () => {
  expect(TOO_OLD_MS).toBe(13 * DAY);
  expect(isTooOld(5, 5 + 13 * DAY)).toBe(false);
  expect(isTooOld(5, 5 + 13 * DAY + 1)).toBe(true);
});

test('of a state nothing is believed that lies too far ahead, and the rest is kept', () => {
  const now = 1_000_000;
  const edge = { next: toMicros(now + HOUR), readAt: now + 60_000, leasedUntil: now + 60_000, rate: 14 };
  expect(saneState(edge as never, now)).toStrictEqual(edge);
  const beyond = { next: toMicros(now + HOUR) + 1, readAt: now + 60_001, leasedUntil: now + 60_001, rate: 14 };
  expect(saneState(beyond as never, now)).toStrictEqual({ rate: 14 });
});
