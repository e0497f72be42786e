import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { merge } from '../../../core/entry/merge.ts';
import { detect, type Reading, type Told } from '../../../core/import/detect.ts';
import { factsOfRow, type Settings } from '../../../core/import/row-facts.ts';

const NOW = Date.UTC(2026, 10, 20);
const UNDATED = Date.UTC(2026, 9, 1);
const SETTINGS: Settings = { now: NOW, undatedAt: UNDATED };

const reading = (names: readonly string[], told: Told = {}): Reading => {
  const found = detect(names, told);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
};

const SES = reading(['EmailAddress', 'Reason', 'LastUpdateTime']);
const BOUNCES = reading(['status', 'reason', 'email', 'created'], { fileName: 'bounces.csv' });
const BLOCKS = reading(['status', 'reason', 'email', 'created'], { fileName: 'blocks.csv' });
const POSTMARK = reading(['EmailAddress', 'SuppressionReason', 'Origin', 'CreatedAt']);
const OWN = reading(['address', 'scope', 'status', 'reason', 'since', 'until']);

const outcome = (row: Record<string, string>, by: Reading, settings: Partial<Settings> = {}) => {
  const facts = factsOfRow(row, by, { ...SETTINGS, ...settings });
  if (!facts.ok) return facts.error.code;
  const { address, scope, evidence, operator } = facts.value;
  return [address, scope, evidence[0]?.reason ?? operator?.action, evidence[0]?.at ?? operator?.at];
};

test('makes evidence of a row, with what the provider says', () => {
  const row = { email: ' Pat@Target.example ', status: '5.1.1', reason: '550 no\nsuch user', created: '1443651154' };
  const facts = factsOfRow(row, BOUNCES, SETTINGS);
  expect(facts.ok && facts.value).toEqual({
    address: 'pat@target.example',
    scope: '*',
    deliveries: [],
    evidence: [
      {
        id: 'import:sendgrid:hard-bounce:1443651154000#pat@target.example',
        at: 1443651154000,
        rule: 'imported',
        reason: 'hard-bounce',
        type: 'Import',
        subtype: 'sendgrid bounces',
        status: '5.1.1',
        diagnostic: '550 no such user',
      },
    ],
  });
});

test.each([
  ['BOUNCE', 'hard-bounce'],
  ['COMPLAINT', 'complaint'],
])('takes %s of SES for %s', (word, reason) => {
  expect(outcome({ emailaddress: 'pat@target.example', reason: word }, SES)).toEqual([
    'pat@target.example',
    '*',
    reason,
    UNDATED,
  ]);
});

test.each([
  ['HardBounce', 'Recipient', ['pat@target.example', '*', 'hard-bounce', UNDATED]],
  ['SpamComplaint', 'Recipient', ['pat@target.example', '*', 'complaint', UNDATED]],
  ['ManualSuppression', 'Recipient', ['pat@target.example', 'newsletter', 'unsubscribe', UNDATED]],
  ['ManualSuppression', ' recipient ', ['pat@target.example', 'newsletter', 'unsubscribe', UNDATED]],
  ['ManualSuppression', '', 'ReasonUnknown'],
  ['ManualSuppression', 'Customer', ['pat@target.example', 'newsletter', 'manual', UNDATED]],
  ['Else', 'Admin', 'ReasonUnknown'],
])('reads %s by %s of Postmark', (suppressionreason, origin, expected) => {
  const row = { emailaddress: 'pat@target.example', suppressionreason, origin };
  expect(outcome(row, POSTMARK, { scope: 'newsletter' })).toEqual(expected);
});

test('does not know who suppressed by hand where Postmark’s file has no column for it', () => {
  const by = reading(['EmailAddress', 'SuppressionReason']);
  const row = { emailaddress: 'pat@target.example', suppressionreason: 'ManualSuppression' };
  expect(outcome(row, by, { scope: 'newsletter' })).toBe('ReasonUnknown');
  expect(outcome({ emailaddress: row.emailaddress }, by)).toBe('ReasonUnknown');
});

