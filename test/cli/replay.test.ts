import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { MemoryLetters } from '../../adapters/memory-letters.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { cli, ledgerThatLearnt, lines, NOW } from './harness.ts';
import { bounce, complaint, delivery, softBounces } from './messages.ts';

const ndjson = (...messages: readonly object[]): string => messages.map((each) => `${JSON.stringify(each)}\n`).join('');

const statuses = (ledger: MemoryLedger) =>
  ledger.items.map(({ address, scope, status, reason }) => [address?.S, scope?.S, status?.S, reason?.S ?? null]);

const SAM = bounce({ to: 'sam@target.example', id: 'm-2' });

test('says what messages would change, and writes nothing', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const { exit, out, err } = await cli(['replay'], { ledger, stdin: ndjson(bounce(), SAM, delivery()) });
  expect([exit, err]).toEqual([0, '']);
  expect(out).toBe(`  sam@target.example everywhere: not listed → suppressed (hard-bounce) without end
3 messages.
Decided: hard-bounce 2, delivered 1.
Entries: 1 would be changed, 0 get other evidence only, 1 stay as they are.
Nothing was written; --yes writes it.
`);
  expect(statuses(ledger)).toHaveLength(1);
});

test('learns them with --yes, and nothing the second time', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const given = {
    ledger,
    files: {
      'a.ndjson': ndjson(bounce(), bounce({ id: 'm-9', at: '2026-11-12T08:00:00.000Z' })),
      'b.json': JSON.stringify([SAM], null, 2),
    },
  };
  const first = await cli(['replay', 'a.ndjson', 'b.json', '--yes', '--json'], given);
  expect(lines(first.out)).toEqual([
    {
      address: 'pat@target.example',
      scope: '*',
      change: 'facts',
      before: { status: 'suppressed', reason: 'hard-bounce', since: '2026-11-10T08:00:00.000Z', until: null },
      after: { status: 'suppressed', reason: 'hard-bounce', since: '2026-11-10T08:00:00.000Z', until: null },
    },
    {
      address: 'sam@target.example',
      scope: '*',
      change: 'standing',
      before: null,
      after: { status: 'suppressed', reason: 'hard-bounce', since: '2026-11-10T08:00:00.000Z', until: null },
    },
    {
      replay: 'merge',
      messages: 3,
      malformed: 0,
      decisions: { 'hard-bounce': 3 },
      changed: 1,
      learnt: 1,
      unchanged: 0,
      unreadable: 0,
      written: 2,
    },
  ]);
  const writes = ledger.writes;
  const again = await cli(['replay', 'a.ndjson', 'b.json', '--yes'], given);
  expect(again.out).toContain('2 stay as they are.\n0 written.\n');
  expect(ledger.writes).toBe(writes);
});

test('decides by the policy of the deployment', async () => {
  const policy = { ...DEFAULT_POLICY, complaintScope: 'stream' as const };
  const told = { ...complaint(), mail: { ...complaint().mail, tags: { stream: ['newsletter'] } } };
  const { out } = await cli(['replay'], { policy, stdin: ndjson(told) });
  expect(out).toContain('pat@target.example in the stream newsletter: not listed → suppressed (complaint)');
});

