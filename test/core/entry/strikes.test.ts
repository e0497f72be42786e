import * as v from 'valibot';
import { DEFAULT_POLICY, type Policy, type PolicyInput, policySchema } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import type { Entry, Evidence } from '../../../core/entry/entry.ts';
import { countStrikes } from '../../../core/entry/strikes.ts';
import { DAY, HOUR } from '../../../core/instant.ts';
import { addressOf, decided, delivered, entryOf, joined, known, piece, START, strike } from '../entries.ts';

const NOON = START + 12 * HOUR;
const at = (moment: number, over: Partial<Evidence> = {}): Evidence => piece('soft-bounce', moment, over);
const onDays = (...days: readonly number[]): Entry => known(...days.map((day) => strike(day)));

/** When the hold ends, in days after the first noon; null has no end, undefined is no hold. */
const holdOf = (entry: Entry, policy: Policy = DEFAULT_POLICY): number | null | undefined => {
  const { status, reason, until } = derive(entry, policy);
  if (status === 'watched') return undefined;
  expect({ status, reason }).toEqual({ status: 'suppressed', reason: 'soft-bounce' });
  return until === undefined ? null : (until - NOON) / DAY;
};

test.each<[readonly number[], number | null | undefined]>([
  [[0], undefined],
  [[0, 1], undefined],
  [[0, 1, 2], 2 + 7],
  [[2, 0, 1], 2 + 7],
  [[0, 1, 2, 3], 3 + 14],
  [[0, 1, 2, 3, 4], 4 + 30],
  [[0, 1, 2, 3, 4, 5], null],
  [Array.from({ length: 30 }, (_, day) => day), null],
  [[0, 0, 0, 1], undefined],
  [[0, 45, 90], 90 + 7],
  [[0, 45, 91], undefined],
  [[0, 89, 90, 91, 92], 92 + 14],
])('soft bounces on the days %j hold until day %p', (days, end) => {
  expect(holdOf(onDays(...days))).toBe(end);
});

test('a strike counts once per UTC day, and midnight parts two days', () => {
  const midnight = START + DAY;
  expect(holdOf(known(at(START), at(START + 1), at(midnight - 1)))).toBeUndefined();
  expect(holdOf(known(at(midnight - 1), at(midnight), strike(2)))).toBe(2 + 7);
});

test('the window is measured to the millisecond, from the newest strike', () => {
  expect(holdOf(known(at(NOON), strike(1), at(NOON + 90 * DAY)))).toBe(90 + 7);
  expect(holdOf(known(at(NOON), strike(1), at(NOON + 90 * DAY + 1)))).toBeUndefined();
});

test('the hold is since the first strike that counts', () => {
  expect(derive(onDays(0, 89, 90, 91, 92), DEFAULT_POLICY).since).toBe(NOON + 89 * DAY);
});

describe('a delivery', () => {
  const strikes = onDays(0, 1, 2);

  test.each<[string, Entry, number | null | undefined]>([
    ['after the strikes voids them', delivered(NOON + 3 * DAY), undefined],
    ['at the very instant of the last strike voids it too', delivered(NOON + 2 * DAY), undefined],
    ['between the strikes voids the older ones', delivered(NOON + DAY), undefined],
    ['before the strikes voids nothing', delivered(NOON - 1), 2 + 7],
    ['of a mail that bounced afterwards does not count', delivered(NOON + 3 * DAY, 'bounced'), 2 + 7],
    ['of an unknown mail counts', delivered(NOON + 3 * DAY, ''), undefined],
  ])('%s', (_name, delivery, end) => {
    const bouncing = known(strike(0), strike(1, { messageId: 'bounced' }), strike(2, { messageId: '' }));
    expect(holdOf(joined(bouncing, delivery))).toBe(end);
    expect(holdOf(joined(delivery, bouncing))).toBe(end);
  });

  test('that does not count leaves an older one that does', () => {
    const bouncing = known(strike(0), strike(1), strike(2, { messageId: 'm2' }), strike(3), strike(4));
    const both = joined(bouncing, delivered(NOON + DAY, 'm1'), delivered(NOON + 5 * DAY, 'm2'));
    expect(holdOf(both)).toBe(4 + 7);
  });

  test('that is the newest of several decides', () => {
    const twice = [delivered(NOON + DAY + 1), delivered(NOON - 1)] as const;
    expect(holdOf(joined(strikes, ...twice))).toBeUndefined();
    expect(holdOf(joined(strikes, ...twice.toReversed()))).toBeUndefined();
  });

  test('starts the count anew', () => {
    const again = joined(onDays(0, 1, 2, 4, 5), delivered(NOON + 3 * DAY));
    expect(holdOf(again)).toBeUndefined();
    expect(holdOf(joined(again, onDays(6)))).toBe(6 + 7);
  });

  test('ends a hold without end as well: six strikes are still soft', () => {
    expect(holdOf(onDays(0, 1, 2, 3, 4, 5))).toBeNull();
    expect(holdOf(joined(onDays(0, 1, 2, 3, 4, 5), delivered(NOON + 6 * DAY)))).toBeUndefined();
  });

  test('voids strikes and nothing else', () => {
    const entry = joined(strikes, known(piece('hard-bounce', START)), delivered(NOON + 3 * DAY));
    expect(derive(entry, DEFAULT_POLICY)).toMatchObject({ status: 'suppressed', reason: 'hard-bounce' });
  });
});

