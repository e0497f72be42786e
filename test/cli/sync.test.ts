import { MemoryAccountList } from '../../adapters/memory-account-list.ts';
import { MemoryImportJobs } from '../../adapters/memory-import-jobs.ts';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import type { Entry } from '../../core/entry/entry.ts';
import { learn } from '../../core/ledger/learn.ts';
import { entryOf, evidenceOf, keyOf } from '../adapters/samples.ts';
import { cli, lines, NOW } from './harness.ts';

const LISTED_AT = NOW - 1000;

const ledgerWith = async (...entries: readonly Entry[]): Promise<MemoryLedger> => {
  const ledger = new MemoryLedger({ now: () => NOW });
  await learn(ledger, entries, DEFAULT_POLICY);
  return ledger;
};

const listWith = (...given: readonly string[]): MemoryAccountList =>
  new MemoryAccountList({
    region: 'eu-west-1',
    now: () => NOW,
    listed: given.map((each) => ({ given: each, reason: 'BOUNCE', updatedAt: LISTED_AT })),
  });

const bounced = (name: string): Entry => entryOf(keyOf(name), evidenceOf('hard-bounce', NOW));
const complained = (name: string): Entry => entryOf(keyOf(name), evidenceOf('complaint', NOW));
const removed = (name: string): Entry => ({ ...entryOf(keyOf(name)), clearedAt: NOW });
const allowed = (name: string): Entry => ({
  ...entryOf(keyOf(name)),
  operator: { action: 'allow', at: NOW, by: 'pat', note: '' },
});

const standingOf = (ledger: MemoryLedger, name: string): string | undefined => {
  const item = ledger.items.find(({ address }) => address?.S === `${name}@target.example`);
  return item === undefined ? undefined : `${item.status?.S} ${item.reason?.S ?? ''}`.trim();
};

test('says what it would do, and changes neither list', async () => {
  const ledger = await ledgerWith(
    bounced('ours'),
    complained('angry'),
    bounced('both'),
    removed('freed'),
    allowed('pinned'),
  );
  const list = listWith(
    'Theirs@target.example',
    'BOTH@target.example',
    'Freed@target.example',
    'pinned@target.example',
  );
  const [items, listed] = [ledger.items, list.listed];
  const { exit, out, err } = await cli(['sync'], { ledger, accountLists: [list] });
  expect([exit, err]).toEqual([0, '']);
  expect(out).toBe(
    `SES's list in eu-west-1 and Suppressions
  Theirs@target.example  BOUNCE  ← to be blocked here
  Freed@target.example  BOUNCE  ! removed here, still listed there
      ses-suppressor remove Freed@target.example --ses-region eu-west-1 --note …
  pinned@target.example  BOUNCE  ! allowed here, still listed there
      aws sesv2 delete-suppressed-destination --region eu-west-1 --email-address pinned@target.example
  ours@target.example  BOUNCE  → to be put on SES's list
  angry@target.example  COMPLAINT  → to be put on SES's list
1 to pull, 2 to push (about 2 s). Nothing was changed; --yes does it.
2 are free here and still withheld by SES.
`,
  );
  expect([ledger.items, list.listed]).toEqual([items, listed]);
});

test('makes both lists agree with --yes, and finds nothing to do the second time', async () => {
  const ledger = await ledgerWith(bounced('ours'), complained('angry'), removed('freed'));
  const list = listWith('Theirs@target.example', 'freed@target.example');
  const first = await cli(['sync', '--yes'], { ledger, accountLists: [list] });
  expect(first).toMatchObject({ exit: 0 });
  expect(first.out).toContain('1 pulled, 2 of 2 pushed.');
  expect([standingOf(ledger, 'theirs'), standingOf(ledger, 'freed')]).toEqual(['suppressed account-list', 'watched']);
  expect(list.listed.map(({ given, reason }) => [given, reason])).toEqual([
    ['Theirs@target.example', 'BOUNCE'],
    ['angry@target.example', 'COMPLAINT'],
    ['freed@target.example', 'BOUNCE'],
    ['ours@target.example', 'BOUNCE'],
  ]);
  const [writes, calls] = [ledger.writes, list.calls];
  const second = await cli(['sync', '--yes'], { ledger, accountLists: [list] });
  expect(second.out).toContain('4 listed in eu-west-1: nothing to do.');
  expect([ledger.writes, list.calls]).toEqual([writes, calls + 1]);
});

