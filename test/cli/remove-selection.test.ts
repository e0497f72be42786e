import * as v from 'valibot';
import { MemoryAccountList } from '../../adapters/memory-account-list.ts';
import { type MemoryCall, MemoryLedger } from '../../adapters/memory-ledger.ts';
import type { RecentRange } from '../../core/ledger/ledger.ts';
import { cli, type Given, lines, NOW, teach } from './harness.ts';
import { bounce, complaint } from './messages.ts';
import { SelectionCounts, SelectionLine } from './schemas/decide.ts';

const OUTAGE = ['--reason', 'hard-bounce', '--domain', 'gmail.com', '--since', '2026-11-14', '--until', '2026-11-16'];
const ARGS = ['remove', ...OUTAGE, '--diagnostic', '5.1.1', '--note', 'Gmail outage'];
const during = (to: string, at = '2026-11-14T22:00:00.000Z') => bounce({ to, at, id: `m-${to}-${at}` });

const ledgerWith = async (
  messages: readonly object[],
  fault: (call: MemoryCall) => void = () => undefined,
): Promise<MemoryLedger> => {
  const ledger = new MemoryLedger({ now: () => NOW, fault });
  await teach(ledger, messages);
  return ledger;
};

const said = async (args: string[], given: Given) => {
  const ran = await cli([...args, '--json'], given);
  const all = lines(ran.out);
  const counts = v.parse(SelectionCounts, all.at(-1));
  return { ...ran, counts, lines: all.slice(0, -1).map((line) => v.parse(SelectionLine, line)) };
};

/** Five live mailboxes that Gmail called dead, and others that must stay. */
const outage = [
  ...['a', 'b', 'c', 'd', 'e'].map((name) => during(`${name}@gmail.com`)),
  during('before@gmail.com', '2026-11-13T23:59:59.000Z'),
  during('after@gmail.com', '2026-11-16T00:00:00.000Z'),
  during('other@target.example'),
  bounce({ to: 'blocked@gmail.com', at: '2026-11-15T08:00:00.000Z', status: '5.7.1', said: 'smtp; 550 5.7.1 spam' }),
  during('angry@gmail.com'),
  complaint({ to: 'angry@gmail.com', at: '2026-11-12T08:00:00.000Z', id: 'c-1' }),
  during('twice@gmail.com'),
  during('twice@gmail.com', '2026-11-18T08:00:00.000Z'),
];
const freed = async (ledger: MemoryLedger) => {
  const all = ['a', 'b', 'c', 'd', 'e', 'before', 'after', 'blocked', 'angry', 'twice'].map((n) => `${n}@gmail.com`);
  const { out } = await cli(['check', '--json', ...all, 'other@target.example'], { ledger });
  return lines(out).flatMap(({ suppressed, address }) => (suppressed ? [] : [String(address)]));
};

test('shows what it would remove and what stays, and changes nothing', async () => {
  const ledger = await ledgerWith(outage);
  const writes = ledger.writes;
  const ses = new MemoryAccountList();
  const { exit, out, err } = await cli(ARGS, { ledger, accountLists: [ses] });
  expect([exit, err]).toEqual([0, '']);
  const rows = out.split('\n');
  expect(rows).toHaveLength(9);
  expect(rows).toContain('  a@gmail.com  *  hard-bounce  since 2026-11-14 22:00 UTC');
  expect(rows).toContain('  angry@gmail.com  *  stays: also complaint, 2026-11-12 08:00 UTC');
  expect(rows).toContain('  twice@gmail.com  *  stays: later hard-bounce, 2026-11-18 08:00 UTC');
  expect(rows.at(-2)).toBe(
    '5 to remove, 2 stay for something else (1 also complaint, 1 later hard-bounce). Nothing was changed; --yes removes them.',
  );
  expect(ledger.writes).toBe(writes);
  expect(ses.calls).toBe(0);
});