test('rebuilds entries by a changed policy: in another scope, and with another end', async () => {
  const told = { ...complaint(), mail: { ...complaint().mail, tags: { stream: ['newsletter'] } } };
  const strikes = softBounces(2, Date.UTC(2026, 10, 15, 8), 'sam@target.example');
  const ledger = await ledgerThatLearnt([told, ...strikes]);
  const changed = { complaintScope: 'stream', softBounceSteps: [{ strikes: 2, holdDays: 30 }] };
  const given = { ledger, files: { 'all.ndjson': ndjson(told, ...strikes), 'policy.json': JSON.stringify(changed) } };
  const { exit, out } = await cli(['replay', 'all.ndjson', '--policy', 'policy.json', '--yes'], given);
  expect(exit).toBe(0);
  expect(out).toBe(`  pat@target.example in the stream newsletter: not listed → suppressed (complaint) without end
  pat@target.example everywhere: suppressed (complaint) without end → watched
  sam@target.example everywhere: watched → suppressed (soft-bounce) until 2026-12-15 08:00 UTC
3 messages.
Decided: soft-bounce 2, complaint 1.
Entries: 3 were changed, 0 get other evidence only, 0 stay as they are.
3 written.
Deploy this policy as well: what comes in is decided, and its entries are derived, by the policy that is deployed. Only entries that these messages are about were looked at.
`);
  expect(statuses(ledger)).toEqual([
    ['pat@target.example', '*', 'watched', null],
    ['sam@target.example', '*', 'suppressed', 'soft-bounce'],
    ['pat@target.example', 'newsletter', 'suppressed', 'complaint'],
  ]);
});

test('reads dead letters too, and leaves them where they are', async () => {
  const letters = new MemoryLetters();
  letters.add({
    body: JSON.stringify({ Type: 'Notification', Message: JSON.stringify(SAM), Timestamp: '2026-11-10T08:00:05.000Z' }),
  });
  letters.add({ messageId: 'bad', body: 'not json' });
  const ledger = new MemoryLedger({ now: () => NOW });
  const { exit, out, err } = await cli(['replay', '--dead-letters', '--yes'], { ledger, letters: { letters } });
  expect(exit).toBe(2);
  expect(err).toBe('dead letter bad: NotJson: expected JSON, got "not json"\n');
  expect(out).toContain('2 messages, 1 of them unreadable.\n');
  expect(statuses(ledger)).toEqual([['sam@target.example', '*', 'suppressed', 'hard-bounce']]);
  expect(letters.visible).toHaveLength(2);
});

test('tells what is malformed, takes the rest, and ends with 2', async () => {
  const { exit, out, err } = await cli(['replay', 'a', '--json'], {
    files: { a: `{"x":1}\n${ndjson(SAM)}{"broken\n` },
  });
  expect(exit).toBe(2);
  expect(err).toMatch(/^a, line 1: NoType: .*\na, line 3: NotJson: .*\n$/);
  expect(lines(out)).toHaveLength(2);
});

test('an entry that nobody can read is told, and the others are written', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const { version: _version, ...broken } = ledger.items[0] ?? {};
  ledger.put(broken);
  const { exit, out, err } = await cli(['replay', '--yes'], { ledger, stdin: ndjson(complaint(), SAM) });
  expect(exit).toBe(0);
  expect(err).toMatch(/^EntryUnreadable: pat@target\.example \*: /);
  expect(out).toMatch(/1 cannot be read\.\n1 written\.\n$/);
});

test.each([
  [['replay'], 2, 'NoInput'],
  [['replay', 'missing'], 2, 'FileUnreadable'],
  [['replay', 'a', '--policy', 'missing'], 2, 'FileUnreadable'],
  [['replay', 'a', '--policy', 'a'], 2, 'PolicyInvalid'],
])('%j is refused with exit %d and %s', async (args, exit, code) => {
  const ran = await cli(args, { files: { a: '{"nope":1}' } });
  expect([ran.exit, ran.err]).toEqual([exit, expect.stringMatching(new RegExp(`${code}: .+\n.+\n$`))]);
});

test('tells a fault of the table once, with a remedy', async () => {
  const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  const ledger = new MemoryLedger({ fault: () => Promise.reject(denied) });
  const { exit, err } = await cli(['replay'], { ledger, stdin: ndjson(SAM) });
  expect([exit, err]).toEqual([1, expect.stringMatching(/^AccessDenied: no\n.+\n$/)]);
});

test('its help shows an example', async () => {
  const { exit, out } = await cli(['help', 'replay']);
  expect([exit, out]).toEqual([0, expect.stringContaining('$ ses-suppressor replay')]);
  expect(out).toContain('--json');
});
