import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feed, FeedListener } from '../../../console/server/feed/feed.ts';
import { serve } from '../../../console/server/serve.ts';
import { type ConsoleOptions, type RunningConsole, startConsole } from '../../../console/server/start.ts';
import { type Given, memoryDependencies } from '../../cli/harness.ts';
import { stillFeed } from './still-feed.ts';

let page: string;
const running: RunningConsole[] = [];

beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), 'suppressor-page-'));
  for (const name of ['index.html', 'app.js', 'app.css']) await writeFile(join(page, name), name);
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});
afterAll(() => rm(page, { recursive: true }));

const start = async (options: Partial<ConsoleOptions> = {}, given: Given = {}): Promise<RunningConsole> => {
  const deps = memoryDependencies(given);
  const target = { stack: 'Suppressor' };
  const one = await startConsole({ deps, target, port: 0, feed: () => stillFeed(), page, ...options });
  running.push(one);
  return one;
};

/** The cookie that the token is changed for. */
const cookieOf = async ({ address }: RunningConsole): Promise<string> => {
  const answer = await fetch(address, { redirect: 'manual' });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
};

/** What is answered to these very bytes. */
const raw = async (port: string, text: string): Promise<string> => {
  const socket = connect(Number(port), '127.0.0.1');
  socket.end(text);
  let answer = '';
  for await (const piece of socket.setEncoding('utf8')) answer += piece;
  return answer;
};

test('serves the page at the address it tells, and what is below /api to whoever opened it with the token', async () => {
  const console = await start();
  expect(console.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  expect(console.address).toBe(`${console.url}?${new URL(console.address).searchParams}`);
  expect(await (await fetch(console.url)).text()).toBe('index.html');
  expect((await fetch(`${console.url}api/deployment`)).status).toBe(401);
  const cookie = await cookieOf(console);
  expect((await fetch(`${console.url}api/deployment`, { headers: { cookie } })).status).toBe(200);
});

test('listens on this computer alone', async () => {
  const { port } = new URL((await start()).url);
  const others = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  for (const host of ['127.0.0.2', ...others]) {
    const socket = connect(Number(port), host);
    const [fault] = await once(socket, 'error');
    expect(fault).toMatchObject({ code: 'ECONNREFUSED' });
  }
});

test('answers nobody without a host, or with one that cannot be', async () => {
  const { port } = new URL((await start()).url);
  for (const request of [
    'GET /api/deployment HTTP/1.1\r\nConnection: close\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
    'GET / HTTP/1.0\r\n\r\n',
    `GET http://rebound.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    `GET http://rebound.example:${port}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
  ])
    expect(await raw(port, request)).toMatch(/^HTTP\/1\.1 4(?:00|21) /);
});

test.each(['/../../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '/./../app.js/../../x'])(
  'gives no file of %s, as it is sent',
  async (path) => {
    const { port } = new URL((await start()).url);
    const answer = await raw(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain('"code":"NoSuchPath"');
  },
);

test('ends streams at once when it stops, closes its feed and what it opened, and its port is free again', async () => {
  const listeners = new Set<FeedListener>();
  const told = { closed: false };
  const feed: Feed = {
    ...stillFeed(told),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const closed: string[] = [];
  const opened = await memoryDependencies().openList({ stack: 'Suppressor' });
  const openList = async () => ({ ...opened, close: () => void closed.push('list') });
  const console = await start({ feed: () => feed }, { overrides: { openList } });
  const cookie = await cookieOf(console);
  await (await fetch(`${console.url}api/deployment`, { headers: { cookie } })).text();
  const stream = await fetch(`${console.url}api/feed`, { headers: { cookie } });
  const reader = stream.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  expect([listeners.size, told.closed, closed]).toEqual([1, false, []]);

  await console.stop();
  const rest = async (): Promise<void> => {
    for (;;) if ((await reader?.read())?.done !== false) return;
  };
  await expect(rest()).rejects.toThrow('terminated');
  expect([listeners.size, told.closed, closed]).toEqual([0, true, ['list']]);
  const again = createServer().listen(Number(new URL(console.url).port), '127.0.0.1');
  await once(again, 'listening');
  again.close();
});

test('says which port is taken, and leaves nothing open', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  const told = { closed: false };
  await expect(start({ port, feed: () => stillFeed(told) })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: `port ${port} on 127.0.0.1 is taken`,
    remedy: expect.stringContaining('--port'),
  });
  expect(told.closed).toBe(true);
  holder.close();
});

test('says that the page has not been built, before anything is opened', async () => {
  const told = { closed: false };
  let asked = false;
  const feed = () => {
    asked = true;
    return stillFeed(told);
  };
  await expect(start({ page: join(page, 'nowhere'), feed })).rejects.toMatchObject({
    code: 'ConsoleNotBuilt',
    message: expect.not.stringContaining(page),
    remedy: 'Run `npm run build`.',
  });
  expect(asked).toBe(false);
});

test('answers a fault that the app itself has not told with no word of it', async () => {
  const serving = await serve(0, () => ({
    fetch: () => {
      throw new Error('at /home/pat');
    },
  }));
  const answer = await fetch(`http://127.0.0.1:${serving.port}/`);
  expect([answer.status, await answer.text()]).toEqual([500, 'Something went wrong.\n']);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  await serving.stop();
});
