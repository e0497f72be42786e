import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { functionsAt } from './fixtures/functions-at.ts';

jest.setTimeout(30_000);

const ROOT = join(__dirname, '../..');
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const launch = (...args: string[]) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts', ...args], { cwd: ROOT });
  children.push(child);
  return child;
};

/** Runs the laptop cloud to its end. */
async function run(...args: string[]) {
  const child = launch(...args);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('The laptop cloud, started as a command', () => {
  test('closes the loop over the deployed bundles and ends with 0', async () => {
    const { code, out, err } = await run('--once', '--port', '0', '--json');
    const lines = jsonLines(out);
    expect(Object.keys(lines[0] ?? {}).slice(0, 6)).toEqual(['event', 'lambda', 'ses', 'dynamodb', 'console', 'table']);
    expect(lines[0]).toMatchObject({ event: 'ready', console: null });
    expect(lines.at(-1)).toMatchObject({ event: 'loop', closed: true });
    expect([code, err]).toEqual([0, '']);
  });

  test('names the broken step and ends with 1 when feedback is dropped', async () => {
    const { code, out } = await run('--once', '--port', '0', '--json', '--functions', functionsAt('drops'));
    expect(jsonLines(out).at(-1)).toMatchObject({
      event: 'loop',
      closed: false,
      step: 'list',
      code: 'LOOP_OPEN',
      message: 'bounce+1@simulator.amazonses.com should be suppressed for hard-bounce, it is free to mail',
    });
    expect(code).toBe(1);
  });

  test('tells people in plain text where it is no terminal, and stays up until it is interrupted', async () => {
    const child = launch('--port', '0');
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (line.includes('aws lambda invoke')) child.kill('SIGINT');
    }
    if (child.exitCode === null) await once(child, 'close');
    expect(child.exitCode).toBe(0);
    const text = lines.join('\n');
    expect(text).toMatch(/1 {2}Send\n[\s\S]*2 {2}What SES said\n[\s\S]*3 {2}The list now[\s\S]*4 {2}Send again\n/);
    expect(text).toMatch(/The loop closed in \d\.\d s\./);
    expect(text).not.toContain('\u001b');
  });

  test('ends with 130 when it is interrupted before the loop has closed', async () => {
    const child = launch('--once', '--port', '0', '--json');
    await once(createInterface(child.stdout), 'line');
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
  });

  test('rejects a port that is taken, with its number and a remedy and no stack', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const { code, out, err } = await run('--once', '--port', String(port));
    holder.close();
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(new RegExp(`^PORT_TAKEN: port ${port} .*\\n.*--port`));
    expect(err).not.toContain('    at ');
  });

  test('rejects an unknown option with usage and 2', async () => {
    const { code, err } = await run('--nope');
    expect(code).toBe(2);
    expect(err).toContain('Usage: npm start');
  });

  test('rejects a directory without bundles with a remedy and no stack', async () => {
    const { code, err } = await run('--functions', functionsAt('nowhere'));
    expect(code).toBe(1);
    expect(err).toMatch(/^FUNCTION_MISSING: .*nowhere.*\n.*npm run build/);
    expect(err).not.toContain('    at ');
  });
});