test('never lets an unsubscribe hold everywhere', () => {
  const row = { emailaddress: 'pat@target.example', suppressionreason: 'ManualSuppression', origin: 'Recipient' };
  expect(outcome(row, POSTMARK)).toBe('ScopeNeeded');
  expect(outcome(row, POSTMARK, { scope: '*' })).toBe('ScopeNeeded');
});

test.each([
  [{ email: 'pat@target.example', created: '03/04/2025' }, BOUNCES, 'TimeUnreadable'],
  [{ email: 'pat@target.example', created: String(NOW / 1000 + 1) }, BOUNCES, 'TimeInFuture'],
  [{ email: 'pat' }, BOUNCES, 'AddressUnusable'],
  [{ email: 'a@target.example, b@target.example' }, BOUNCES, 'AddressUnusable'],
  [{}, BOUNCES, 'AddressUnusable'],
  [{ email: 'pat@target.example' }, BLOCKS, 'NoSuppression'],
  [{ email: 'pat@target.example', status: ' 4.4.7' }, BOUNCES, 'NoSuppression'],
  [{ address: 'pat@target.example', scope: 'a b', status: 'suppressed', reason: 'hard-bounce' }, OWN, 'ScopeUnusable'],
  [{ address: 'pat@target.example', scope: '*', status: 'watched', reason: '' }, OWN, 'NoSuppression'],
  [
    { address: 'pat@target.example', scope: '*', status: 'suppressed', reason: 'soft-bounce' },
    OWN,
    'ReasonNotImportable',
  ],
])('rejects %p', (row, by, code) => {
  expect(outcome(row, by)).toBe(code);
});

const said = (row: Record<string, string>, by: Reading, settings: Partial<Settings> = {}): string => {
  const facts = factsOfRow(row, by, { ...SETTINGS, ...settings });
  return facts.ok ? 'taken' : facts.error.message;
};

test.each([
  [{ email: 'pat@target.example', created: 'yesterday' }, BOUNCES, '"yesterday"'],
  [{ email: 'pat@target.example', created: '2026-12-01' }, BOUNCES, '"2026-12-01" has not come yet'],
  [{ email: 'pat@target.example', status: '4.4.7' }, BOUNCES, 'status "4.4.7"'],
  [{ emailaddress: 'pat@target.example', reason: 'whim' }, SES, '"whim" is no reason'],
  [{ emailaddress: 'pat@target.example' }, SES, '"" is no reason'],
  [{ address: 'pat@target.example', scope: 'a b', reason: 'complaint' }, OWN, '"a b" is no scope'],
  [{ address: 'pat@target.example', scope: 'a b', status: 'allowed' }, OWN, '"a b" is no scope'],
  [{ address: 'pat@target.example', status: 'allowed' }, OWN, 'nothing is no scope'],
  [{ address: 'pat@target.example', scope: 'tenant:', reason: 'complaint' }, OWN, '"tenant:" is no scope'],
  [{ address: 'pat@target.example', scope: '*', reason: 'Dead-Domain' }, OWN, 'a block for "Dead-Domain"'],
])('shows what is wrong with %p', (row, by, words) => {
  expect(said(row, by)).toContain(words);
});

test.each(['tenant:acme', ' news ', 'acme-tenant:'])('reads a scope of its own, or refuses it: %p', (scope) => {
  const by = { address: 'pat@target.example', scope, reason: 'complaint' };
  const held = scope === 'acme-tenant:' ? 'ScopeUnusable' : [by.address, scope.trim(), 'complaint', UNDATED];
  expect(outcome(by, OWN)).toEqual(held);
});

test('an unsubscribe of an own export that holds everywhere is refused, another reason is not', () => {
  const own = { address: 'pat@target.example', scope: '*' };
  expect(outcome({ ...own, reason: 'unsubscribe' }, OWN, { scope: 'news' })).toBe('ScopeNeeded');
  expect(outcome({ ...own, reason: 'manual' }, OWN, { scope: 'news' })).toEqual([own.address, '*', 'manual', UNDATED]);
});

