import { OutputClosed } from '../../cli/output/output-closed.ts';
import { cli } from './harness.ts';
import { bounce } from './messages.ts';

const COMMANDS = ['classify', 'check', 'list', 'explain'];

test('lists every command in its help', async () => {
  const { exit, out } = await cli(['--help']);
  for (const name of COMMANDS) expect(out).toContain(`  ${name}`);
  expect(exit).toBe(0);
});

test.each(COMMANDS)('shows an example in the help of %s', async (name) => {
  for (const args of [
    [name, '--help'],
    ['help', name],
  ]) {
    const { exit, out } = await cli(args);
    expect(out).toContain(`$ ses-suppressor ${name}`);
    expect(out).toContain('--json');
    expect(exit).toBe(0);
  }
});

test.each([
  [['check'], 'ses-suppressor help check'],
  [['check', 'a@x.example', '--nope'], 'ses-suppressor help check'],
  [['bounce'], 'ses-suppressor --help'],
])('names the help that shows how %j is meant', async (args, help) => {
  expect((await cli(args)).err).toMatch(new RegExp(`\\nSee \`${help}\`\\.\\n$`));
});

test('prints its version', async () => {
  expect(await cli(['--version'])).toMatchObject({ exit: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test.each([
  [[], 'NoCommand'],
  [['bounce'], 'Usage'],
  [['check'], 'Usage'],
  [['check', 'a@x.example', '--nope'], 'Usage'],
  [['explain', 'a@x.example', 'b@x.example'], 'Usage'],
  [['check', 'a@x.example', '--stream', 'a b'], 'Usage'],
  [['list', '--stack', 'A', '--table', 'Mine'], 'Usage'],
  [['list', '--endpoint', 'nowhere'], 'Usage'],
  [['list', '--endpoint', 'http://127.0.0.1:1', '--region', 'eu-central-1'], 'Usage'],
  [['list', '--table', 'a b'], 'Usage'],
  [['list', '--region', 'Frankfurt am Main'], 'Usage'],
])('rejects %j with a code, a remedy and exit code 2', async (args, code) => {
  const { exit, err } = await cli(args);
  expect(exit).toBe(2);
  expect(err).toMatch(new RegExp(`^${code}: .+\n.+\n$`, 'm'));
});

test('suggests the command that was meant, in one line', async () => {
  expect((await cli(['lst'])).err).toMatch(/^Usage: unknown command 'lst' \(Did you mean list\?\)\n/);
});

test('ends quietly when nobody reads any more', async () => {
  const closed = { write: () => Promise.reject(new OutputClosed()) };
  const { exit, err } = await cli(['classify'], { stdin: JSON.stringify(bounce()), overrides: { stdout: closed } });
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
});

test('tells a fault nobody foresaw in one line, without its stack', async () => {
  const now = () => {
    throw new Error('no clock');
  };
  const { exit, err } = await cli(['check', 'a@x.example'], { overrides: { now } });
  expect(exit).toBe(1);
  expect(err).toBe('Unexpected: Error: no clock\nThis should not happen; please report it with the command.\n');
});

test.each([['sync'], ['remove', 'pat@target.example', '--note', 'x']])(
  'refuses Regions of SES beside a local cloud, which has one: %s',
  async (...command) => {
    const { exit, err } = await cli([...command, '--ses-region', 'eu-west-1', '--endpoint', 'http://127.0.0.1:1']);
    expect(exit).toBe(2);
    expect(err).toMatch(/^Usage: .*'--ses-region <region>' cannot be used with option '--endpoint <url>'/);
  },
);
