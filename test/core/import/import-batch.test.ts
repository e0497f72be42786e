import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import type { Entry } from '../../../core/entry/entry.ts';
import { detect } from '../../../core/import/detect.ts';
import { emptyTally, type Item, importBatch, OWN_ENTRIES, readOnly } from '../../../core/import/import-batch.ts';
import { decided, entryOf, known, PAT_KEY, piece } from '../entries.ts';
import { MemoryLedger } from '../memory-ledger.ts';

const NOW = Date.UTC(2026, 10, 20);
const AT = Date.UTC(2026, 0, 2);
const SETTINGS = { now: NOW, undatedAt: NOW };

const found = detect(['status', 'reason', 'email', 'created'], { fileName: 'bounces.csv' });
if (!found.ok) throw new Error(found.error.message);
const BOUNCES = found.value;

const place = { line: 1, raw: () => '' };
const bounced = (email: string, at = AT): Item => ({
  ...place,
  kind: 'row',
  row: { email: `${email}@target.example`, created: String(at / 1000) },
});
const exported = (value: object): Item => ({ ...place, kind: 'entry', value });

const put = (ledger: MemoryLedger, entry: Entry) => ledger.put(entry, derive(entry, DEFAULT_POLICY));

const taking = async (items: readonly Item[], ledger = new MemoryLedger(), tally = emptyTally()) => {
  const deps = { ledger, policy: DEFAULT_POLICY, sleep: async () => {} };
  const rejected = await importBatch(items, BOUNCES, SETTINGS, deps, tally);
  return { rejected, tally, ledger };
};

test('counts entries once, rows each, and what is known already', async () => {
  const ledger = new MemoryLedger();
  await taking([bounced('ann')], ledger);
  const { rejected, tally } = await taking([bounced('pat'), bounced('pat', AT + 1000), bounced('ann')], ledger);
  expect(rejected).toEqual([]);
  expect(tally).toEqual({
    ...emptyTally(),
    rows: 3,
    written: 1,
    unchanged: 1,
    byReason: { 'hard-bounce *': 3 },
  });
  expect(ledger.entry(PAT_KEY)?.evidence.map(({ at }) => at)).toContain(AT);
});

test('adds to what earlier batches counted', async () => {
  const { tally, ledger } = await taking([bounced('pat'), bounced('nobody at')]);
  await taking([bounced('ann'), bounced('no one')], ledger, tally);
  expect(tally).toEqual({
    ...emptyTally(),
    rows: 4,
    written: 2,
    rejected: 2,
    byReason: { 'hard-bounce *': 2 },
    byCode: { AddressUnusable: 2 },
  });
});

test('gives back each row that it did not take, with its problem', async () => {
  const broken: Item = { ...place, kind: 'problem', problem: { code: 'RaggedRow', message: 'three cells' } };
  const late = exported({ ...PAT_KEY, evidence: [], clearedAt: '2027-01-01T00:00:00Z' });
  const items = [broken, bounced('pat'), late];
  const { rejected, tally } = await taking(items);
  expect(rejected).toEqual([
    { item: broken, problem: { code: 'RaggedRow', message: 'three cells' } },
    { item: late, problem: { code: 'TimeInFuture', message: expect.stringContaining('2027') } },
  ]);
  expect([tally.written, tally.rejected, tally.byCode]).toEqual([1, 2, { RaggedRow: 1, TimeInFuture: 1 }]);
});

test('rejects the rows of an entry that cannot be read, and counts them under no reason', async () => {
  const ledger = new MemoryLedger();
  const fault = Object.assign(new Error('evidence is no list'), { name: 'EntryUnreadable' });
  ledger.beforeWrite = ({ address }) => {
    if (address === PAT_KEY.address) throw fault;
  };
  const { rejected, tally } = await taking([bounced('pat'), bounced('ann')], ledger);
  expect(rejected.map(({ problem }) => problem)).toEqual([{ code: 'EntryUnreadable', message: fault.message }]);
  expect(tally).toMatchObject({ rows: 2, written: 1, rejected: 1, byReason: { 'hard-bounce *': 1 } });
});

test('counts whole entries by what they say first', async () => {
  const evidence = [{ id: 'c', at: '2026-01-02T00:00:00Z', rule: 'r', reason: 'complaint', type: 'Complaint' }];
  const operator = { action: 'allow', at: '2026-01-02T00:00:00Z', by: 'ann', note: '' };
  const entries = [
    { address: 'a@target.example', scope: 'news', evidence },
    { address: 'b@target.example', scope: '*', evidence, operator },
    { address: 'c@target.example', scope: '*', evidence: [] },
  ];
  const { tally } = await taking(entries.map(exported));
  expect(tally.byReason).toEqual({ 'complaint news': 1, 'allow *': 1, 'history *': 1 });
});

