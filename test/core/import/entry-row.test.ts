import { entryOfRow, isEntryRow } from '../../../core/import/entry-row.ts';

const NOW = Date.UTC(2026, 10, 20);
const at = Date.UTC(2026, 0, 2);
const AT = '2026-01-02T00:00:00.000Z';
const BOUNCE = { id: 'b1', at: AT, rule: 'bounce-general', reason: 'hard-bounce', type: 'Bounce' };
const ROW = { address: 'Pat@Target.example', scope: '*', evidence: [BOUNCE] };

const entry = (over: object = {}) => {
  const read = entryOfRow({ ...ROW, ...over }, NOW);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};

const refused = (over: object): string => {
  const read = entryOfRow({ ...ROW, ...over }, NOW);
  return read.ok ? 'taken' : `${read.error.code}: ${read.error.message}`;
};

test('takes an entry with no more than what blocks', () => {
  expect(entry()).toStrictEqual({
    address: 'pat@target.example',
    scope: '*',
    evidence: [{ ...BOUNCE, at }],
    deliveries: [],
  });
});

test('takes all that an entry knows, each text made safe and short', () => {
  const long = `a\n${'x'.repeat(400)}`;
  const texts = { rule: long, type: long, subtype: long, status: long, messageId: long, diagnostic: long };
  const taken = entry({
    scope: 'tenant:acme',
    evidence: [{ ...BOUNCE, ...texts, reported: long }],
    deliveries: [{ at: '2026-01-03T00:00:00Z', messageId: long }],
    clearedAt: '2026-01-01T00:00:00Z',
    forgottenAt: '2026-01-01T12:00:00Z',
    operator: { action: 'add', at: '2026-01-04T00:00:00Z', by: long, note: long },
  });
  const cut = (length: number) => `a ${'x'.repeat(length - 2)}`;
  expect(taken).toStrictEqual({
    address: 'pat@target.example',
    scope: 'tenant:acme',
    evidence: [
      {
        id: 'b1',
        at,
        rule: cut(64),
        reason: 'hard-bounce',
        type: cut(64),
        subtype: cut(64),
        status: cut(16),
        messageId: cut(200),
        diagnostic: cut(200),
        reported: cut(320),
      },
    ],
    deliveries: [{ at: Date.UTC(2026, 0, 3), messageId: cut(200) }],
    clearedAt: Date.UTC(2026, 0, 1),
    forgottenAt: Date.UTC(2026, 0, 1, 12),
    operator: { action: 'add', at: Date.UTC(2026, 0, 4), by: cut(64), note: cut(200) },
  });
});

test('takes null for what is not there', () => {
  const absent = { clearedAt: null, forgottenAt: null, operator: null };
  expect(entry(absent)).toStrictEqual(entry());
});

test.each(['remove', 'allow', 'add'])('takes what a person decided: %s', (action) => {
  const operator = { action, at: AT, by: 'ann', note: '' };
  expect(entry({ operator }).operator).toEqual({ ...operator, at });
});

test.each(['not-spam', 'opted-in', 'soft-bounce', 'complaint'])('takes %s', (reason) => {
  expect(entry({ evidence: [{ ...BOUNCE, reason }] }).evidence).toEqual([{ ...BOUNCE, at, reason }]);
});

test.each(['*', 'newsletter', 'tenant:acme'])('takes the scope %s', (scope) => {
  expect(entry({ scope }).scope).toBe(scope);
});

const LATE = '2026-11-20T00:00:00.001Z';
const UNREAD = 'EntryUnreadable: ';
const SCOPE = `${UNREAD}scope: expected *, a stream or tenant:NAME`;
const TIME = 'expected an ISO 8601 time';
const FUTURE = `TimeInFuture: "${LATE}" has not come yet`;

test.each<[string, object, string]>([
  ['a scope with a space', { scope: 'a b' }, SCOPE],
  ['a tenant without a name', { scope: 'tenant:' }, SCOPE],
  ['a time nobody can read', { evidence: [{ ...BOUNCE, at: 'today' }] }, `${UNREAD}evidence.0.at: ${TIME}`],
  ['a removal at no time', { clearedAt: 'today' }, `${UNREAD}clearedAt: ${TIME}`],
  ['evidence from the future', { evidence: [BOUNCE, { ...BOUNCE, id: 'b2', at: LATE }] }, FUTURE],
  ['a delivery from the future', { deliveries: [{ at: LATE, messageId: 'm' }] }, FUTURE],
  ['a decision from the future', { operator: { action: 'allow', at: LATE, by: 'ann', note: '' } }, FUTURE],
  ['a removal from the future', { clearedAt: LATE }, FUTURE],
  ['forgetting in the future', { forgottenAt: LATE }, FUTURE],
  [
    'an unsubscribe from everything',
    { evidence: [BOUNCE, { ...BOUNCE, id: 'u', reason: 'unsubscribe' }] },
    'ScopeNeeded: an unsubscribe is from a kind of mail, never from all',
  ],
])('refuses %s', (_, over, problem) => {
  expect(refused(over)).toBe(problem);
});

test.each<[string, object]>([
  ['evidence.0.id', { evidence: [{ ...BOUNCE, id: '' }] }],
  ['evidence.0.id', { evidence: [{ ...BOUNCE, id: 'x'.repeat(1001) }] }],
  ['evidence.0.reason', { evidence: [{ ...BOUNCE, reason: 'whim' }] }],
  ['evidence.0.rule', { evidence: [{ ...BOUNCE, rule: 1 }] }],
  ['evidence', { evidence: Array.from({ length: 101 }, () => BOUNCE) }],
  ['deliveries', { deliveries: Array.from({ length: 101 }, () => ({ at: AT, messageId: 'm' })) }],
  ['deliveries.0.messageId', { deliveries: [{ at: AT }] }],
  ['operator.action', { operator: { action: 'hope', at: AT, by: 'ann', note: '' } }],
  ['operator.by', { operator: { action: 'add', at: AT, note: '' } }],
  ['address', { address: 1 }],
])('names %s where it is the fault', (place, over) => {
  expect(refused(over)).toMatch(new RegExp(`^EntryUnreadable: ${place}: `));
});

test('refuses an address that is none', () => {
  expect(refused({ address: 'pat' })).toMatch(/^AddressUnusable: ./);
});

test('believes a fact of this moment, and an unsubscribe from one stream', () => {
  expect(entry({ clearedAt: '2026-11-20T00:00:00.000Z' }).clearedAt).toBe(NOW);
  const unsubscribe = { ...BOUNCE, reason: 'unsubscribe' };
  expect(entry({ scope: 'newsletter', evidence: [unsubscribe] }).evidence).toEqual([{ ...unsubscribe, at }]);
});

test.each<[object, boolean]>([
  [ROW, true],
  [{ ...ROW, evidence: 'none' }, false],
  [{ address: 'a', scope: '*' }, false],
  [{ address: 'a', evidence: [] }, false],
  [{ scope: '*', evidence: [] }, false],
])('knows by its members whether %p is an entry: %p', (value, is) => {
  expect(isEntryRow(value)).toBe(is);
});
