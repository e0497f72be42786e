import type { Page } from 'playwright-core';
import type { LocalCloud } from '../../local/cloud.ts';
import { memoryDependencies } from '../cli/harness.ts';
import { axe, openConsole, sideways, tabTo, until } from './harness.ts';
import { toldFeed } from './told-feed.ts';

const DEAD = 'bounce@simulator.amazonses.com';
const LOOKS = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1280 },
  { theme: 'light', width: 360 },
  { theme: 'dark', width: 360 },
] as const;

const send = (cloud: LocalCloud | undefined, to: string, stream = 'receipts') =>
  cloud?.invoke('send', { from: 'no-reply@ledger.example', to: [to], subject: 'Your receipt', text: 'Hello.', stream });

const lines = (page: Page) => page.getByRole('table', { name: 'What happens, newest first' }).locator('tbody tr');
const line = (page: Page, kind: string, address: string) =>
  lines(page)
    .filter({ has: page.getByRole('cell', { name: kind, exact: true }) })
    .filter({ hasText: address });
const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor();
const addresses = (page: Page) => page.locator('.feed-open').allTextContents();
const newest = (page: Page) => addresses(page).then(([first]) => first);

const opened = async (of: Parameters<typeof toldFeed>[0] = { of: 'all', everySeconds: null }) => {
  const told = toldFeed(of);
  return { ...told, console: await openConsole({ deps: memoryDependencies(), feed: told.feed }) };
};

/** A feed of three streams, with some of everything. */
const someFeed = async () => {
  const given = await opened();
  const { say } = given;
  say({ what: 'accepted', addresses: ['ana@one.example', 'ben@one.example'], stream: 'receipts', subject: 'Hello' });
  say({ what: 'feedback', type: 'Delivery', addresses: ['ana@one.example'], stream: 'receipts', effect: 'reset' });
  say({ what: 'feedback', type: 'Bounce', addresses: ['cy@two.example'], stream: 'newsletter', rule: 'hard-bounce' });
  say({ what: 'feedback', type: 'Complaint', addresses: ['dee@two.example'], stream: 'alerts', rule: 'complaint' });
  return given;
};

test('the loop is watched live: a bounce appears without a reload, and its line tells all of it', async () => {
  const { cloud, tab } = await openConsole({ cloud: true });
  const { page, strayed, faults } = await tab('#/now');
  await live(page);
  await page.getByText('Nothing has happened yet').waitFor();
  expect(await page.getByRole('link', { name: /^Try it: / }).getAttribute('href')).toBe('#/try');
  await page.evaluate('window.same = true');

  await send(cloud, DEAD);
  const bounce = line(page, 'Bounce', DEAD);
  await bounce.waitFor();
  expect(await bounce.getByRole('cell').allTextContents()).toEqual(
    expect.arrayContaining(['Bounce', 'hard-bounce', 'suppress', 'receipts']),
  );
  await line(page, 'Accepted', DEAD).waitFor();

  await bounce.getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`${DEAD} is suppressed everywhere`).waitFor();
  await dialog.getByText('"bounceType": "Permanent"').waitFor();
  expect(await dialog.getByRole('definition').allTextContents()).toEqual(
    expect.arrayContaining(['hard-bounce', 'suppress']),
  );
  expect(await dialog.getByRole('link', { name: DEAD }).getAttribute('href')).toBe(
    `#/entry/${encodeURIComponent(DEAD)}`,
  );
  await dialog.getByRole('button', { name: 'Close' }).click();

  await send(cloud, DEAD);
  await line(page, 'Withheld', DEAD).waitFor();
  expect(await line(page, 'Withheld', DEAD).getByRole('cell').allTextContents()).toContain('hard-bounce');
  expect(await page.evaluate('window.same')).toBe(true);
  expect([strayed, faults]).toEqual([[], []]);
});

test('lines are filtered by what they are, by stream and by address, and the page keeps the filter in its address', async () => {
  const { console } = await someFeed();
  const { page } = await console.tab('#/now');
  await until(
    () => lines(page).count(),
    (count) => count === 4,
  );

  await page.getByRole('button', { name: /^What:/ }).click();
  await page.getByRole('checkbox', { name: 'Bounce' }).check();
  await page.getByRole('checkbox', { name: 'Complaint' }).check();
  expect(await addresses(page)).toEqual(['dee@two.example', 'cy@two.example']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Stream:/ }).click();
  await page.getByRole('checkbox', { name: 'newsletter' }).check();
  expect(await addresses(page)).toEqual(['cy@two.example']);
  expect(new URL(page.url()).hash).toBe('#/now?kind=Bounce&kind=Complaint&stream=newsletter');

  await page.reload();
  await until(
    () => addresses(page),
    (shown) => shown.join() === 'cy@two.example',
  );
  await page.getByRole('searchbox', { name: 'Address' }).fill('nobody');
  await page.getByText('Nothing like this has happened yet').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  expect(await lines(page).count()).toBe(4);
  await page.getByRole('searchbox', { name: 'Address' }).fill('BEN@');
  // The second recipient of a mail is found, too.
  expect(await addresses(page)).toEqual(['ana@one.example']);
});

