import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { blocks, derive } from '../../../core/entry/derive.ts';
import { DAY } from '../../../core/instant.ts';
import { judge, type Selection } from '../../../core/removal/selection.ts';
import {
  addressOf,
  anyEntry,
  decided,
  entryOf,
  evidenceDelta,
  joined,
  known,
  piece,
  START,
  strike,
  time,
} from '../entries.ts';

const NOW = START + 100 * DAY;
const judged = (entry: Parameters<typeof judge>[0], selection: Selection) =>
  judge(entry, selection, DEFAULT_POLICY, NOW);
const outage = {
  reason: 'hard-bounce',
  since: START,
  until: START + 2 * DAY,
  domain: 'target.example',
  diagnostic: '5.1.1',
} as const;
const said = {
  status: '5.1.1',
  diagnostic: "smtp; 550-5.1.1 The email account that you tried to reach doesn't exist.",
};

test('selects what is blocked by nothing but what is meant', () => {
  expect(judged(known(piece('hard-bounce', START, said)), outage)).toEqual({
    kind: 'selected',
    reason: 'hard-bounce',
    since: START,
  });
});

test.each([
  ['another reason', known(piece('account-list', START, said))],
  ['an earlier time', known(piece('hard-bounce', START - 1, said))],
  ['the moment of the end', known(piece('hard-bounce', START + 2 * DAY, said))],
  ['other words', known(piece('hard-bounce', START, { status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 blocked' }))],
  ['no words', known(piece('hard-bounce', START))],
  ['another domain', { ...known(piece('hard-bounce', START, said)), address: addressOf('pat@sub.target.example') }],
  ['a removal', joined(known(piece('hard-bounce', START, said)), decided('remove', START))],
  ['nothing', entryOf({})],
])('passes over %s', (_name, entry) => {
  expect(judged(entry, outage)).toEqual({ kind: 'other' });
});

test.each([
  ['a complaint beside it', piece('complaint', START - DAY), 'complaint', 'reason'],
  ['a bounce after it', piece('hard-bounce', START + 5 * DAY, said), 'hard-bounce', 'later'],
  ['a bounce before it', piece('hard-bounce', START - 5 * DAY, said), 'hard-bounce', 'earlier'],
  ['a bounce with other words', piece('hard-bounce', START + 1, { diagnostic: 'gone' }), 'hard-bounce', 'words'],
  ['an unsubscribe beside it', piece('unsubscribe', NOW - 1), 'unsubscribe', 'reason'],
] as const)('leaves %s alone, and says why', (_name, beside, because, why) => {
  const since = beside.at;
  const entry = known(piece('hard-bounce', START, said), beside);
  expect(judged(entry, outage)).toEqual({ kind: 'mixed', because, why, since });
});

test('leaves what a person blocked too', () => {
  const entry = joined(known(piece('hard-bounce', START, said)), decided('add', START + 1));
  expect(judged(entry, outage)).toMatchObject({ kind: 'mixed', because: 'manual' });
  expect(judged(decided('add', START + 1), { reason: 'manual', until: START + 2 })).toMatchObject({ kind: 'selected' });
  expect(judged(decided('add', START + 1), { diagnostic: '5.1.1' })).toEqual({ kind: 'other' });
});

test('does not mind a hold that has ended', () => {
  const ended = piece('validation', START);
  expect(judged(known(piece('hard-bounce', START, said), ended), outage)).toMatchObject({ kind: 'selected' });
  expect(judged(known(ended), { reason: 'validation' })).toEqual({ kind: 'other' });
});

test('does not mind a hold that ends at this moment', () => {
  const ends = known(piece('validation', NOW - DEFAULT_POLICY.validationHoldDays * DAY));
  expect(judged(ends, { reason: 'validation' })).toEqual({ kind: 'other' });
});

test('finds in what was not said no word but what was', () => {
  const silent = known(piece('hard-bounce', START));
  for (const diagnostic of ['undefined', 'null', 'a']) expect(judged(silent, { diagnostic }).kind).toBe('other');
});

test('says that a bounce was earlier only if it was', () => {
  const entry = known(piece('hard-bounce', START, said), piece('hard-bounce', START + DAY, { diagnostic: 'gone' }));
  expect(judged(entry, { since: START, diagnostic: '5.1.1' })).toMatchObject({ kind: 'mixed', why: 'words' });
  const first = known(piece('hard-bounce', START, { diagnostic: 'gone' }), piece('hard-bounce', START + 1, said));
  expect(judged(first, { since: START, diagnostic: '5.1.1' })).toMatchObject({ kind: 'mixed', why: 'words' });
  const last = known(piece('hard-bounce', START, said), piece('hard-bounce', START + DAY, said));
  expect(judged(last, { until: START + DAY })).toMatchObject({ kind: 'mixed', why: 'later', since: START + DAY });
});

test('wants every strike to be meant', () => {
  const held = known(strike(97), strike(98), strike(99));
  expect(judged(held, { reason: 'soft-bounce', since: START + 90 * DAY })).toMatchObject({ kind: 'selected' });
  expect(judged(held, { reason: 'soft-bounce', since: START + 98 * DAY })).toMatchObject({ kind: 'mixed' });
});

test.each([
  ['5.1.1', 'smtp; 550 5.1.1 no such user', true],
  ['5.1.1', 'smtp; 550-5.1.1', true],
  ['5.1.1', 'refused (5.1.1).', true],
  ['5.1.1', '5.1.1.', true],
  ['5.1.1', 'smtp; 550 5.1.10 null MX', false],
  ['5.1.1', 'smtp; 550 15.1.1', false],
  ['NO SUCH USER', 'smtp; 550 5.1.1 No such user', true],
  ['a.c', 'abc', false],
  ['15.1.1', 'smtp; 550 115.1.10', true],
  ['5.1.1 no', 'smtp; 550 5.1.1 nobody', true],
  ['5.10.1', 'smtp; 550 5.10.10', false],
  ['5.1.10', 'smtp; 550 5.1.100', false],
])('finds %j in %j: %p', (diagnostic, words, found) => {
  const entry = known(piece('hard-bounce', START, { diagnostic: words }));
  expect(judged(entry, { diagnostic }).kind).toBe(found ? 'selected' : 'other');
});

const selection: fc.Arbitrary<Selection> = fc.record(
  {
    reason: fc.constantFrom('hard-bounce', 'complaint', 'soft-bounce', 'unsubscribe', 'manual'),
    since: fc.constantFrom(START, START + DAY),
    until: fc.constantFrom(START + DAY, START + 3 * DAY),
    diagnostic: fc.constantFrom('no such', 'ünknown', '5.1.1'),
  },
  { requiredKeys: [] },
);

test('an entry is selected only if it is blocked, and a blocked one by everything', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const isBlocked = blocks(derive(entry, DEFAULT_POLICY), NOW);
      expect(judged(entry, {}).kind).toBe(isBlocked ? 'selected' : 'other');
    }),
    { numRuns: 500 },
  );
});

test('whoever complained is never selected by another reason, whatever else is known', () => {
  fc.assert(
    fc.property(fc.array(evidenceDelta, { maxLength: 6 }), time, selection, (deltas, complainedAt, wanted) => {
      const pieces = deltas.flatMap((each) => each.evidence).filter(({ reason }) => reason !== 'not-spam');
      const entry = known(...pieces, piece('complaint', complainedAt));
      fc.pre(wanted.reason !== undefined && wanted.reason !== 'complaint');
      expect(judged(entry, wanted).kind).not.toBe('selected');
    }),
    { numRuns: 500 },
  );
});
