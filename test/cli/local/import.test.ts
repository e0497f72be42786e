import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { lines } from '../harness.ts';
import { ExportLine } from '../schemas/export.ts';
import { ImportLine } from '../schemas/import.ts';
import { withCloud } from './harness.ts';

const given = withCloud();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

const HEAD = 'status,reason,email,created\r\n';
const row = (name: string): string => `5.1.1,"550 5.1.1, no such user",${name}@target.example,1443651154\r\n`;

test('imports a file into the table, once', async () => {
  const path = await file('suppression_bounces.csv', `${HEAD}${row('Pat')}${row('ann')}5.1.1,x,nobody,1443651154\r\n`);
  const rejects = join(folder, 'rejects.csv');
  const first = await given.onCloud([
    'import',
    path,
    '--json',
    '--rejects',
    rejects,
    '--resume',
    join(folder, 'position'),
  ]);
  expect([first.exit, first.err]).toEqual([2, '']);
  const told = lines(first.out).map((line) => v.parse(ImportLine, line));
  expect(told).toHaveLength(2);
  expect(told.at(-1)).toMatchObject({ rows: 3, written: 2, unchanged: 0, rejected: 1 });
  expect(parse(await readFile(rejects, 'utf8'))).toEqual([
    ['line', 'code', 'message', 'row'],
    ['4', 'AddressUnusable', expect.any(String), '5.1.1,x,nobody,1443651154'],
  ]);
  await expect(readFile(join(folder, 'position'))).rejects.toMatchObject({ code: 'ENOENT' });
  const again = await given.onCloud(['import', path]);
  expect(again.exit).toBe(2);
  expect(again.out).toContain('3 rows: 0 written, 2 known already, 1 rejected');
  expect((await given.onCloud(['check', 'PAT@target.example'])).exit).toBe(3);
});

test('says what it would import, and writes nothing', async () => {
  const path = await file(
    'pm.csv',
    'EmailAddress,SuppressionReason,Origin,CreatedAt\ndry@target.example,HardBounce,Recipient,2019-12-10T08:58:33Z\n',
  );
  const { exit, out } = await given.onCloud(['import', path, '--dry-run', '--json']);
  expect(exit).toBe(0);
  expect(lines(out).map((line) => v.parse(ImportLine, line))).toEqual([
    expect.objectContaining({ written: 1, dryRun: true }),
  ]);
  expect((await given.onCloud(['check', 'dry@target.example'])).exit).toBe(0);
});

test('exports what it imported as CSV, and as whole entries', async () => {
  const csv = join(folder, 'list.csv');
  const { exit, out } = await given.onCloud(['export', '--output', csv]);
  expect([exit, out]).toEqual([0, `2 entries in ${csv}\n`]);
  const rows: string[][] = parse(await readFile(csv, 'utf8'));
  expect(rows.map(([address, , , reason]) => [address, reason]).sort()).toEqual([
    ['address', 'reason'],
    ['ann@target.example', 'hard-bounce'],
    ['pat@target.example', 'hard-bounce'],
  ]);
  const json = await given.onCloud(['export', '--json']);
  expect([json.exit, json.err]).toEqual([0, '']);
  const entries = lines(json.out).map((line) => v.parse(ExportLine, line));
  expect(entries.map(({ address }) => address).sort()).toEqual(['ann@target.example', 'pat@target.example']);
});

describe('with a second, empty table', () => {
  const other = withCloud();

  test('has the same standings after an export and an import', async () => {
    await given.cloud.invoke('send', {
      from: 'no-reply@ledger.example',
      to: ['bounce+export@simulator.amazonses.com'],
      subject: 'x',
      text: 'x',
    });
    while (!given.cloud.isSettled()) await new Promise((resolve) => setTimeout(resolve, 50));
    const path = await file('list.ndjson', (await given.onCloud(['export', '--format', 'ndjson'])).out);
    expect((await other.onCloud(['import', path])).exit).toBe(0);
    const facts = async (onCloud: typeof given.onCloud) =>
      lines((await onCloud(['export', '--json'])).out)
        .map(({ updatedAt: _updatedAt, ...rest }) => rest)
        .sort((a, b) => (String(a.address) < String(b.address) ? -1 : 1));
    const exported = await facts(given.onCloud);
    expect(exported).toHaveLength(3);
    expect(await facts(other.onCloud)).toEqual(exported);
  });
});

test('goes on where it was killed', async () => {
  const rows = 2400;
  const path = await file(
    'killed_bounces.csv',
    HEAD + Array.from({ length: rows }, (_, i) => row(`killed${i}`)).join(''),
  );
  const position = join(folder, 'killed.position');
  const args = ['import', path, '--resume', position, '--endpoint', given.cloud.addresses.lambda];
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/main.ts', ...args], { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  const reached = async (): Promise<number> => {
    const text = await readFile(position, 'utf8').catch(() => '');
    return text === '' ? 0 : JSON.parse(text).tally.rows;
  };
  while (child.exitCode === null && (await reached()) < 400) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  const taken = await reached();
  expect(taken).toBeGreaterThanOrEqual(400);
  expect(taken).toBeLessThan(rows);
  const { exit, out } = await given.onCloud(['import', path, '--resume', position]);
  expect(exit).toBe(0);
  expect(out).toContain('2,400 rows: ');
  await expect(readFile(position)).rejects.toMatchObject({ code: 'ENOENT' });
  const exported = await given.onCloud(['export']);
  expect(exported.out.match(/^killed\d+@/gm)).toHaveLength(rows);
}, 120_000);
