import * as v from 'valibot';
import { lines } from '../harness.ts';
import { SyncLine } from '../schemas/sync.ts';
import { withCloud } from './harness.ts';

const given = withCloud();

const listed = (): string[][] =>
  given.cloud.account.suppression.entries.map(({ address, reason }) => [address, reason]);

const importOurs = (): Promise<unknown> =>
  given.onCloud(['import', '-', '--at', '2026-01-02'], {
    stdin: async function* () {
      yield Buffer.from('ours@target.example,BOUNCE\nangry@target.example,COMPLAINT\n');
    },
  });

test('shows the differences of the two lists, makes them good, and then finds none', async () => {
  given.cloud.account.suppression.put('Theirs@target.example', 'BOUNCE');
  await importOurs();

  const dry = await given.onCloud(['sync', '--json']);
  expect([dry.exit, dry.err]).toEqual([0, '']);
  const told = lines(dry.out).map((line) => v.parse(SyncLine, line));
  expect(told.at(-1)).toMatchObject({ region: 'us-east-1', listed: 1, ours: 2, pull: 1, push: 2, acted: false });
  expect(told).toHaveLength(4);
  expect(listed()).toEqual([['Theirs@target.example', 'BOUNCE']]);

  const done = await given.onCloud(['sync', '--yes']);
  expect([done.exit, done.err]).toEqual([0, '']);
  expect(done.out).toContain('1 pulled, 2 of 2 pushed.');
  expect(listed()).toEqual([
    ['Theirs@target.example', 'BOUNCE'],
    ['angry@target.example', 'COMPLAINT'],
    ['ours@target.example', 'BOUNCE'],
  ]);
  expect((await given.onCloud(['check', 'theirs@target.example'])).exit).toBe(3);

  const again = await given.onCloud(['sync', '--yes']);
  expect([again.exit, again.out]).toEqual([0, expect.stringContaining('3 listed in us-east-1: nothing to do.')]);
}, 60_000);

test('says that the sandbox keeps its list closed', async () => {
  given.cloud.account.suppression.delete('ours@target.example');
  given.cloud.account.sandbox = true;
  const { exit, err } = await given.onCloud(['sync', '--yes']);
  given.cloud.account.sandbox = false;
  expect(exit).toBe(1);
  expect(err).toMatch(/^AccountInSandbox: SES keeps its list closed in us-east-1: .*sandbox/);
}, 60_000);

test('has no import jobs on a laptop, and says what to do', async () => {
  const rows = Array.from({ length: 1001 }, (_, i) => `p${i}@target.example,BOUNCE\n`).join('');
  await given.onCloud(['import', '-', '--at', '2026-01-02'], {
    stdin: async function* () {
      yield Buffer.from(rows);
    },
  });
  const refused = await given.onCloud(['sync', '--yes', '--direction', 'push']);
  expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining('TooManyForOneByOne: ')]);
  const bucket = await given.onCloud(['sync', '--yes', '--direction', 'push', '--import-bucket', 'lists']);
  expect([bucket.exit, bucket.err]).toEqual([1, expect.stringContaining('NotInLocalCloud: ')]);
}, 60_000);
