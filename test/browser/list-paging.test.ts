import type { Page } from 'playwright-core';
import { encodeEntry } from '../../adapters/entry-codec.ts';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { emptyEntry } from '../../core/entry/entry.ts';
import type { Listed, RecentRange } from '../../core/ledger/ledger.ts';
import { addressOf } from '../adapters/samples.ts';
import { memoryDependencies, NOW } from '../cli/harness.ts';
import { type OpenedConsole, openConsole, until } from './harness.ts';

const ROWS = 'tbody th a';

const rows = (page: Page): Promise<string[]> => page.locator(ROWS).allInnerTexts();

describe('ten thousand entries', () => {
  const COUNT = 10_000;
  const long = (): MemoryLedger => {
    const ledger = new MemoryLedger();
    for (let i = 0; i < COUNT; i += 1) {
      const address = addressOf(`pat${String(i).padStart(5, '0')}@x.example`);
      const key = { address, scope: '*' };
      const operator = { action: i % 3 === 0 ? 'allow' : 'add', at: NOW, by: '', note: '' } as const;
      const entry = { ...emptyEntry(key), operator };
      ledger.put(
        encodeEntry(entry, derive(entry, DEFAULT_POLICY), { version: 'v', updatedAt: NOW - (i >> 1) * 60_000 }),
      );
    }
    return ledger;
  };
  /** The same list with its order made once, and not for every page. */
  const ordered = async (): Promise<MemoryLedger> => {
    const ledger = long();
    const all: Listed[] = [];
    for await (const entry of ledger.recent()) all.push(entry);
    const placeOf = new Map(all.map(({ address }, i) => [address, i]));
    return Object.assign(ledger, {
      recent: async function* ({ after }: RecentRange = {}) {
        for (let i = after === undefined ? 0 : (placeOf.get(after.address) ?? 0) + 1; i < COUNT; i += 1)
          yield all[i] as Listed;
      },
    });
  };
  let opened: OpenedConsole;
  beforeAll(async () => {
    opened = await openConsole({ deps: memoryDependencies({ ledger: await ordered() }) });
  });

  /** Presses a button until it leads nowhere, and tells of each page its words, its addresses and the size of the document. */
  const walk = (page: Page, button: string): Promise<{ words: string; rows: string[]; nodes: number }[]> =>
    page.evaluate(`(async () => {
      const pager = document.querySelector('.pager');
      const button = [...pager.querySelectorAll('button')].find(({ textContent }) => textContent === '${button}');
      const words = () => document.querySelector('.pager-words').textContent;
      const look = () => ({
        words: words(),
        rows: [...document.querySelectorAll('${ROWS}')].map(({ textContent }) => textContent),
        nodes: document.querySelectorAll('*').length,
      });
      const isBusy = () => document.querySelector('table[aria-busy="true"]') !== null;
      const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const pages = [look()];
      while (button.getAttribute('aria-disabled') !== 'true') {
        const before = words();
        button.click();
        while (words() === before || isBusy()) await drawn();
        pages.push(look());
      }
      return pages;
    })()`);

  test('are paged to the end and back: every address once, and never more than a page in the document', async () => {
    const { page, faults } = await opened.tab('#/list');
    await page.getByText('Entries 1–100', { exact: true }).first().waitFor();
    const there = await walk(page, 'Next');
    expect([there.length, there.at(-1)?.words]).toEqual([COUNT / 100, 'Entries 9,901–10,000 of 10,000']);
    const seen = there.flatMap((each) => each.rows);
    expect([seen.length, new Set(seen).size]).toEqual([COUNT, COUNT]);
    const sizes = there.map(({ nodes }) => nodes);
    expect(Math.max(...sizes)).toBeLessThan(Math.min(...sizes) * 1.1);
    const back = await walk(page, 'Previous');
    expect(back.map((each) => each.rows)).toEqual(there.map((each) => each.rows).reverse());
    expect(back.at(-1)?.words).toBe('Entries 1–100');
    expect(faults).toEqual([]);
  }, 180_000);

  test('the next page is there before anybody asks, and "back" from an address comes to the same page', async () => {
    const { page } = await opened.tab('#/list');
    const pages: string[] = [];
    page.on('requestfinished', (request) => {
      if (request.url().includes('/api/list')) pages.push(request.url());
    });
    const words = page.locator('.pager-words').first();
    await page.getByText('Entries 1–100').first().waitFor();
    await until(
      () => pages.length,
      (count) => count === 2,
    );
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Next' }).last().click();
    await until(
      () => words.textContent(),
      (text) => text === 'Entries 101–200',
    );
    await page.context().setOffline(false);
    const [top = ''] = await rows(page);
    await page.locator(ROWS).first().click();
    await page.getByRole('heading', { level: 1, name: top }).waitFor();
    await page.goBack();
    await until(
      () => words.textContent(),
      (text) => text === 'Entries 101–200',
    );
    expect((await rows(page))[0]).toBe(top);
  });

  test('a page that was come to from elsewhere says what it knows, and leads to the first', async () => {
    const first = await opened.tab('#/list');
    await first.page.getByRole('button', { name: 'Next' }).first().click();
    await first.page.getByText('Entries 101–200').first().waitFor();
    const { page } = await opened.tab(new URL(first.page.url()).hash);
    await page.getByText('100 entries', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'First page' }).first().click();
    await page.getByText('Entries 1–100', { exact: true }).first().waitFor();
  });

  test('a place that is none is told, and leads to the first', async () => {
    const { page } = await opened.tab('#/list?after=nonsense');
    await page.getByRole('alert').getByText('expected the cursor that an earlier page ended with').waitFor();
    await page.getByRole('button', { name: 'First page' }).click();
    await page.getByText('Entries 1–100', { exact: true }).first().waitFor();
  });

  test('a search that finds little says how much was looked at, and looks further', async () => {
    const { page } = await opened.tab('#/list?search=pat09');
    await page.getByText('5,000 entries were looked at, and there are more.').waitFor();
    await page.getByRole('button', { name: 'Look further' }).last().click();
    await page.getByText('Entries 1–100, among the first 9,100 looked at').first().waitFor();
  });
});