test('what nothing resets is reset at no time', () => {
  const bounced = strike(0, { messageId: 'm1' });
  const of = (messageId: string) => countStrikes([bounced], [{ at: NOON, messageId }], 0, DEFAULT_POLICY).resetAt;
  expect(of('m1')).toBeUndefined();
  expect(of('m2')).toBe(NOON);
});

test('a removal voids the strikes that are not newer', () => {
  expect(holdOf(joined(onDays(0, 1, 2), decided('remove', NOON + 2 * DAY)))).toBeUndefined();
  expect(holdOf(joined(onDays(0, 1, 2, 3, 4), decided('remove', NOON + 2 * DAY - 1)))).toBe(4 + 7);
});

describe('the policy', () => {
  const policyOf = (input: PolicyInput): Policy => v.parse(policySchema(), input);

  test.each<[string, PolicyInput, readonly number[], number | null | undefined]>([
    ['without steps never holds', { softBounceSteps: [] }, [0, 1, 2, 3, 4, 5, 6], undefined],
    ['may hold at the first strike', { softBounceSteps: [{ strikes: 1, holdDays: 2 }] }, [0], 2],
    ['keeps the highest step beyond it', { softBounceSteps: [{ strikes: 2, holdDays: 3 }] }, [0, 1, 2, 3], 3 + 3],
    ['may block without end at once', { softBounceSteps: [{ strikes: 2, holdDays: null }] }, [0, 1], null],
    [
      'may have gaps',
      {
        softBounceSteps: [
          { strikes: 2, holdDays: 1 },
          { strikes: 9, holdDays: 5 },
        ],
      },
      [0, 1, 2],
      2 + 1,
    ],
    [
      'may ask for twelve days, all of which are kept',
      { softBounceSteps: [{ strikes: 12, holdDays: 1 }] },
      Array.from({ length: 15 }, (_, d) => d),
      14 + 1,
    ],
    ['sets the window', { softBounceWindowDays: 2 }, [0, 1, 3, 4], undefined],
    ['sets the window, its edge included', { softBounceWindowDays: 2 }, [0, 1, 2], 2 + 7],
  ])('%s', (_name, input, days, end) => {
    expect(holdOf(onDays(...days), policyOf(input))).toBe(end);
  });

  test.each([
    [
      [
        { strikes: 3, holdDays: 7 },
        { strikes: 3, holdDays: 8 },
      ],
    ],
    [
      [
        { strikes: 4, holdDays: 7 },
        { strikes: 3, holdDays: 8 },
      ],
    ],
    [[{ strikes: 13, holdDays: 7 }]],
    [[{ strikes: 0, holdDays: 7 }]],
    [[{ strikes: 1.5, holdDays: 7 }]],
    [[{ strikes: 1, holdDays: 0 }]],
  ])('rejects the steps %j', (softBounceSteps) => {
    expect(v.safeParse(policySchema(), { softBounceSteps }).success).toBe(false);
  });
});

test('a simulator address is held for one hour, whatever the step', () => {
  const address = addressOf('bounce+soft@simulator.amazonses.com');
  for (const days of [
    [0, 1, 2],
    [0, 1, 2, 3, 4, 5],
  ]) {
    const entry = { ...onDays(...days), address };
    expect(derive(entry, DEFAULT_POLICY).until).toBe(NOON + (days.length - 1) * DAY + HOUR);
  }
  expect(derive({ ...onDays(0, 1), address }, DEFAULT_POLICY).status).toBe('watched');
});

test('counting tells which strikes count and since when', () => {
  const strikes = onDays(0, 1, 2, 3).evidence;
  const { counted, resetAt, until } = countStrikes(
    strikes,
    entryOf(delivered(NOON)).deliveries,
    NOON + DAY,
    DEFAULT_POLICY,
  );
  expect(counted.map((s) => s.at)).toEqual([NOON + 2 * DAY, NOON + 3 * DAY]);
  expect(resetAt).toBe(NOON);
  expect(until).toBeUndefined();
});