test('a pause holds the lines still and counts what comes; going on shows it', async () => {
  const { console, say } = await someFeed();
  const { page } = await console.tab('#/now');
  await until(
    () => lines(page).count(),
    (count) => count === 4,
  );
  await page.getByRole('button', { name: 'Pause' }).click();
  say({ what: 'accepted', addresses: ['eve@one.example'] });
  say({ what: 'accepted', addresses: ['fay@one.example'] });
  await page.getByText('2 new', { exact: true }).waitFor();
  expect(await lines(page).count()).toBe(4);
  await page.getByRole('button', { name: 'Resume' }).click();
  expect((await addresses(page)).slice(0, 3)).toEqual(['fay@one.example', 'eve@one.example', 'dee@two.example']);
  expect(await page.getByText('2 new', { exact: true }).count()).toBe(0);
});

test('the keyboard alone opens a line, closes it and is where it was; arrows go from line to line', async () => {
  const { console } = await someFeed();
  const { page } = await console.tab('#/now');
  await until(
    () => lines(page).count(),
    (count) => count === 4,
  );
  await tabTo(page, 'dee@two.example');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('It happened.').waitFor();
  expect(await page.evaluate('document.querySelector("dialog").contains(document.activeElement)')).toBe(true);
  await page.keyboard.press('Escape');
  await until(
    () => page.getByRole('dialog').count(),
    (count) => count === 0,
  );
  expect(await page.evaluate('document.activeElement.textContent')).toBe('cy@two.example');
});

test.each(LOOKS)('nothing is wrong with it for axe, and nothing is too wide: %o', async (look) => {
  const { console, log } = await someFeed();
  log.setPulse({
    minutes: 5,
    at: new Date().toISOString(),
    sent: 1240,
    suppressed: 0,
    refused: 0,
    bounces: 2,
    complaints: 1,
    deliveries: null,
  });
  const { page, close } = await console.tab('#/now', look);
  await until(
    () => lines(page).count(),
    (count) => count === 4,
  );
  await page.getByText('1,240').waitFor();
  expect(await page.getByText('not known').count()).toBe(1);
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await page.getByRole('button', { name: /^What:/ }).click();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await page.keyboard.press('Escape');
  await page.locator('.feed-open').first().click();
  await page.getByRole('dialog').getByText('Nothing was kept of it.').waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Address' }).fill('nobody');
  await page.getByText('Nothing like this has happened yet').waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await close();
});