test('removes the selection from both lists, in whatever spelling SES has it', async () => {
  const ledger = await ledgerWith(outage);
  const given = ['A@gmail.com', 'a@gmail.com', 'angry@gmail.com', 'else@gmail.com'];
  const ses = new MemoryAccountList({
    listed: given.map((each) => ({ given: each, reason: 'BOUNCE', updatedAt: NOW })),
  });
  const { exit, counts, lines } = await said([...ARGS, '--yes'], { ledger, accountLists: [ses] });
  expect(exit).toBe(0);
  expect(counts).toEqual({
    selected: 5,
    kept: 2,
    removed: 5,
    changed: 0,
    failed: 0,
    keptFor: { 'also complaint': 1, 'later hard-bounce': 1 },
    acted: true,
  });
  expect(lines).toContainEqual({
    kind: 'removed',
    address: 'a@gmail.com',
    scope: '*',
    spellings: ['A@gmail.com', 'a@gmail.com'],
  });
  expect(ses.listed.map((each) => each.given)).toEqual(['angry@gmail.com', 'else@gmail.com']);
  expect(ses.calls).toBe(3);
  expect((await freed(ledger)).sort()).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@gmail.com`));
  expect((await cli(['explain', 'a@gmail.com'], { ledger })).out).toContain(
    'removed by pat 2026-11-20 12:00 UTC: Gmail outage',
  );
  const again = await said([...ARGS, '--yes'], { ledger, accountLists: [ses] });
  expect(again.counts).toMatchObject({ selected: 0, kept: 2, removed: 0 });
});

test('says how long SES takes for many', async () => {
  const ledger = await ledgerWith(Array.from({ length: 100 }, (_, i) => during(`p${i}@gmail.com`)));
  const end = 'SES takes one call a second: up to 2 minutes, if it lists them all.\n';
  expect((await cli(ARGS, { ledger })).out.endsWith(end)).toBe(true);
  expect((await cli([...ARGS, '--keep-ses-list'], { ledger })).out).not.toContain('SES takes');
});

test('reads the index no further back than it must', async () => {
  const ledger = await ledgerWith(outage);
  const asked: unknown[] = [];
  const recent = ledger.recent.bind(ledger);
  ledger.recent = (range?: RecentRange) => {
    asked.push(range);
    return recent(range);
  };
  await cli(ARGS, { ledger });
  expect(asked).toEqual([{ since: Date.UTC(2026, 10, 13) }]);
});

test('goes on after single failures, and counts them', async () => {
  let failing = false;
  const ledger = await ledgerWith(outage, ({ operation, key }) => {
    if (failing && operation === 'write' && key.address === 'b@gmail.com') throw new Error('the table is busy');
  });
  failing = true;
  const { exit, counts, err } = await said([...ARGS, '--yes'], { ledger });
  expect(exit).toBe(1);
  expect(counts).toMatchObject({ selected: 5, removed: 4, failed: 1 });
  expect(err).toBe('NotWritten: b@gmail.com (*): the table is busy\n');
  failing = false;
  expect((await said([...ARGS, '--yes'], { ledger })).counts).toMatchObject({ selected: 1, removed: 1, failed: 0 });
});

test('stops where everything fails', async () => {
  const many = Array.from({ length: 60 }, (_, i) => during(`p${i}@gmail.com`));
  const ledger = await ledgerWith(many);
  const denied = Object.assign(new Error('not allowed'), { name: 'AccessDeniedException' });
  ledger.write = () => Promise.reject(denied);
  const { exit, err, out } = await cli([...ARGS, '--yes', '--keep-ses-list'], { ledger });
  expect(exit).toBe(1);
  expect(err).toContain('RemovalStopped: stopped after 10 failures in a row, 0 of 60 removed; the last: not allowed\n');
  expect(err.split('\n').filter((line) => line.startsWith('AccessDenied')).length).toBeLessThan(20);
  expect(out).toContain('… and 40 more to remove; --json names all');
});

test("changes nothing if SES's list cannot be read", async () => {
  const ledger = await ledgerWith(outage);
  const ses = new MemoryAccountList();
  ses.list = () => {
    throw Object.assign(new Error('not allowed: ses:ListSuppressedDestinations'), { name: 'AccessDeniedException' });
  };
  const { exit, err } = await cli([...ARGS, '--yes'], { ledger, accountLists: [ses] });
  expect([exit, err]).toEqual([1, expect.stringMatching(/^AccessDenied: not allowed: ses:ListSuppressedDestinations/)]);
  expect(await freed(ledger)).toEqual([]);
});

test('leaves what has changed since it was selected', async () => {
  const ledger = await ledgerWith(outage);
  const ses = new MemoryAccountList();
  const list = ses.list.bind(ses);
  ses.list = async function* () {
    await teach(ledger, [complaint({ to: 'c@gmail.com', at: '2026-11-19T08:00:00.000Z', id: 'c-2' })]);
    yield* list();
  };
  const { exit, counts, lines } = await said([...ARGS, '--yes'], { ledger, accountLists: [ses] });
  expect(exit).toBe(0);
  expect(counts).toMatchObject({ selected: 5, removed: 4, changed: 1 });
  expect(lines).toContainEqual({ kind: 'changed', address: 'c@gmail.com', scope: '*' });
  expect(await freed(ledger)).not.toContain('c@gmail.com');
});

test('tells what cannot be read, and takes the rest', async () => {
  const ledger = await ledgerWith([during('a@gmail.com')]);
  ledger.put({
    address: { S: 'odd@gmail.com' },
    scope: { S: '*' },
    status: { S: 'suppressed' },
    updatedAt: { S: new Date(NOW).toISOString() },
    bucket: { S: '2026-11#0' },
  });
  const { exit, counts, err } = await said(ARGS, { ledger });
  expect(exit).toBe(1);
  expect(counts).toMatchObject({ selected: 1, failed: 1 });
  expect(err).toMatch(/^EntryUnreadable: odd@gmail\.com \(\*\): /);
});

test('means one scope, or all of them', async () => {
  const ledger = new MemoryLedger({ now: () => NOW });
  for (const scope of ['*', 'newsletter'])
    await cli(['add', 'pat@gmail.com', '--scope', scope, '--note', 'import gone wrong'], { ledger });
  const ses = new MemoryAccountList();
  const counts = async (...args: string[]) =>
    (await said(['remove', '--reason', 'manual', '--note', 'undone', ...args], { ledger, accountLists: [ses] })).counts;
  expect(await counts()).toMatchObject({ selected: 1 });
  expect(await counts('--all-scopes')).toMatchObject({ selected: 2 });
  expect(await counts('--scope', 'newsletter', '--yes')).toMatchObject({ selected: 1, removed: 1 });
  expect(ses.calls).toBe(0);
  expect(await counts('--all-scopes')).toMatchObject({ selected: 1 });
});
