import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Dependencies } from '../../cli/dependencies.ts';
import type { Target } from '../../cli/deployment/target.ts';
import type { Desk } from '../../console/server/desk.ts';
import type { Feed } from '../../console/server/feed/feed.ts';
import { startConsole } from '../../console/server/start.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../local/cloud.ts';
import { localConsole } from '../../local/console/local-console.ts';
import { stillFeed } from '../console/server/still-feed.ts';
import { FLAGS, findChromium, noBrowser } from './chromium.ts';

/**
 * The console in a real browser. One browser a test file; each tab is a browser context of its own, with its own cookies
 * and its own settings.
 *
 * @example
 * const console = await openConsole({ cloud: true });
 * const tab = await console.tab('#/list', { theme: 'dark', width: 360 });
 * await tab.page.getByRole('heading', { name: 'List' }).waitFor();
 * expect(await axe(tab.page)).toEqual([]);
 * expect(tab.strayed).toEqual([]);
 */

/** A name of somebody else's that points at this computer. */
const REBOUND = '--host-resolver-rules=MAP rebound.example 127.0.0.1';

/** A busy computer takes its time; nothing is measured by this. */
const PATIENCE_MS = 30_000;

let browser: Promise<Browser> | undefined;
const ends: (() => Promise<unknown>)[] = [];

const theBrowser = (): Promise<Browser> => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(noBrowser());
  browser ??= chromium.launch({ executablePath, headless: true, args: [...FLAGS, REBOUND] });
  return browser;
};

afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await (await browser)?.close();
});

/** What a console is opened over. */
export type Given =
  /** A local cloud of its own, with the console that `npm start` opens. */
  | { readonly cloud: true | LocalCloudOptions }
  /** Whatever a test has, such as `memoryDependencies({ ledger })` of test/cli/harness.ts. */
  | { readonly deps: Dependencies; readonly target?: Target; readonly feed?: Feed; readonly desk?: Desk };

/** How a tab looks at the page. */
export interface Look {
  /** As the system has it. @default light */
  readonly theme?: 'light' | 'dark';
  /** In CSS pixels. @default 1280 */
  readonly width?: number;
  /** @default 800 */
  readonly height?: number;
  /** Whether the address with the token is opened first. @default true */
  readonly token?: boolean;
}

/** What each view is looked at in: both themes, as wide as a screen and as a phone. */
export const LOOKS = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const;

/** One tab that shows the console, and what was seen of it. */
export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses of all that was asked of anybody but the console; `data:` is nobody. */
  readonly strayed: readonly string[];
  /** Errors that the page threw or the browser told, such as violations of the content security policy; dialogs, too. */
  readonly faults: readonly string[];
  /** What the console answered with a problem: `404 GET /api/nope`. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/** A console that is up. */
export interface OpenedConsole {
  /** Such as `http://127.0.0.1:45811`. */
  readonly origin: string;
  /** The address with the token. */
  readonly address: string;
  /** Where it was opened over one. */
  readonly cloud: LocalCloud | undefined;
  /** @param hash - the view, such as `#/list?reason=complaint`; '' for where the page begins */
  tab(hash?: string, look?: Look): Promise<Tab>;
  /** Ends it; the end of the file does so, too. */
  stop(): Promise<void>;
}

const isSelf = (url: string, origin: string): boolean =>
  url.startsWith(`${origin}/`) || url.startsWith('data:') || url.startsWith(`blob:${origin}`) || url === 'about:blank';

/** The browser's word for an answer that is not 2xx; `refused` has them. */
const isRefusal = (text: string): boolean => text.startsWith('Failed to load resource: the server responded');

const openTab = async (origin: string, address: string, hash: string, look: Look): Promise<Tab> => {
  const { theme = 'light', width = 1280, height = 800, token = true } = look;
  const context = await (await theBrowser()).newContext({
    colorScheme: theme,
    viewport: { width, height },
    bypassCSP: false,
    reducedMotion: 'reduce',
  });
  ends.push(() => context.close());
  context.setDefaultTimeout(PATIENCE_MS);
  const strayed: string[] = [];
  const faults: string[] = [];
  const refused: string[] = [];
  context.on('request', (request) => {
    if (!isSelf(request.url(), origin)) strayed.push(request.url());
  });
  context.on('response', (response) => {
    if (response.status() >= 400)
      refused.push(`${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message.text())) faults.push(message.text());
  });
  context.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    // the page may have gone on meanwhile
    dialog.dismiss().catch(() => undefined);
  });
  context.on('weberror', (fault) => faults.push(String(fault.error())));
  context.on('page', (each) => each.on('websocket', (socket) => strayed.push(socket.url())));
  const page = await context.newPage();
  await page.goto(`${token ? address : `${origin}/`}${hash}`);
  return { page, context, strayed, faults, refused, close: () => context.close() };
};

const overCloud = async (options: LocalCloudOptions) => {
  const own = localConsole();
  const cloud = await startLocalCloud(own.hearing(options));
  const running = await own.open(cloud, 0);
  return {
    ...running,
    cloud,
    stop: async () => {
      await running.stop();
      await cloud.stop();
    },
  };
};

/** Opens a console; see above. */
export const openConsole = async (given: Given): Promise<OpenedConsole> => {
  const running =
    'cloud' in given
      ? await overCloud(given.cloud === true ? {} : given.cloud)
      : {
          ...(await startConsole({
            deps: given.deps,
            target: given.target ?? { stack: 'Suppressor' },
            port: 0,
            feed: () => given.feed ?? stillFeed(),
            ...(given.desk !== undefined && { desk: given.desk }),
          })),
          cloud: undefined,
        };
  const origin = new URL(running.url).origin;
  const { address, cloud } = running;
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= running.stop();
    return stopping;
  };
  ends.push(stop);
  return { origin, address, cloud, stop, tab: (hash = '', look = {}) => openTab(origin, address, hash, look) };
};

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[];
  }[];
}

/**
 * What axe-core finds wrong with what a page shows now: one line a place. Its source is evaluated by the browser itself,
 * so the page's policy stays as it is.
 *
 * @example expect(await axe(tab.page)).toEqual([])
 */
export const axe = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} (${help}) at ${String(target)}: ${failureSummary}`),
  );
};

/**
 * How many pixels a page can be scrolled sideways: 0 if it fits. What scrolls within itself does not count.
 *
 * @example expect(await sideways(tab.page)).toBe(0)
 */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/**
 * Waits until something is as it should be, up to half a minute, and says what it was last.
 *
 * @example await until(() => tab.page.locator('tbody tr').count(), (rows) => rows === 3)
 */
export const until = async <T>(look: () => Promise<T> | T, isSo: (seen: T) => boolean): Promise<T> => {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new Error(`it was not so in time; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

/** The text or label of what has the focus. */
export const focusedName = (page: Page): Promise<string> =>
  page.evaluate<string>(
    `(() => { const e = document.activeElement; return (e?.getAttribute('aria-label') || e?.labels?.[0]?.textContent || e?.textContent || '').trim(); })()`,
  );

/**
 * Presses Tab until an element that fits has the focus, as somebody does who has no mouse.
 *
 * @param name - its text or label
 * @throws Error when a whole round finds none, with what was on the way
 */
export const tabTo = async (page: Page, name: string | RegExp, most = 80): Promise<void> => {
  const passed: string[] = [];
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    const focused = await focusedName(page);
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
    passed.push(focused.slice(0, 40));
  }
  throw new Error(`no Tab leads to ${String(name)}; on the way: ${passed.join(' · ')}`);
};