test('knows only in its own exports what is watched and allowed', () => {
  const row = { email: 'pat@target.example', created: '', status: 'allowed' };
  expect(outcome(row, BOUNCES)).toEqual(['pat@target.example', '*', 'hard-bounce', UNDATED]);
  expect(outcome({ ...row, status: 'watched' }, BOUNCES)).toEqual([row.email, '*', 'hard-bounce', UNDATED]);
  const soft = { emailaddress: 'pat@target.example', reason: 'softbounce' };
  expect(outcome(soft, SES)).toBe('NoSuppression');
});

test('believes this moment, and a passing status only of a bounce', () => {
  const row = { email: 'pat@target.example', created: String(NOW / 1000) };
  expect(outcome(row, BOUNCES)).toEqual([row.email, '*', 'hard-bounce', NOW]);
  const byHand: Reading = { ...BOUNCES, meaning: 'complaint' };
  expect(outcome({ ...row, status: '4.4.7' }, byHand)).toEqual([row.email, '*', 'complaint', NOW]);
  expect(outcome({ ...row, status: '5.4.4' }, BOUNCES)).toEqual([row.email, '*', 'hard-bounce', NOW]);
});

test.each([
  [' 5.100.123 ', '5.100.123'],
  ['15.1.1', undefined],
  ['5.1.1234', undefined],
  ['5.1.1 gone', undefined],
  ['550', undefined],
])('keeps of the status %p: %p', (status, kept) => {
  const facts = factsOfRow({ email: 'pat@target.example', reason: '', status }, BOUNCES, SETTINGS);
  const [evidence = {}] = facts.ok ? facts.value.evidence : [];
  expect(Object.entries(evidence).filter(([name]) => name === 'status' || name === 'diagnostic')).toEqual(
    kept === undefined ? [] : [['status', kept]],
  );
});

test('takes back blocks and pins of an own export, each in its scope', () => {
  const since = '2026-01-02T03:04:05.678Z';
  const row = { address: 'pat@target.example', scope: 'newsletter', since };
  const at = Date.parse(since);
  expect(outcome({ ...row, status: 'suppressed', reason: 'unsubscribe' }, OWN)).toEqual([
    row.address,
    'newsletter',
    'unsubscribe',
    at,
  ]);
  expect(outcome({ ...row, status: 'suppressed', reason: 'manual' }, OWN)).toEqual([
    row.address,
    'newsletter',
    'manual',
    at,
  ]);
  expect(outcome({ ...row, status: 'allowed', reason: 'manual' }, OWN)).toEqual([
    row.address,
    'newsletter',
    'allow',
    at,
  ]);
});

const time = fc.integer({ min: 1_400_000_000, max: 1_700_000_000 });
const row = fc.record({
  email: fc.constantFrom('pat@target.example', 'PAT@target.example'),
  created: time.map(String),
});

test('teaches the same twice, in any order, and never more than once', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
      const facts = rows
        .map((each) => factsOfRow(each, BOUNCES, SETTINGS))
        .flatMap((each) => (each.ok ? [each.value] : []));
      const [first] = facts;
      if (first === undefined) throw new Error('no facts');
      const once = facts.reduce(merge, first);
      expect(facts.reduceRight(merge, once)).toEqual(once);
    }),
  );
});

test('never takes back what a person decided later', () => {
  fc.assert(
    fc.property(row, fc.integer({ min: 0, max: 1_000_000 }), (each, later) => {
      const facts = factsOfRow(each, BOUNCES, SETTINGS);
      if (!facts.ok) throw new Error(facts.error.message);
      const at = Number(each.created) * 1000 + later;
      const removed = { ...facts.value, evidence: [], clearedAt: at };
      expect(derive(facts.value, DEFAULT_POLICY).status).toBe('suppressed');
      expect(derive(merge(removed, facts.value), DEFAULT_POLICY).status).toBe('watched');
    }),
  );
});