test.each([
  ['pull', 'suppressed account-list', ['theirs@target.example']],
  ['push', undefined, ['ours@target.example', 'theirs@target.example']],
])('goes one way with --direction %s', async (direction, standing, listed) => {
  const ledger = await ledgerWith(bounced('ours'));
  const list = listWith('theirs@target.example');
  await cli(['sync', '--direction', direction, '--yes'], { ledger, accountLists: [list] });
  expect(standingOf(ledger, 'theirs')).toBe(standing);
  expect(list.listed.map(({ given }) => given)).toEqual(listed);
});

test('names every difference as JSON, and the counts of each Region', async () => {
  const ledger = await ledgerWith(bounced('ours'));
  const lists = [listWith('theirs@target.example'), new MemoryAccountList({ region: 'us-east-1' })];
  const args = ['sync', '--json', '--ses-region', 'eu-west-1', '--ses-region', 'us-east-1'];
  const { exit, out } = await cli(args, { ledger, accountLists: lists });
  expect(exit).toBe(0);
  const counts = {
    'removed-here': 0,
    'allowed-here': 0,
    ignored: 0,
    unreadable: 0,
    acted: false,
    pushed: 0,
    withdrawn: 0,
  };
  expect(lines(out)).toEqual([
    { region: 'eu-west-1', difference: 'pull', address: 'theirs@target.example', reason: 'BOUNCE' },
    { region: 'eu-west-1', difference: 'push', address: 'ours@target.example', reason: 'BOUNCE' },
    { region: 'eu-west-1', listed: 1, ours: 1, pull: 1, push: 1, ...counts },
    { region: 'us-east-1', difference: 'push', address: 'ours@target.example', reason: 'BOUNCE' },
    { region: 'us-east-1', listed: 0, ours: 1, pull: 0, push: 1, ...counts },
  ]);
});

test('tells people the first twenty differences of a kind, and how many more there are', async () => {
  const list = listWith(...Array.from({ length: 23 }, (_, i) => `p${i}@target.example`));
  const { out } = await cli(['sync'], { accountLists: [list] });
  expect(out.match(/to be blocked here/g)).toHaveLength(21);
  expect(out).toContain('… and 3 more to be blocked here; --json names all');
});

test('names entries that cannot be read once, does the rest and fails', async () => {
  const ledger = await ledgerWith(bounced('ours'));
  for (const name of ['odd', 'listed'])
    ledger.put({ address: { S: `${name}@target.example` }, scope: { S: '*' }, status: { S: 'suppressed' } });
  const list = listWith('listed@target.example', 'theirs@target.example');
  const { exit, out } = await cli(['sync', '--yes', '--json'], { ledger, accountLists: [list] });
  expect(exit).toBe(1);
  expect(lines(out).filter(({ difference }) => difference === 'unreadable')).toEqual([
    { region: 'eu-west-1', difference: 'unreadable', address: 'listed@target.example', reason: 'BOUNCE' },
    { region: 'eu-west-1', difference: 'unreadable', address: 'odd@target.example', reason: null },
  ]);
  expect(lines(out).at(-1)).toMatchObject({ unreadable: 2, pull: 1, push: 1, pushed: 1 });
  expect(list.listed.map(({ given }) => given)).toContain('ours@target.example');
});

test('takes two spellings at SES for one address', async () => {
  const ledger = new MemoryLedger();
  const list = listWith('Pat@target.example', 'pat@TARGET.example');
  const { out } = await cli(['sync', '--yes'], { ledger, accountLists: [list] });
  expect(out).toContain('1 pulled, 0 of 0 pushed.');
  expect(ledger.items).toHaveLength(1);
});

test('does not tell SES of an address that was removed here while others were pushed', async () => {
  const ledger = await ledgerWith(bounced('first'), bounced('second'));
  const list = listWith();
  const put = list.put.bind(list);
  list.put = async (given, reason) => {
    await put(given, reason);
    await learn(ledger, [removed(given.startsWith('first') ? 'second' : 'first')], DEFAULT_POLICY);
  };
  const { exit, out } = await cli(['sync', '--yes', '--json'], { ledger, accountLists: [list] });
  expect([exit, list.listed.length]).toEqual([0, 1]);
  expect(lines(out).at(-1)).toMatchObject({ push: 2, pushed: 1, withdrawn: 1 });
});

test('says that SES keeps its list closed in the sandbox; what was pulled stays', async () => {
  const ledger = await ledgerWith(bounced('ours'));
  const list = new MemoryAccountList({
    sandbox: true,
    listed: [{ given: 'theirs@target.example', reason: 'BOUNCE', updatedAt: LISTED_AT }],
  });
  const { exit, err } = await cli(['sync', '--yes'], { ledger, accountLists: [list] });
  expect(exit).toBe(1);
  expect(err).toContain('AccountInSandbox: the account is in the sandbox in us-east-1');
  expect(err).toContain('production access');
  expect(standingOf(ledger, 'theirs')).toBe('suppressed account-list');
});

