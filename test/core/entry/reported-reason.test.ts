import fc from 'fast-check';
import * as v from 'valibot';
import { DEFAULT_POLICY, policySchema } from '../../../core/contract/index.ts';
import { blocks, derive } from '../../../core/entry/derive.ts';
import { BLOCKING_REASONS, type BlockingReason, type Reason } from '../../../core/entry/entry.ts';
import { reasonsInForce } from '../../../core/entry/in-force.ts';
import { DAY, HOUR } from '../../../core/instant.ts';
import { addressOf, anyEntry, decided, entryOf, joined, known, piece, START, strike } from '../entries.ts';

const NO_END = Number.POSITIVE_INFINITY;

test('an entry without facts is watched and blocks nobody', () => {
  expect(derive(entryOf({}), DEFAULT_POLICY)).toMatchObject({ status: 'watched' });
});

test.each<[BlockingReason, number | undefined]>([
  ['complaint', undefined],
  ['hard-bounce', undefined],
  ['account-list', undefined],
  ['tenant-list', undefined],
  ['manual', undefined],
  ['unsubscribe', undefined],
  ['global-list', 14],
  ['validation', 30],
  ['dead-domain', 30],
])('%s blocks for %p days after its newest piece, since its oldest', (reason, days) => {
  const entry = known(piece(reason, START), piece(reason, START + DAY));
  expect(derive(entry, DEFAULT_POLICY)).toMatchObject({ status: 'suppressed', reason, since: START });
  expect(derive(entry, DEFAULT_POLICY).until).toBe(days === undefined ? undefined : START + (1 + days) * DAY);
});

const held: readonly (readonly [string, readonly (readonly [Reason, number])[], BlockingReason])[] = [
  [
    'a longer hold, though weaker',
    [
      ['global-list', 0],
      ['validation', 0],
    ],
    'validation',
  ],
  [
    'a later hold of the same length',
    [
      ['validation', 0],
      ['dead-domain', 1],
    ],
    'dead-domain',
  ],
  [
    'a later hold, though shorter and stronger',
    [
      ['global-list', 17],
      ['dead-domain', 0],
    ],
    'global-list',
  ],
  [
    'the stronger of two that end together',
    [
      ['global-list', 16],
      ['dead-domain', 0],
    ],
    'global-list',
  ],
  [
    'the stronger of two that end together, in any order',
    [
      ['dead-domain', 0],
      ['validation', 0],
    ],
    'validation',
  ],
  [
    'a block without end, whatever holds besides',
    [
      ['validation', 4000],
      ['unsubscribe', 0],
    ],
    'unsubscribe',
  ],
  [
    'the strongest of all without end',
    [
      ['account-list', 9],
      ['hard-bounce', 5],
      ['complaint', 1],
      ['tenant-list', 9],
    ],
    'complaint',
  ],
  [
    'a hard bounce before a list',
    [
      ['account-list', 9],
      ['hard-bounce', 5],
    ],
    'hard-bounce',
  ],
  [
    'a list before an unsubscribe',
    [
      ['tenant-list', 1],
      ['unsubscribe', 9],
    ],
    'tenant-list',
  ],
];
test.each(held)('of the reasons in force, %s is reported', (_name, pieces, reason) => {
  const entry = known(...pieces.map(([what, day]) => piece(what, START + day * DAY)));
  expect(derive(entry, DEFAULT_POLICY).reason).toBe(reason);
});

test('a soft hold is reported only while it ends last', () => {
  const strikes = [strike(0), strike(1), strike(2)];
  const listed = (day: number) =>
    derive(known(...strikes, piece('global-list', START + day * DAY)), DEFAULT_POLICY).reason;
  expect(listed(-5)).toBe('soft-bounce');
  expect(listed(-4)).toBe('global-list');
});

test('a manual block is weaker than a list and stronger than an unsubscribe', () => {
  const add = decided('add', START + DAY);
  expect(derive(joined(add, known(piece('account-list', START))), DEFAULT_POLICY).reason).toBe('account-list');
  expect(derive(joined(add, known(piece('unsubscribe', START))), DEFAULT_POLICY)).toEqual({
    status: 'suppressed',
    reason: 'manual',
    since: START + DAY,
  });
});

test('a block with the latest end is always the one reported, among equals the strongest', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const all = reasonsInForce(entry, DEFAULT_POLICY);
      const found = derive(entry, DEFAULT_POLICY);
      expect(found.status === 'suppressed').toBe(all.length > 0);
      const latest = Math.max(...all.map((r) => r.until ?? NO_END));
      const rivals = all.filter((r) => (r.until ?? NO_END) === latest).map((r) => r.reason);
      if (found.status !== 'suppressed') return;
      expect(found.until ?? NO_END).toBe(latest);
      expect(found.reason).toBe(BLOCKING_REASONS.find((reason) => rivals.includes(reason)));
    }),
    { numRuns: 1500 },
  );
});

test('each reason in force names the pieces it rests on, oldest first', () => {
  const entry = known(piece('complaint', START + DAY), piece('complaint', START), strike(0), strike(1), strike(2));
  expect(reasonsInForce(entry, DEFAULT_POLICY)).toEqual([
    {
      reason: 'complaint',
      since: START,
      until: null,
      pieces: [piece('complaint', START), piece('complaint', START + DAY)],
    },
    {
      reason: 'soft-bounce',
      since: strike(0).at,
      until: strike(2).at + 7 * DAY,
      pieces: [strike(0), strike(1), strike(2)],
    },
  ]);
});

test('the periods are those of the policy of the day, not of the day of the event', () => {
  const policy = v.parse(policySchema(), { globalListHoldDays: 1, validationHoldDays: 2, deadDomainHoldDays: 3 });
  const untilOf = (reason: Reason) => derive(known(piece(reason, START)), policy).until;
  expect([untilOf('global-list'), untilOf('validation'), untilOf('dead-domain')]).toEqual([
    START + DAY,
    START + 2 * DAY,
    START + 3 * DAY,
  ]);
});

test('deriving never looks at the clock', () => {
  const entry = known(piece('global-list', START), strike(0), strike(1), strike(2));
  const at = (now: number) => {
    jest.useFakeTimers({ now });
    try {
      return derive(entry, DEFAULT_POLICY);
    } finally {
      jest.useRealTimers();
    }
  };
  expect(at(0)).toEqual(at(Date.UTC(2500, 0, 1)));
});

test('a simulator address is blocked for one hour, by whatever reason', () => {
  const address = addressOf('complaint+x@simulator.amazonses.com');
  for (const reason of BLOCKING_REASONS.filter((r) => r !== 'soft-bounce'))
    expect(derive({ ...known(piece(reason, START)), address }, DEFAULT_POLICY).until).toBe(START + HOUR);
  expect(derive({ ...decided('add', START), address }, DEFAULT_POLICY).until).toBe(START + HOUR);
});

test.each([
  [{ status: 'suppressed' as const }, true],
  [{ status: 'suppressed' as const, until: START + 1 }, true],
  [{ status: 'suppressed' as const, until: START }, false],
  [{ status: 'suppressed' as const, until: START - 1 }, false],
  [{ status: 'watched' as const }, false],
  [{ status: 'watched' as const, until: START + 1 }, false],
  [{ status: 'allowed' as const }, false],
])('whether the standing %j blocks now is %p', (standing, expected) => {
  expect(blocks(standing, START)).toBe(expected);
});