test('what strangers wrote is text, with marks that turn it around made visible', async () => {
  const script = '<script>window.hit = 1</script>';
  const image = '<img src="https://evil.example/a.png" onerror="window.hit = 2">';
  const turned = 'a\u202emoc.elpmaxe\u202c@two.example';
  const { console, say } = await opened();
  say(
    {
      what: 'feedback',
      type: `Bounce${image}`,
      addresses: [`"${script}"@two.example`, turned],
      stream: image,
      subject: `${script} \u2067${image}`,
      messageId: image,
      rule: script,
      effect: image,
      reason: script,
      scope: image,
      finding: `smtp; 550 ${image}\u200b`,
    },
    {
      sentence: `${turned} ${script}`,
      raw: [
        { title: `Message ${image}`, kind: 'json', text: JSON.stringify({ script, turned }), cut: 0 },
        { title: 'The mail', kind: 'mime', text: `Subject: ${image}\r\n\r\n${script} \u202e`, cut: 7 },
      ],
    },
  );
  const { page, context, strayed, faults } = await console.tab('#/now', { width: 360 });
  await lines(page).first().waitFor();
  expect(await newest(page)).toBe(`"${script}"@two.example`);
  expect(await lines(page).first().textContent()).toContain(`${script} \\u2067${image}`);
  await page.getByRole('button', { name: /^Stream:/ }).click();
  await page.getByRole('checkbox', { name: image }).check();
  expect(await lines(page).count()).toBe(1);
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await page.keyboard.press('Escape');
  await page.locator('.feed-open').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The mail').first().waitFor();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: 'Copy The mail' }).click();
  await dialog.getByText('Copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain(`${script} \u202e`);
  const shown = await dialog.textContent();
  expect(shown).toContain(`a\\u202emoc.elpmaxe\\u202c@two.example ${script}`);
  expect(shown).toContain(`Subject: ${image}`);
  expect(shown).toContain('7 bytes at the end are left out.');
  expect(shown).not.toMatch(/[\u200b\u202a-\u202e\u2066-\u2069]/);
  expect(await page.evaluate('[window.hit, document.querySelectorAll("img, #app script").length]')).toEqual([
    undefined,
    0,
  ]);
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  expect([strayed, faults]).toEqual([[], []]);
});

test('a lost connection is shown, and the lines of the meantime come when it is back', async () => {
  const { console, say, breakStreams } = await someFeed();
  const { page } = await console.tab('#/now');
  await live(page);
  await page.route('**/api/**', (route) => route.abort());
  breakStreams();
  await page.getByText('Reconnecting …').waitFor();
  await page.getByText('Not connected').waitFor();
  say({ what: 'accepted', addresses: ['late@one.example'] });
  await page.unroute('**/api/**');
  await live(page);
  await until(
    () => newest(page),
    (address) => address === 'late@one.example',
  );
  expect(await lines(page).count()).toBe(5);
  await page.getByText('Connected', { exact: true }).waitFor();
});

test('over a deployed stack it says that changes of the list are shown, how often, and what keeps them away', async () => {
  const { console, log, say } = await opened({ of: 'list', everySeconds: 5 });
  log.setProblem({ code: 'AccessDenied', message: 'not allowed to dynamodb:Query', remedy: 'Allow it.' });
  const { page } = await console.tab('#/now');
  await page.getByText(/log no addresses, so changes of the list are shown here, looked for every 5 seconds/).waitFor();
  await page.getByRole('alert').getByText('not allowed to dynamodb:Query').waitFor();
  await page.getByText('Whether anything happens is not known').waitFor();
  await page.getByText('Cannot be read', { exact: true }).waitFor();
  expect(await axe(page)).toEqual([]);
  log.setProblem(null);
  say({ what: 'changed', addresses: ['gil@one.example'], reason: 'complaint', scope: '*' });
  await line(page, 'Changed', 'gil@one.example').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('over a local cloud that another console belongs to it says where sends are shown', async () => {
  const { console } = await opened({ of: 'list', everySeconds: 5 });
  const { page } = await console.tab('#/now');
  const named = { name: 'the local cloud at http://127.0.0.1:1', region: 'us-east-1', table: 'local' };
  const view = { ...named, local: true, home: null, operator: 'pat', version: '1.2.3', streams: [], desk: false };
  await page.route('**/api/deployment', (route) => route.fulfill({ json: view }));
  await page.reload();
  await page.getByText('What is sent is shown by the console that “npm start” printed.').waitFor();
  await page.getByText('Nothing has changed yet').waitFor();
});

test('the page keeps the newest 1,000 lines', async () => {
  const { console, say } = await opened();
  for (let at = 1; at <= 990; at += 1) say({ what: 'accepted', addresses: [`m${at}@one.example`] });
  const { page } = await console.tab('#/now');
  await until(
    () => lines(page).count(),
    (count) => count === 990,
  );
  for (let at = 991; at <= 1020; at += 1) say({ what: 'accepted', addresses: [`m${at}@one.example`] });
  await until(
    () => newest(page),
    (address) => address === 'm1020@one.example',
  );
  const kept = await addresses(page);
  expect([kept.length, kept.at(-1)]).toEqual([1000, 'm21@one.example']);
  await page.getByText('The newest 1,000 lines are kept in this page.').waitFor();
});

test('a view that is come to has the focus on its heading, and its title is the page’s', async () => {
  const { console } = await opened();
  const { page } = await console.tab('#/health');
  await page.getByRole('heading', { level: 1, name: 'Health' }).waitFor();
  await page.getByRole('link', { name: 'Now', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
  await until(
    () => page.evaluate('document.activeElement.textContent'),
    (text) => text === 'Now',
  );
  expect(await page.title()).toBe('Now · ses-suppressor');
});

test('nothing is listened to while the page cannot be seen; then it goes on where it was', async () => {
  const { console, say, streams } = await opened();
  const { page } = await console.tab('#/now');
  const seen = (state: string) =>
    page.evaluate(
      `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' });
      document.dispatchEvent(new Event('visibilitychange'));`,
    );
  say({ what: 'accepted', addresses: ['first@one.example'] });
  await line(page, 'Accepted', 'first@one.example').waitFor();
  expect(streams()).toBe(1);
  await seen('hidden');
  await until(
    async () => streams(),
    (open) => open === 0,
  );
  say({ what: 'accepted', addresses: ['meanwhile@one.example'] });
  await seen('visible');
  await line(page, 'Accepted', 'meanwhile@one.example').waitFor();
  await live(page);
  expect([streams(), await addresses(page)]).toEqual([1, ['meanwhile@one.example', 'first@one.example']]);
});