describe('with more than a thousand to push', () => {
  const many = () => ledgerWith(...Array.from({ length: 1001 }, (_, i) => bounced(`p${i}`)));

  test('says in a dry run what it will need', async () => {
    const { exit, out } = await cli(['sync'], { ledger: await many(), accountLists: [listWith()] });
    expect(exit).toBe(0);
    expect(out).toContain('1,001 to push (about 18 minutes)');
    expect(out).toContain('More than 1,000 to push: give --import-bucket, or --one-by-one.');
  });

  test('refuses without a bucket, unless one is ready to wait', async () => {
    const ledger = await many();
    const list = listWith();
    const refused = await cli(['sync', '--yes'], { ledger, accountLists: [list] });
    expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining('TooManyForOneByOne: 1001 addresses')]);
    expect(list.listed).toEqual([]);
    expect((await cli(['sync', '--yes', '--one-by-one'], { ledger, accountLists: [list] })).exit).toBe(0);
    expect(list.listed).toHaveLength(1001);
  });

  test('pushes by an import job with a bucket', async () => {
    const list = listWith();
    const importJobs = new MemoryImportJobs(list);
    const args = ['sync', '--yes', '--import-bucket', 'lists'];
    const { exit, out } = await cli(args, { ledger: await many(), accountLists: [list], importJobs });
    expect([exit, importJobs.puts]).toEqual([0, [1001]]);
    expect(out).toContain('0 pulled, 1,001 of 1,001 pushed.');
    expect(list.listed).toHaveLength(1001);
  });

  test('says how many a job refused, and where they are', async () => {
    const importJobs = {
      put: async () => ({ done: 1000, failed: 1, failures: ['https://s3.example/failed'], left: [] }),
    };
    const args = ['sync', '--yes', '--import-bucket', 'lists'];
    const { exit, err } = await cli(args, { ledger: await many(), accountLists: [listWith()], importJobs });
    expect(exit).toBe(1);
    expect(err).toContain(
      'ImportJobIncomplete: SES refused 1 of 1001 addresses in eu-west-1\nhttps://s3.example/failed',
    );
  });

  test('says which file a job left in the bucket', async () => {
    const importJobs = { put: async () => ({ done: 1001, failed: 0, failures: [], left: ['s3://lists/x.csv'] }) };
    const args = ['sync', '--yes', '--import-bucket', 'lists'];
    const { exit, err } = await cli(args, { ledger: await many(), accountLists: [listWith()], importJobs });
    expect([exit, err]).toEqual([0, 'FileLeft: s3://lists/x.csv could not be deleted; there are addresses in it.\n']);
  });

  test('gives no job an address that was removed here meanwhile', async () => {
    const ledger = await many();
    const importJobs = new MemoryImportJobs(listWith());
    const openImportJobs = async () => {
      await learn(ledger, [removed('p7')], DEFAULT_POLICY);
      return { jobs: importJobs, close: () => undefined };
    };
    const args = ['sync', '--yes', '--import-bucket', 'lists'];
    const { exit, out } = await cli(args, { ledger, accountLists: [listWith()], overrides: { openImportJobs } });
    expect([exit, importJobs.puts]).toEqual([0, [1000]]);
    expect(out).toContain('0 pulled, 1,000 of 1,001 pushed.\n1 left out: no longer blocked here.');
  });

  test('refuses one bucket for several Regions', async () => {
    const args = ['sync', '--import-bucket', 'lists', '--ses-region', 'eu-west-1', '--ses-region', 'us-east-1'];
    expect(await cli(args)).toMatchObject({ exit: 2, err: expect.stringContaining('BucketIsOfOneRegion: ') });
  });
});

test.each([[['--ses-region', 'here']], [['--direction', 'up']], [['--import-bucket', 'A B']]])(
  'refuses %p',
  async (args) => {
    expect((await cli(['sync', ...args])).exit).toBe(2);
  },
);

test('says that a bucket is in another Region', async () => {
  const ledger = await ledgerWith(...Array.from({ length: 1001 }, (_, i) => bounced(`p${i}`)));
  const importJobs = {
    put: async () => {
      throw Object.assign(new Error('must be addressed using the specified endpoint'), { name: 'PermanentRedirect' });
    },
  };
  const args = ['sync', '--yes', '--import-bucket', 'lists'];
  const { exit, err } = await cli(args, { ledger, accountLists: [listWith()], importJobs });
  expect([exit, err]).toEqual([1, expect.stringContaining('BucketUnusable: ')]);
  expect(err).toContain('Mend --import-bucket');
});
