import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { knowsNothing, merge } from '../../../core/entry/merge.ts';
import { anyEntry, decided, delta, entryOf, joined, known, piece, START, time } from '../entries.ts';

const SAID = { diagnostic: 'smtp; 550 pat is gone', reported: 'pat.private@else.example' };

test('forgetting drops the texts of all that is not newer and keeps the facts', () => {
  const full = [
    piece('complaint', START, { ...SAID, status: '5.1.1', messageId: 'm' }),
    piece('hard-bounce', START + 1, SAID),
  ];
  const newer = piece('account-list', START + 2, SAID);
  const entry = joined(known(...full, newer), entryOf({ forgottenAt: START + 1 }));
  expect(entry.evidence).toEqual([
    piece('complaint', START, { status: '5.1.1', messageId: 'm' }),
    piece('hard-bounce', START + 1),
    newer,
  ]);
  expect(entry.forgottenAt).toBe(START + 1);
});

test('forgetting drops who decided and why, not what was decided', () => {
  const decision = decided('allow', START, 'ann@ledger.example', 'pat phoned');
  expect(joined(decision, entryOf({ forgottenAt: START })).operator).toEqual({
    action: 'allow',
    at: START,
    by: '',
    note: '',
  });
  expect(joined(decision, entryOf({ forgottenAt: START - 1 })).operator).toEqual(decision.operator);
});

test('what was forgotten stays forgotten when the same event comes again', () => {
  const told = known(piece('complaint', START, SAID));
  const forgotten = joined(told, entryOf({ forgottenAt: START }));
  expect(joined(forgotten, told)).toEqual(forgotten);
  expect(joined(entryOf({ forgottenAt: START }), told)).toEqual(forgotten);
});

test('the latest time of forgetting counts', () => {
  expect(
    joined(entryOf({ forgottenAt: 5 }), entryOf({ forgottenAt: 9 }), entryOf({ forgottenAt: 7 })).forgottenAt,
  ).toBe(9);
});

test('forgetting never changes a standing, nor what later events make of it', () => {
  fc.assert(
    fc.property(anyEntry, time, fc.array(delta, { maxLength: 4 }), (entry, forgottenAt, later) => {
      const { expiresAt: _a, ...told } = derive(later.reduce(merge, entry), DEFAULT_POLICY);
      const forgotten = merge(entry, entryOf({ forgottenAt }));
      const { expiresAt: _b, ...now } = derive(later.reduce(merge, forgotten), DEFAULT_POLICY);
      expect(now).toEqual(told);
    }),
    { numRuns: 1500 },
  );
});

test('after forgetting now, no text of a stranger or a person is left', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const forgotten = merge(entry, entryOf({ forgottenAt: START + 400 * 86_400_000 }));
      expect(JSON.stringify(forgotten)).not.toMatch(/diagnostic|reported|else\.example|ann|bob|phone/);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['nothing', {}, true],
  ['evidence', { evidence: [piece('complaint', START)] }, false],
  ['a delivery', { deliveries: [{ at: START, messageId: '' }] }, false],
  ['a removal', { clearedAt: 0 }, false],
  ['that it forgot', { forgottenAt: 0 }, false],
  ['a decision', decided('allow', START), false],
])('an entry that knows %s: it knows nothing is %p', (_name, facts, expected) => {
  expect(knowsNothing(entryOf(facts))).toBe(expected);
});
