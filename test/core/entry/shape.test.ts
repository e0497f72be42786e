import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { type Entry, keysToCheck } from '../../../core/entry/entry.ts';
import { merge, sameFacts } from '../../../core/entry/merge.ts';
import { decided, delivered, entryOf, joined, known, PAT_KEY, piece, START, strike } from '../entries.ts';

// Absent, not undefined: what is undefined cannot be written to the table.
describe('what is not known is absent', () => {
  const complaint = piece('complaint', START);

  test('from a merged entry', () => {
    expect(merge(known(complaint), known(complaint))).toStrictEqual({
      ...PAT_KEY,
      evidence: [complaint],
      deliveries: [],
    });
  });

  test('from evidence that was forgotten', () => {
    const told = known(piece('complaint', START, { diagnostic: 'no such user' }));
    expect(merge(told, entryOf({ forgottenAt: START }))).toStrictEqual({
      ...PAT_KEY,
      evidence: [complaint],
      deliveries: [],
      forgottenAt: START,
    });
  });

  test('from what an entry means', () => {
    const blocked = { status: 'suppressed', reason: 'complaint', since: START };
    expect(derive(known(complaint), DEFAULT_POLICY)).toStrictEqual(blocked);
    expect(derive(decided('allow', START), DEFAULT_POLICY)).toStrictEqual({
      status: 'allowed',
      reason: 'manual',
      since: START,
    });
  });
});

test('a mail of no stream asks for one key, a mail of a stream for two', () => {
  const { address } = PAT_KEY;
  expect(keysToCheck(address)).toEqual([{ address, scope: '*' }]);
  expect(keysToCheck(address, 'news')).toEqual([
    { address, scope: '*' },
    { address, scope: 'news' },
  ]);
});

describe('two entries know the same', () => {
  const full = joined(known(strike(0), strike(1)), delivered(START), decided('remove', START, 'ann', 'asked'));

  test('if all their facts are equal, whoever made them', () => {
    expect(sameFacts(full, JSON.parse(JSON.stringify(full)) as Entry)).toBe(true);
  });

  test.each<[string, Partial<Entry>]>([
    ['other evidence', { evidence: [strike(0), strike(2)] }],
    ['less evidence', { evidence: [strike(0)] }],
    ['another delivery', { deliveries: [{ at: START, messageId: 'another' }] }],
    ['another number of deliveries', { deliveries: [] }],
    ['another removal', { clearedAt: START + 1 }],
    ['a time of forgetting', { forgottenAt: START }],
    ['another decision', { operator: { action: 'remove', at: START, by: 'bob', note: 'asked' } }],
  ])('but not with %s', (_what, over) => {
    const other = { ...full, ...over };
    expect(sameFacts(full, other)).toBe(false);
    expect(sameFacts(other, full)).toBe(false);
  });
});