test('says that a pin was earlier, and what came with other evidence stays free too', async () => {
  const ledger = new MemoryLedger();
  put(ledger, decided('remove', AT + 1));
  const old = { at: '2026-01-02T00:00:00Z', rule: 'r', reason: 'hard-bounce' };
  const evidence = [
    { ...old, id: 'i', type: 'Import' },
    { ...old, id: 'b', type: 'Bounce' },
  ];
  const { tally } = await taking([exported({ ...PAT_KEY, evidence })], ledger);
  expect([tally.written, tally.overruled]).toEqual([1, 1]);
});

test('tells two hundred kinds apart, and counts further ones together', async () => {
  const evidence = [{ id: 'c', at: '2026-01-02T00:00:00Z', rule: 'r', reason: 'complaint', type: 'Complaint' }];
  const scopes = [...Array.from({ length: 202 }, (_, n) => `s${n}`), 's0'];
  const { tally } = await taking(scopes.map((scope) => exported({ ...PAT_KEY, scope, evidence })));
  expect(Object.keys(tally.byReason)).toHaveLength(201);
  expect([tally.byReason['complaint s0'], tally.byReason.others]).toEqual([2, 2]);
});

test.each<[string, Entry, number, number]>([
  ['an entry that was removed later stays free', decided('remove', AT + 1), 1, 0],
  ['one that was pinned stays free', decided('allow', AT - 1), 1, 0],
  ['one that was removed earlier is blocked again', decided('remove', AT - 1), 0, 1],
  ['one that other evidence blocks anyway is not', { ...known(piece('complaint', AT - 1)), clearedAt: AT - 2 }, 0, 0],
  ['one that nobody freed is not blocked again', entryOf({ deliveries: [{ at: AT - 1, messageId: 'm' }] }), 0, 0],
])('%s', async (_, before, overruled, blockedAgain) => {
  const ledger = new MemoryLedger();
  put(ledger, before);
  const { tally } = await taking([bounced('pat')], ledger);
  expect([tally.written, tally.overruled, tally.blockedAgain]).toEqual([1, overruled, blockedAgain]);
  const again = await taking([bounced('pat')], ledger);
  expect([again.tally.unchanged, again.tally.overruled, again.tally.blockedAgain]).toEqual([1, overruled, 0]);
});

test('calls no whole entry overruled: what it says may be that the address is free', async () => {
  const old = [{ id: 'c', at: '2020-01-02T00:00:00Z', rule: 'r', reason: 'soft-bounce', type: 'Bounce' }];
  const imported = [{ ...old[0], reason: 'hard-bounce', type: 'Import' }];
  const operator = { action: 'allow', at: '2026-01-02T00:00:00Z', by: 'ann', note: '' };
  const watched = exported({ ...PAT_KEY, evidence: old });
  const pinned = exported({ address: 'ann@target.example', scope: '*', evidence: imported, operator });
  const { tally } = await taking([watched, pinned]);
  expect([tally.written, tally.overruled, tally.blockedAgain]).toEqual([2, 0, 0]);
});

test('writes nothing through a ledger that is read only, and counts what it would', async () => {
  const ledger = new MemoryLedger();
  put(ledger, decided('remove', AT - 1));
  const dry = readOnly(ledger);
  const tally = emptyTally();
  const deps = { ledger: dry, policy: DEFAULT_POLICY, sleep: async () => {} };
  await importBatch([bounced('pat'), bounced('ann')], BOUNCES, SETTINGS, deps, tally);
  expect([tally.written, tally.blockedAgain, ledger.writes]).toEqual([2, 1, []]);
  expect((await dry.standings([PAT_KEY])).found.size).toBe(1);
});

test('reads own entries as what they are, and rows that stand among them as no suppression', async () => {
  const deps = { ledger: new MemoryLedger(), policy: DEFAULT_POLICY, sleep: async () => {} };
  const row: Item = { ...place, kind: 'row', row: { address: 'pat@target.example' } };
  const [rejected] = await importBatch([row], OWN_ENTRIES, SETTINGS, deps, emptyTally());
  expect([OWN_ENTRIES.provider, rejected?.problem.code]).toEqual(['ses-suppressor', 'NoSuppression']);
});
