import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DEFAULT_CONSOLE_PORT } from '../../local/arguments.ts';
import { mailTo } from '../../local/loop/send-mail.ts';
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
    expect(text).toMatch(
      /1 {2}Send\n[\s\S]*2 {2}What SES said\n[\s\S]*3 {2}The list now[\s\S]*4 {2}Send again {3}.*\n/,
    );
    expect(text).toMatch(/The loop closed in \d\.\d s\./);
    expect(text).not.toContain('\u001b');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('ends with 130 when it is interrupted before the loop has closed', async () => {
    const child = launch('--once', '--port', '0', '--json');
    await once(createInterface(child.stdout), 'line');
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends at once with 0 on %s, also while a receiver waits for messages',
    async (signal) => {
      const child = launch('--port', '0', '--json');
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      const next = async () => JSON.parse((await lines.next()).value ?? '');
      const { sqs, sendDeadLetterQueue } = await next();
      while ((await next()).event !== 'loop');
      const waiting = fetch(sqs, {
        method: 'POST',
        headers: { 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
        body: JSON.stringify({ QueueUrl: sendDeadLetterQueue, WaitTimeSeconds: 20 }),
      }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const before = performance.now();
      child.kill(signal);
      const [code, by] = await once(child, 'close');
      await waiting;
      expect([code, by]).toEqual([0, null]);
      expect(performance.now() - before).toBeLessThan(10_000);
    },
  );

  test('opens its console before it says that it is ready: the address with the token is on its own output alone', async () => {
    const child = launch('--port', '0', '--json');
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await lines.next()).value ?? '');
    const ready = await next();
    expect(ready).toMatchObject({
      event: 'ready',
      console: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/),
    });
    const { origin } = new URL(ready.console);
    const said = await (await fetch(ready.lambda)).text();
    expect(JSON.parse(said)).toEqual({ ...ready, console: `${origin}/` });
    expect(said).not.toContain('token');

    const opened = await fetch(ready.console, { redirect: 'manual' });
    const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const ask = (path: string) => fetch(`${origin}/api/${path}`, { headers: { cookie } });
    expect(await (await ask('deployment')).json()).toMatchObject({ local: true, desk: true, table: ready.table });
    const feed = await ask('feed');
    const stream = (async () => {
      let text = '';
      for await (const piece of feed.body ?? []) text += Buffer.from(piece).toString();
      return text;
    })().catch((fault: Error) => fault.message);
    while ((await next()).event !== 'loop');
    expect(await (await ask('inbox')).json()).toMatchObject({ accepted: expect.any(Number) });

    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect([code, await stream]).toEqual([0, 'terminated']);
  });

  test('takes a free port for the console where its own is taken, and says so', async () => {
    const holder = createServer().on('error', () => undefined);
    // whoever has it, it is taken
    holder.listen(DEFAULT_CONSOLE_PORT, '127.0.0.1');
    await new Promise((resolve) => setImmediate(resolve));
    const child = launch('--json');
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
    child.kill('SIGINT');
    await once(child, 'close');
    holder.close();
    expect(err).toContain(`Port ${DEFAULT_CONSOLE_PORT} is taken, so the console takes a free one.\n`);
    expect(new URL(JSON.parse(value).console).port).not.toBe(String(DEFAULT_CONSOLE_PORT));
  });

  test('shows people where its console is', async () => {
    const child = launch('--port', '0');
    let shown = '';
    for await (const line of createInterface(child.stdout)) {
      if (line.startsWith('Console: ')) shown = line;
      if (line.includes('send queue')) break;
    }
    child.kill('SIGINT');
    await once(child, 'close');
    const [, address = ''] = /^Console: (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43})$/.exec(shown) ?? [];
    expect(URL.canParse(address)).toBe(true);
  });

  test('ends when its reader has gone', async () => {
    const child = launch('--port', '0', '--json');
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const { lambda } = JSON.parse((await lines.next()).value ?? '');
    for (let line = ''; !line.includes('"event":"loop"'); line = (await lines.next()).value ?? '');
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.stdout.destroy();
    const body = JSON.stringify(mailTo(['pat@target.example']));
    await fetch(`${lambda}/2015-03-31/functions/send/invocations`, { method: 'POST', body }).catch(() => undefined);
    const [code] = await once(child, 'exit');
    expect([code, err]).toEqual([0, '']);
  });

  test('tells of each mail and what became of it in JSON, while it stays up', async () => {
    const child = launch('--port', '0', '--json');
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await lines.next()).value ?? '');
    const { lambda } = await next();
    while ((await next()).event !== 'loop');
    const body = JSON.stringify({ ...mailTo(['pat@target.example']), subject: 'Grüße' });
    const answer = await fetch(`${lambda}/2015-03-31/functions/send/invocations`, { method: 'POST', body });
    const { messageId } = JSON.parse(await answer.text());
    const mail = {
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      messageId,
      subject: 'Grüße',
      recipients: ['pat@target.example'],
    };
    expect(await next()).toMatchObject({ event: 'accepted', ...mail, stream: 'receipts' });
    expect(await next()).toMatchObject({ event: 'feedback', type: 'Delivery', ...mail });
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
