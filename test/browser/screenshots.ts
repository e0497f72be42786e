import { writeFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { FLAGS, findChromium, noBrowser } from './chromium.ts';
import { inFewColours } from './png.ts';
import { STAR } from './scene/history.ts';
import { MONTH_SUBJECT } from './scene/mails.ts';
import { openScene } from './scene/open-scene.ts';

/**
 * The pictures of the documents: a local cloud with a past, some minutes of mail, and each view of its console. `npm run
 * screenshots [name …]` makes all of them, or those that are named.
 */

const MOST_BYTES = 200_000;
const WIDE = 1280;
const NARROW = 360;

/** One picture of one view. */
interface Shot {
  readonly name: string;
  readonly hash: string;
  readonly height: number;
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  /** Device pixels a CSS pixel. @default 1.5 */
  readonly scale?: number;
  /** What is done and waited for before it is taken. */
  readonly ready: (page: Page) => Promise<unknown>;
}

const lineOf = (page: Page, address: string) => page.locator('.feed-row', { hasText: address }).first();

const tryIt = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Add complaint' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText(/^complaint\+.* is suppressed/).waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate('scrollTo(0, 0)');
};

const health = async (page: Page): Promise<void> => {
  await page.getByText('Needs attention').waitFor();
  await page
    .getByRole('button', { name: /^Look inside/ })
    .first()
    .click();
  await page.locator('.box-seen').first().waitFor();
  await page.mouse.move(0, 0);
};

const inbox = async (page: Page): Promise<void> => {
  await page.locator('.mail-line', { hasText: MONTH_SUBJECT }).click();
  await page.frameLocator('.mail-frame').getByText('330.40').waitFor();
  await page.locator('h1').first().blur();
};

const seen = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();

const live = async (page: Page): Promise<void> => {
  await lineOf(page, STAR).waitFor();
  await page.getByText(/^Last \d+ minutes$/).waitFor();
};

const now = { hash: '#/now', height: 860, ready: live };

const SHOTS: readonly Shot[] = [
  { name: 'now', ...now },
  { name: 'now-dark', ...now, theme: 'dark' },
  { name: 'list', hash: '#/list', height: 900, ready: seen('.list-table') },
  { name: 'entry', hash: `#/entry/${STAR}`, height: 1240, ready: seen('.moment') },
  { name: 'rates', hash: '#/rates?hours=168', height: 900, ready: seen('canvas') },
  { name: 'inbox', hash: '#/inbox', height: 860, ready: inbox },
  { name: 'health', hash: '#/health', height: 900, ready: health },
  // what it sends is not in the others
  { name: 'try', hash: '#/try', height: 980, ready: tryIt },
];

const PHONE: readonly Pick<Shot, 'hash' | 'ready'>[] = [
  { hash: '#/now', ready: now.ready },
  { hash: `#/entry/${STAR}`, ready: seen('.moment') },
  { hash: '#/rates?hours=168', ready: seen('canvas') },
];

const open = async (
  browser: Browser,
  address: string,
  { theme = 'light', width = WIDE, ...shot }: Omit<Shot, 'name'>,
) => {
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height: shot.height },
    deviceScaleFactor: shot.scale ?? 1.5,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  // the address with the token is left at once, as the page itself does
  await page.goto(`${address}${shot.hash}`);
  await page.locator('.which .badge').waitFor();
  await shot.ready(page);
  await page.evaluate('document.fonts.ready');
  return page;
};

/** Writes a picture, and fails in the end if it is too large for a document. */
const keep = (name: string, screenshot: Buffer): void => {
  const picture = inFewColours(screenshot);
  const path = `docs/images/console-${name}.png`;
  writeFileSync(new URL(`../../${path}`, import.meta.url), picture);
  process.stdout.write(`${path} ${Math.ceil(picture.length / 1000)} kB\n`);
  if (picture.length > MOST_BYTES) process.exitCode = 1;
};

const take = async (browser: Browser, address: string, shot: Shot): Promise<void> => {
  const page = await open(browser, address, shot);
  keep(shot.name, await page.screenshot());
  await page.context().close();
};

/** Three views on a phone, side by side: drawn as one page of three pictures. */
const takePhones = async (browser: Browser, address: string): Promise<void> => {
  const height = 740;
  const pictures: string[] = [];
  for (const shot of PHONE) {
    const page = await open(browser, address, { ...shot, width: NARROW, height });
    pictures.push((await page.screenshot()).toString('base64'));
    await page.context().close();
  }
  const context = await browser.newContext({ viewport: { width: 1176, height: 788 }, deviceScaleFactor: 1.5 });
  const page = await context.newPage();
  await page.setContent(
    `<body style="margin:0;display:flex;gap:24px;padding:24px;background:#dfe3e9">${pictures
      .map(
        (each) =>
          `<img width="${NARROW}" height="${height}" style="border-radius:10px" src="data:image/png;base64,${each}">`,
      )
      .join('')}</body>`,
  );
  keep('phone', await page.screenshot());
  await context.close();
};

const main = async (names: readonly string[]): Promise<void> => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(noBrowser());
  const scene = await openScene();
  const browser = await chromium.launch({ executablePath, headless: true, args: [...FLAGS] });
  try {
    const isAsked = (name: string): boolean => names.length === 0 || names.includes(name);
    if (isAsked('phone')) await takePhones(browser, scene.address);
    for (const shot of SHOTS) if (isAsked(shot.name)) await take(browser, scene.address, shot);
  } finally {
    await browser.close();
    await scene.stop();
  }
};

await main(process.argv.slice(2));
