import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../local/dynamodb.ts';
import { lines, teach } from './harness.ts';
import { bounce } from './messages.ts';

const ROOT = resolve(__dirname, '../..');
const BUILD = `
import { build } from 'esbuild';
import { COMMAND_LINE } from './bundling.ts';
await build(COMMAND_LINE);`;

const text = JSON.stringify(bounce());
let made: string;

/** A checkout of its own, so that nobody's `dist/` is touched. */
const checkout = (name: string): string => {
  const dir = join(made, name);
  for (const part of ['cli', 'core', 'adapters', 'console', 'package.json', 'bundling.ts'])
    cpSync(join(ROOT, part), join(dir, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  return join(dir, 'cli', 'ses-suppressor.mjs');
};

let sources: string;
let built: string;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'suppressor-cli-'));
  sources = checkout('sources');
  built = checkout('built');
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', BUILD], {
    cwd: resolve(built, '../..'),
  });
}, 60_000);
afterAll(() => rmSync(made, { recursive: true, force: true }));

const each = test.each(['sources', 'built'] as const);
const launcher = (name: 'sources' | 'built') => (name === 'built' ? built : sources);
const run = (args: readonly string[], input = '', cwd = made) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { input, cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
};

each('reads standard input and prints decisions, from %s', (name) => {
  const { status, stdout, stderr } = run([launcher(name), 'classify'], `${text}\n\noops\n`);
  expect(lines(stdout)).toEqual([
    {
      input: 0,
      type: 'Bounce',
      address: 'pat@target.example',
      effect: 'suppress',
      reason: 'hard-bounce',
      scope: '*',
      until: null,
      rule: 'hard-bounce',
    },
    { input: 1, error: { code: 'NotJson', message: expect.any(String) } },
  ]);
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
});

each('reads a pretty-printed file, from %s', (name) => {
  writeFileSync(join(made, 'a.json'), JSON.stringify(bounce(), null, 2));
  const { status, stdout } = run([launcher(name), 'classify', 'a.json']);
  expect({ status, lines: lines(stdout).length }).toEqual({ status: 0, lines: 1 });
});

each('answers a directory, a missing file and no input without a stack trace, from %s', (name) => {
  for (const [args, code] of [
    [['classify', made], 'FileUnreadable'],
    [['classify', 'none'], 'FileUnreadable'],
    [['classify'], 'NoInput'],
    [['nonsense'], 'Usage'],
  ] as const) {
    const { status, stdout, stderr } = run([launcher(name), ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^${code}: .+\n.+\n$`));
  }
});

each('runs through a link, in a folder with settings of its own, from %s', (name) => {
  const link = join(made, `link-${name}`);
  symlinkSync(launcher(name), link);
  writeFileSync(join(made, 'tsconfig.json'), '{ nonsense');
  expect(run([link, '--version'])).toMatchObject({ status: 0, stderr: '' });
  expect(spawnSync(link, ['--help'], { cwd: made, encoding: 'utf8' }).stdout).toContain('Usage: ses-suppressor');
});

test('starts as a bundle by itself', () => {
  const bundle = resolve(built, '../../dist/cli.mjs');
  expect(run([bundle, '--help']).stdout).toContain('Commands:');
});

each('opens the console with the page that was built, and ends it on a signal, from %s', async (name) => {
  const asked = ['console', '--table', 'Mine', '--json'];
  const { status, stdout, stderr } = run([launcher(name), ...asked]);
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: 'ConsoleNotBuilt: the page of the console has not been built\nRun `npm run build`.\n',
  });
  const page = resolve(launcher(name), '../../dist/console');
  mkdirSync(page, { recursive: true });
  for (const file of ['index.html', 'app.js', 'app.css']) writeFileSync(join(page, file), `${file} from ${name}`);
  const child = spawn(process.execPath, [launcher(name), ...asked], { cwd: made });
  const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
  const { event, console: address } = JSON.parse(value);
  expect(event).toBe('ready');
  expect(await (await fetch(new URL('/', address))).text()).toBe(`index.html from ${name}`);
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
});

test('ends quietly when its reader stops reading', () => {
  const many = join(made, 'many.ndjson');
  writeFileSync(many, `${text}\n`.repeat(20_000));
  const piped = `"${process.execPath}" "${built}" classify "${many}" | head -n 1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', piped], { encoding: 'utf8' });
  expect({ lines: lines(stdout).length, stderr }).toEqual({ lines: 1, stderr: '' });
});

describe('beside a local cloud', () => {
  let dynamodb: LocalDynamoDb;
  let server: Server;
  let endpoint: string;

  beforeAll(async () => {
    dynamodb = await startDynamoDb('local-list');
    await teach(new DynamoDbLedger({ client: dynamodb.client, table: dynamodb.table }), [bounce()]);
    server = createServer((_request, response) => {
      response.end(JSON.stringify({ event: 'ready', dynamodb: dynamodb.url, table: dynamodb.table }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((done) => server.close(done));
    await dynamodb.stop();
  });

  const ask = (name: 'sources' | 'built', ...args: string[]) =>
    new Promise<{ status: number; stdout: string; stderr: string }>((done) => {
      const all = [launcher(name), ...args, '--endpoint', endpoint];
      execFile(process.execPath, all, { cwd: made }, (error, stdout, stderr) =>
        done({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });

  each('checks, lists and explains, without a warning, from %s', async (name) => {
    const check = await ask(name, 'check', 'pat@target.example', '--json');
    expect({ ...check, stdout: lines(check.stdout) }).toEqual({
      status: 3,
      stderr: '',
      stdout: [expect.objectContaining({ suppressed: true, reason: 'hard-bounce' })],
    });
    expect(await ask(name, 'check', 'free@target.example')).toMatchObject({ status: 0, stderr: '' });
    const list = await ask(name, 'list', '--json');
    expect(lines(list.stdout)).toEqual([expect.objectContaining({ address: 'pat@target.example' })]);
    const explain = await ask(name, 'explain', 'pat@target.example');
    expect(explain).toMatchObject({ status: 0, stderr: '' });
    expect(explain.stdout).toContain('the address was refused for good');
    expect(explain.stdout).not.toContain('\u001b');
  });

  test('names the remedy for a table that is not there', async () => {
    const { status, stderr } = await ask('built', 'list', '--table', 'other-list');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^TableNotFound: /);
  });
});
