import { parse } from 'csv-parse/sync';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { learn } from '../../core/ledger/learn.ts';
import { entryOf, evidenceOf, keyOf } from '../adapters/samples.ts';
import { cli, lines, NOW } from './harness.ts';
import { MemoryFiles } from './memory-files.ts';

const given = async () => {
  const ledger = new MemoryLedger({ now: () => NOW });
  await learn(
    ledger,
    [
      entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW)),
      entryOf(keyOf('ann', 'newsletter'), evidenceOf('unsubscribe', NOW)),
      entryOf(keyOf('joe'), evidenceOf('global-list', NOW)),
      entryOf(keyOf('sue'), evidenceOf('soft-bounce', NOW)),
    ],
    DEFAULT_POLICY,
  );
  return { ledger, disk: new MemoryFiles() };
};

const TIME = new Date(NOW).toISOString();

test('writes CSV with what each entry means', async () => {
  const { exit, out, err } = await cli(['export'], await given());
  expect([exit, err]).toEqual([0, '']);
  const [head, ...rows] = parse(out);
  expect(head).toEqual(['address', 'scope', 'status', 'reason', 'since', 'until', 'updatedAt']);
  expect(rows.sort()).toEqual([
    ['ann@target.example', 'newsletter', 'suppressed', 'unsubscribe', TIME, '', TIME],
    ['joe@target.example', '*', 'suppressed', 'global-list', TIME, '2026-12-04T12:00:00.000Z', TIME],
    ['pat@target.example', '*', 'suppressed', 'hard-bounce', TIME, '', TIME],
    ['sue@target.example', '*', 'watched', '', '', '', TIME],
  ]);
});

test('writes whole entries as NDJSON', async () => {
  const { exit, out } = await cli(['export', '--format', 'ndjson'], await given());
  expect(exit).toBe(0);
  const pat = lines(out).find(({ address }) => address === 'pat@target.example');
  expect(pat).toEqual({
    address: 'pat@target.example',
    scope: '*',
    status: 'suppressed',
    reason: 'hard-bounce',
    since: TIME,
    until: null,
    evidence: [{ id: `hard-bounce-${NOW}`, at: TIME, rule: 'hard-bounce', reason: 'hard-bounce', type: 'Bounce' }],
    deliveries: [],
    clearedAt: null,
    forgottenAt: null,
    operator: null,
    updatedAt: TIME,
  });
});

test('writes a file that appears when it is whole, and says how many lines', async () => {
  const all = await given();
  const { out } = await cli(['export', '--output', 'list.csv'], all);
  expect(out).toBe('4 entries in list.csv\n');
  expect(parse(all.disk.contents.get('list.csv') ?? '')).toHaveLength(5);
  const told = await cli(['export', '--output', 'list.ndjson', '--json'], all);
  expect(lines(told.out)).toEqual([{ output: 'list.ndjson', format: 'ndjson', entries: 4, unreadable: 0 }]);
});

test('writes no file when the table fails on the way', async () => {
  const all = await given();
  all.ledger.scan = async function* () {
    yield { kind: 'unreadable', address: 'x@target.example', scope: '*', error: new Error('odd') };
    throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  };
  const { exit, err } = await cli(['export', '--output', 'list.csv'], all);
  expect([exit, err]).toEqual([1, expect.stringContaining('AwsThrottled: slow down')]);
  expect(all.disk.contents.has('list.csv')).toBe(false);
});

test('names an entry that cannot be read, writes the others and fails', async () => {
  const all = await given();
  all.ledger.put({ address: { S: 'odd@target.example' }, scope: { S: '*' }, status: { S: 'suppressed' } });
  const { exit, out, err } = await cli(['export'], all);
  expect(exit).toBe(1);
  expect(parse(out)).toHaveLength(5);
  expect(err).toContain('EntryUnreadable: odd@target.example (*): ');
  expect(err).toContain('EntriesUnreadable: 1 of 5 entries could not be read');
});

test('writes the head alone for an empty list', async () => {
  expect(await cli(['export'])).toMatchObject({
    exit: 0,
    out: 'address,scope,status,reason,since,until,updatedAt\r\n',
  });
});
