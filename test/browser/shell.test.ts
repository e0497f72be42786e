import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { parseAddress } from '../../core/address/address.ts';
import { memoryDependencies } from '../cli/harness.ts';
import { type OpenedConsole, openConsole, tabTo, until } from './harness.ts';

const ledger = new MemoryLedger();
let opened: OpenedConsole;

beforeAll(async () => {
  opened = await openConsole({ deps: memoryDependencies({ ledger }) });
});

test('the address with the token opens the console, and leaves a cookie that no script and no other site has', async () => {
  const { page, context, strayed, faults, refused } = await opened.tab();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  expect(page.url()).not.toContain('token');
  const [cookie, ...others] = await context.cookies();
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({
    name: `ses-suppressor-${new URL(opened.origin).port}`,
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    expires: -1,
  });
  expect(opened.address).not.toContain(cookie?.value);
  expect(await page.evaluate('document.cookie')).toBe('');
  await page.reload();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  expect([strayed, faults, refused]).toEqual([[], [], []]);
});

test('the address keeps the view that it was given, beside the token', async () => {
  const { page } = await opened.tab('#/health');
  await page.getByRole('heading', { level: 1, name: 'Health' }).waitFor();
  expect(new URL(page.url()).hash).toBe('#/health');
  expect(new URL(page.url()).search).toBe('');
});

test.each([
  ['without the token', '/'],
  ['with another token', '/?token=x'],
])('%s the page says what to do, and nothing else', async (_what, path) => {
  const { page, context, strayed, faults } = await opened.tab('', { token: false });
  await page.goto(`${opened.origin}${path}`);
  await page.getByRole('heading', { level: 1, name: 'Open the address that the terminal printed' }).waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);
  expect(await context.cookies()).toEqual([]);
  expect([strayed, faults]).toEqual([[], []]);
});

describe('another page in the same browser', () => {
  // on another port of this computer, which browsers hold for the same site: cookies go with what it sends
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(`<iframe src="${opened.origin}/"></iframe>`),
  );
  let elsewhere: string;
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const decision = (address: string) => JSON.stringify({ action: 'add', address, scope: '*', note: 'because it can' });
  /** What a page gets of a request with cookies and a body. */
  const asked = (page: Page, type: string, address: string) =>
    page.evaluate(
      ([url = '', body = '', type = '']) =>
        fetch(url, { method: 'POST', credentials: 'include', body, headers: { 'content-type': type } }).then(
          ({ status }) => String(status),
          () => 'unreadable',
        ),
      [`${opened.origin}/api/decide`, decision(address), type],
    );
  const isListed = async (address: string): Promise<boolean> => {
    const parsed = parseAddress(address);
    if (!parsed.ok) throw new Error(address);
    return (await ledger.read([{ address: parsed.value, scope: '*' }])).found.size > 0;
  };

  test('cannot change anything, which the console itself can', async () => {
    const { page } = await opened.tab();
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    expect(await asked(page, 'application/json', 'own@target.example')).toBe('200');
    expect(await isListed('own@target.example')).toBe(true);
    await page.goto(elsewhere);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json'])
      expect(await asked(page, type, 'theirs@target.example')).toBe('unreadable');
    expect(await isListed('theirs@target.example')).toBe(false);
  });

  test('cannot have it in a frame', async () => {
    const { page, refused } = await opened.tab();
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    await page.goto(elsewhere);
    await until(
      () => refused,
      (seen) => seen.includes('403 GET /'),
    );
    const framed = page.frames().find((frame) => frame !== page.mainFrame());
    expect(await framed?.locator('#app').count()).toBe(0);
  });

  test('cannot come in by a name of its own that points at this computer', async () => {
    const { page, context } = await opened.tab('', { token: false });
    const { port, search } = new URL(opened.address);
    const answer = await page.goto(`http://rebound.example:${port}/${search}`);
    expect([answer?.status(), await context.cookies()]).toEqual([421, []]);
    expect(await page.textContent('body')).toContain('ForeignHost');
  });
});

test('every view can be gone to with the keyboard alone, and its heading has the focus then', async () => {
  const { page, faults, strayed } = await opened.tab('#/now');
  await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
  for (const view of ['List', 'Rates', 'Health', 'Now']) {
    await tabTo(page, view);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: view, exact: true }).waitFor();
    const focused = () =>
      page.evaluate<string>('document.activeElement?.tagName + " " + document.activeElement?.textContent');
    await until(focused, (what) => what === `H1 ${view}`);
  }
  await tabTo(page, 'Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement?.id')).toBe('main');
  expect([faults, strayed]).toEqual([[], []]);
});

test('a path that leads nowhere is answered with a problem and runs nothing', async () => {
  const { page, faults } = await opened.tab('', { token: false });
  const answer = await page.goto(`${opened.origin}/<script>alert(1)</script>`);
  expect(answer?.status()).toBe(404);
  expect(answer?.headers()['content-type']).toBe('application/json');
  expect(faults).toEqual([]);
});
