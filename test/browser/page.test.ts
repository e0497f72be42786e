import type { Page } from 'playwright-core';
import type { DeploymentView, Problem } from '../../console/api.ts';
import { memoryDependencies } from '../cli/harness.ts';
import { axe, type OpenedConsole, openConsole, sideways, tabTo, until } from './harness.ts';
import { toldFeed } from './told-feed.ts';

const STACK: DeploymentView = {
  name: 'the stack "Suppressor" (UPDATE_COMPLETE)',
  local: false,
  region: 'eu-central-1',
  table: 'Suppressor-Table-1A2B3C4D5E6F7G8H9I0J',
  home: null,
  operator: 'pat',
  version: '1.2.3',
  streams: ['receipts'],
  desk: false,
};

const THEMES = ['light', 'dark'] as const;

const NO_REGION: Problem = { code: 'NoRegion', message: 'no AWS Region is set', remedy: 'Give --region.' };

let opened: OpenedConsole;

beforeAll(async () => {
  const { feed } = toldFeed({ of: 'all', everySeconds: null });
  opened = await openConsole({ deps: memoryDependencies(), feed });
});

/** Has the server say what it looks at, or why it cannot say, from the next question on. */
const says = (page: Page, answer: DeploymentView | Problem) =>
  page.route('**/api/deployment', (route) =>
    'code' in answer ? route.fulfill({ status: 403, json: { error: answer } }) : route.fulfill({ json: answer }),
  );

const shown = async (page: Page, answer: DeploymentView | Problem) => {
  await says(page, answer);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
};

const background = (page: Page) => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');

test('the header says what is looked at, and only a local cloud has a desk', async () => {
  const { page } = await opened.tab('#/now');
  await shown(page, STACK);
  const header = page.getByRole('banner');
  await header.getByText(STACK.name).waitFor();
  expect(await header.textContent()).toContain('Region eu-central-1');
  expect(await header.textContent()).toContain(`Table ${STACK.table}`);
  const places = () => page.getByRole('navigation', { name: 'Views' }).getByRole('link').allTextContents();
  expect(await places()).toEqual(['Now', 'List', 'Rates', 'Health']);
  await page.evaluate('location.hash = "#/try"');
  await page.getByText('Mails can be tried on the local cloud only').waitFor();
  await page.getByText('This console looks at a deployed stack').waitFor();
  await says(page, { ...STACK, local: true });
  await page.reload();
  await page.getByText('open the address that “npm start” printed').waitFor();
  await says(page, { ...STACK, local: true, desk: true, name: 'the local cloud at http://127.0.0.1:1' });
  await page.reload();
  await until(places, (names) => names.join() === 'Now,List,Rates,Health,Try it,Inbox');
  expect(await header.textContent()).toMatch(/Local cloudhttp:\/\/127\.0\.0\.1:1Table/);
});

test('a copy in another Region says that it can only be read', async () => {
  const { page } = await opened.tab('#/now');
  await shown(page, { ...STACK, home: 'eu-west-1' });
  await page.getByText('the list is written in eu-west-1. Here it can be read, not changed.').waitFor();
});

test('where AWS says no the page says so, the views stay, and trying again helps', async () => {
  const { page } = await opened.tab('#/now');
  await shown(page, { code: 'AccessDenied', message: 'not allowed to <b>look</b>', remedy: 'Allow it.' });
  const alert = page.getByRole('alert');
  expect(await alert.textContent()).toContain('not allowed to <b>look</b> AccessDeniedAllow it.');
  await page.getByText('Nothing has happened yet').waitFor();
  await says(page, STACK);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.getByText(STACK.name).waitFor();
  expect(await alert.count()).toBe(0);
});

test('what keeps everything away is told once, with what to do in the terminal, and trying again asks for all of it', async () => {
  const { page } = await opened.tab('#/health');
  await page.route('**/api/**', (route) => route.fulfill({ status: 502, json: { error: NO_REGION } }));
  await page.reload();
  const alert = page.getByRole('alert');
  await alert.getByText('end it with Ctrl-C in its terminal').waitFor();
  await until(
    () => page.locator('.loading').count(),
    (count) => count === 0,
  );
  expect(await alert.count()).toBe(1);
  expect(await page.getByText('Connected', { exact: true }).count()).toBe(0);
  await page.unroute('**/api/**');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page
    .getByText(/^no dead letters$/)
    .first()
    .waitFor();
  expect(await alert.count()).toBe(0);
});

test('a dialog tells what is told behind it, too', async () => {
  const { feed, say } = toldFeed({ of: 'all', everySeconds: null });
  const { tab } = await openConsole({ deps: memoryDependencies(), feed });
  say({ what: 'accepted', addresses: ['ana@one.example'] });
  const { page } = await tab('#/now');
  for (const path of ['deployment', 'feed/*'])
    await page.route(`**/api/${path}`, (route) => route.fulfill({ status: 502, json: { error: NO_REGION } }));
  await page.reload();
  await page.getByRole('button', { name: 'ana@one.example' }).click();
  await page.getByRole('dialog').getByText(NO_REGION.message).waitFor();
});

test.each(THEMES)('without a session it says where the address is, in %s', async (theme) => {
  const { page } = await opened.tab('', { theme, token: false, width: 360 });
  await page.getByRole('heading', { name: 'Open the address that the terminal printed' }).waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
});

test('a session that ends while the page is open is said, too', async () => {
  const { page, context } = await opened.tab('#/now');
  await page.getByText('Nothing has happened yet').waitFor();
  await context.clearCookies();
  await page.getByRole('link', { name: 'Rates' }).click();
  await page.getByRole('heading', { name: 'Open the address that the terminal printed' }).waitFor();
});

test('the theme can be chosen, and stays chosen', async () => {
  const { page } = await opened.tab('#/now', { theme: 'light' });
  const light = await background(page);
  await page.getByRole('radio', { name: 'Dark' }).check();
  const dark = await background(page);
  expect(dark).not.toBe(light);
  await page.reload();
  await page.getByRole('radio', { name: 'Dark' }).waitFor();
  expect(await background(page)).toBe(dark);
  await page.getByRole('radio', { name: 'Auto' }).check();
  expect(await background(page)).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background(page)).toBe(dark);
});

test('the first Tab leads past the navigation', async () => {
  const { page } = await opened.tab('#/now');
  await page.getByText('Nothing has happened yet').waitFor();
  await tabTo(page, 'Skip to the content', 1);
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
  await tabTo(page, /^What/, 1);
});

test.each(THEMES)('an address that is nobody’s leads back, in %s', async (theme) => {
  const { page, faults } = await opened.tab('#/nowhere/%E0%A4%A', { theme, width: 360 });
  await page.getByRole('heading', { name: 'No such page' }).waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await page.getByRole('link', { name: 'Go to Now' }).click();
  await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
  expect(faults).toEqual([]);
});
