import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import type { ListEntry } from '../../console/api.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { add } from '../../core/ledger/add.ts';
import { allow } from '../../core/ledger/allow.ts';
import { addressOf } from '../adapters/samples.ts';
import { ledgerThatLearnt, lines, memoryDependencies, NOW, teach } from '../cli/harness.ts';
import { bounce, complaint, softBounces } from '../cli/messages.ts';
import { axe, LOOKS, type OpenedConsole, openConsole, sideways, tabTo, until } from './harness.ts';
import { HARM, HOSTILE } from './hostile.ts';

const DAY = 24 * 3_600_000;
const SAID = { by: 'sam', note: 'asked' };
const ROWS = 'tbody th a';

const rows = (page: Page): Promise<string[]> => page.locator(ROWS).allInnerTexts();

const filled = async (): Promise<MemoryLedger> => {
  const clock = { now: NOW - 10 * DAY };
  const ledger = new MemoryLedger({ now: () => clock.now });
  await teach(ledger, [complaint({ to: 'carl@target.example' }), bounce({ to: 'bea@target.example' })]);
  await teach(ledger, softBounces(3, Date.UTC(2026, 10, 5, 8), 'old@other.example'));
  clock.now = NOW;
  await teach(ledger, softBounces(3, Date.UTC(2026, 10, 19, 8), 'held@other.example'));
  await teach(ledger, softBounces(1, Date.UTC(2026, 10, 19, 8), 'watched@other.example'));
  await allow(ledger, { address: addressOf('al@target.example'), scope: '*' }, SAID, DEFAULT_POLICY, NOW);
  await add(ledger, { address: addressOf('bea@target.example'), scope: 'newsletter' }, SAID, DEFAULT_POLICY, NOW);
  return ledger;
};

const over = async (ledger: MemoryLedger): Promise<OpenedConsole> =>
  openConsole({ deps: memoryDependencies({ ledger }) });

const downloaded = async (download: Download): Promise<string> => readFile(await download.path(), 'utf8');

describe('a list', () => {
  let opened: OpenedConsole;
  beforeAll(async () => {
    opened = await over(await filled());
  });

  const list = async (hash = '#/list') => {
    const tab = await opened.tab(hash);
    await tab.page.locator(ROWS).first().waitFor();
    return tab;
  };
  const have = (page: Page, wanted: readonly string[]) =>
    until(
      async () => (await rows(page)).sort(),
      (seen) => JSON.stringify(seen) === JSON.stringify([...wanted].sort()),
    );
  const EVERYBODY = [
    'al@target.example',
    'bea@target.example',
    'bea@target.example',
    'carl@target.example',
    'held@other.example',
    'old@other.example',
  ];

  test('tells of each entry what it is, and links to all that is known', async () => {
    const { page } = await list();
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await have(page, EVERYBODY);
    expect(await row('old@').textContent()).toMatch(
      /\*suppressedsoft-bounce2026-11-03 \d\d:\d\dended 2026-11-12 08:00\d{4}-/,
    );
    expect(await row('held@').textContent()).toMatch(/suppressedsoft-bounce2026-11-17 \d\d:\d\d2026-11-26 08:00\d{4}-/);
    expect(await row('al@').textContent()).toMatch(/allowedmanual2026-11-20 12:00no end/);
    await page.getByText('Entries 1–6 of 6').first().waitFor();
    await row('carl@').getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'carl@target.example' }).waitFor();
  });

  test('is searched while somebody types, and with Enter at once', async () => {
    const { page } = await list();
    const search = page.getByRole('searchbox', { name: 'Search addresses' });
    await search.pressSequentially('OTHER');
    await until(
      () => page.url(),
      (url) => url.endsWith('search=OTHER'),
    );
    await have(page, ['held@other.example', 'old@other.example']);
    await page.getByText('Entries 1–2 of 2, among all 6 looked at').first().waitFor();
    await search.fill('bea@target.example');
    await search.press('Enter');
    expect(page.url()).toContain('search=bea%40target.example');
    await have(page, ['bea@target.example', 'bea@target.example']);
    await search.fill('watched@other.example');
    await have(page, ['watched@other.example']);
    await page.getByText('1 entry of this address, looked up in every scope').first().waitFor();
    await search.fill('nobody@other.example');
    await page.getByText('The list has no such entry of this address').waitFor();
    await search.fill('');
    await have(page, EVERYBODY);
  });

  test('is narrowed down by each filter, which stays in the address', async () => {
    const { page, faults } = await list();
    await page.getByRole('button', { name: 'Reason: all' }).click();
    await page.getByRole('checkbox', { name: 'complaint' }).check();
    await page.getByRole('checkbox', { name: 'hard-bounce' }).check();
    await have(page, ['carl@target.example', 'bea@target.example']);
    await page.reload();
    await have(page, ['carl@target.example', 'bea@target.example']);
    await page.getByRole('button', { name: 'Reason: 2 chosen' }).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await have(page, EVERYBODY);
    await page.getByRole('radio', { name: 'allowed' }).check({ force: true });
    await have(page, ['al@target.example']);
    await page.getByRole('radio', { name: 'all', exact: true }).check({ force: true });
    await page.getByRole('combobox', { name: 'Scope' }).fill('newsletter');
    await page.getByRole('combobox', { name: 'Scope' }).press('Enter');
    await have(page, ['bea@target.example']);
    expect(await page.locator('tbody tr').textContent()).toContain('newsletter');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Changed from').fill('2026-11-20');
    await have(page, ['al@target.example', 'bea@target.example', 'held@other.example']);
    await page.getByLabel('to', { exact: true }).fill('2026-11-20');
    await have(page, ['al@target.example', 'bea@target.example', 'held@other.example']);
    await page.getByLabel('Changed from').fill('');
    await page.getByLabel('to', { exact: true }).fill('2026-11-10');
    await have(page, ['bea@target.example', 'carl@target.example', 'old@other.example']);
    expect(page.url()).toContain('to=2026-11-10');
    expect(faults).toEqual([]);
  });

  test('what makes no sense is told, and can be cleared', async () => {
    const { page } = await list();
    await page.getByRole('combobox', { name: 'Scope' }).fill('two words');
    await page.getByRole('combobox', { name: 'Scope' }).press('Enter');
    await page.getByRole('alert').getByText('expected *, a stream such as newsletter').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await have(page, EVERYBODY);
  });

  test('is exported as it is narrowed down', async () => {
    const { page } = await list('#/list?search=target&from=2026-11-01');
    await page.getByText('Entries 1–4 of 4').first().waitFor();
    const shown = await rows(page);
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    expect(csv.suggestedFilename()).toBe('suppressions-2026-11-20.csv');
    const [head, ...table] = (await downloaded(csv)).trim().split('\r\n');
    expect(head).toBe('address,scope,status,reason,since,until,updatedAt');
    expect(table.map((line) => line.split(',')[0])).toEqual(shown);
    const [ndjson] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export NDJSON' }).click(),
    ]);
    const entries = lines(await downloaded(ndjson)) as unknown as ListEntry[];
    expect(entries.map(({ address }) => address)).toEqual(shown);
    expect(entries.find(({ address }) => address.startsWith('carl'))).toHaveProperty('evidence');
  });

  test.each(LOOKS)('has nothing that axe finds wrong (%s, %i px), and nothing is too wide', async (theme, width) => {
    const { page, strayed, faults } = await opened.tab('#/list?search=target', { theme, width });
    await page.locator(ROWS).first().waitFor();
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Reason: all' }).click();
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Add address' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await page.evaluate('document.activeElement.labels[0].textContent')).toBe('Address');
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    expect([strayed, faults]).toEqual([[], []]);
  });

  test('has a card for each entry on a phone, as wide as it', async () => {
    const { page } = await opened.tab('#/list', { width: 360 });
    await page.locator(ROWS).first().waitFor();
    expect(await sideways(page)).toBe(0);
    const card = page.getByRole('row').filter({ hasText: 'old@' });
    expect((await card.boundingBox())?.width).toBeLessThanOrEqual(344);
  });
});

describe('adding an address', () => {
  test('asks for all it takes, tells what is wrong in place, and shows what was done', async () => {
    const ledger = new MemoryLedger({ now: () => NOW });
    const { page } = await (await over(ledger)).tab('#/list');
    await page.getByText('The list is empty').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add address' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an address' });
    const confirm = dialog.getByRole('button', { name: 'Add', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('Address').fill('no address');
    await dialog.getByLabel('Note').fill('asked by phone');
    await confirm.click();
    await dialog.getByRole('alert').getByText('is not one mailbox').waitFor();
    expect(ledger.items).toEqual([]);
    await dialog.getByLabel('Address').fill('Pat <PAT@target.example>');
    await dialog.getByLabel('Scope').fill('newsletter');
    await confirm.click();
    await page.getByText('pat@target.example is suppressed in the stream newsletter, without end.').first().waitFor();
    await until(
      () => rows(page),
      (seen) => seen.join() === 'pat@target.example',
    );
    expect(ledger.items[0]).toMatchObject({ operator: { M: { by: { S: 'pat' }, note: { S: 'asked by phone' } } } });
    await page.getByRole('link', { name: 'Show it' }).click();
    await page.getByRole('heading', { level: 1, name: 'pat@target.example' }).waitFor();
  });

  test('changes nothing when it is called off', async () => {
    const ledger = new MemoryLedger();
    const { page } = await (await over(ledger)).tab('#/list');
    await page.getByRole('button', { name: 'Add address' }).click();
    await page.getByLabel('Address', { exact: true }).fill('pat@target.example');
    await page.getByLabel('Note').fill('asked');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(ledger.items).toEqual([]);
  });
});

test('an AWS that says no is told in words, and asked again', async () => {
  const denied = Object.assign(new Error('not authorized to perform: dynamodb:Query'), {
    name: 'AccessDeniedException',
  });
  const ledger = await ledgerThatLearnt([bounce()]);
  let refuses = true;
  const recent = ledger.recent.bind(ledger);
  const asked = Object.assign(ledger, {
    recent: (...range: Parameters<typeof recent>) => {
      if (refuses) throw denied;
      return recent(...range);
    },
  });
  const { page } = await (await over(asked)).tab('#/list');
  const alert = page.getByRole('alert');
  await alert.getByText('not authorized to perform: dynamodb:Query').waitFor();
  expect(await alert.textContent()).toContain('AccessDenied');
  expect(await axe(page)).toEqual([]);
  refuses = false;
  await teach(ledger, [complaint({ to: 'ann@target.example' })]);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await until(
    () => rows(page),
    (seen) => seen.length === 2,
  );
  await teach(ledger, [complaint({ to: 'kim@target.example' })]);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await until(
    () => rows(page),
    (seen) => seen.includes('kim@target.example'),
  );
});

test('a copy of the list can be read and exported, and says where it is changed', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const copy = { table: 'Copy', policy: DEFAULT_POLICY, ledger, home: 'us-west-2', close: () => undefined };
  const opened = await openConsole({ deps: memoryDependencies({ overrides: { openList: async () => copy } }) });
  const { page } = await opened.tab('#/list');
  await page.getByText('It is changed in its home Region, us-west-2.').waitFor();
  await page.getByRole('link', { name: 'Export CSV' }).waitFor();
  expect(await page.getByRole('button', { name: 'Add address' }).count()).toBe(0);
});

test('an address stays on one line, and where it does not fit it is broken before its domain', async () => {
  const ledger = new MemoryLedger({ now: () => NOW });
  const address = addressOf('a.very.long.name.of.a.department@administration.example');
  await add(ledger, { address, scope: '*' }, { by: 'pat', note: 'x' }, DEFAULT_POLICY, NOW);
  const { tab } = await over(ledger);
  const linesAt = async (width: number) => {
    const { page, close } = await tab('#/list', { width });
    await page.getByRole('link', { name: address }).waitFor();
    const lines = await page.evaluate<
      string[]
    >(`[...document.querySelector('tbody th bdi').childNodes].flatMap((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top) + ' ' + node.textContent);
    })`);
    await close();
    return lines.map((line) => line.split(' ')) as [string, string][];
  };
  const [[left] = [], [right] = [], ...none] = await linesAt(1280);
  expect([right, none]).toEqual([left, []]);
  const narrow = await linesAt(360);
  expect(narrow.map(([, text]) => text)).toEqual(['a.very.long.name.of.a.department', '@administration.example']);
  expect(narrow[0]?.[0]).not.toBe(narrow[1]?.[0]);
});

test('what strangers wrote is text', async () => {
  const ledger = new MemoryLedger({ now: () => NOW });
  const hostile = HOSTILE.map((text, i) => ({
    address: `"${text.replace(/["\\]/g, '').slice(0, 50)}${i}"@x.example`,
    scope: text,
  }));
  for (const { address, scope } of hostile)
    await add(ledger, { address: addressOf(address), scope }, { by: scope, note: scope }, DEFAULT_POLICY, NOW);
  ledger.put({
    address: { S: 'a\u202eb@x.example' },
    scope: { S: '*' },
    status: { S: 'suppressed' },
    reason: { S: HOSTILE[0] },
    updatedAt: { S: '2026-11-20T12:00:00.000Z' },
    bucket: { S: '2026-11#0' },
  });
  const { page, faults, strayed } = await (await over(ledger)).tab('#/list');
  await page.locator(ROWS).first().waitFor();
  const text = await page.locator('tbody').textContent();
  for (const { scope } of hostile) expect(text).toContain(scope);
  expect(text).toContain('a\\u202eb@x.example');
  expect(text).not.toContain('\u202e');
  for (const [i, { address }] of hostile.entries()) {
    await page.goto(`${page.url().split('#')[0]}#/list`);
    await page.getByRole('link', { name: address.toLowerCase(), exact: true }).click();
    await page.getByRole('heading', { level: 1 }).getByText(address.toLowerCase()).waitFor();
    await page
      .getByText(HOSTILE[i] ?? '')
      .first()
      .waitFor();
    expect(await page.evaluate(HARM)).toBe(false);
  }
  expect([faults, strayed]).toEqual([[], []]);
});

test('the keyboard alone leads from the search to a removal', async () => {
  const ledger = await filled();
  const { page } = await (await over(ledger)).tab('#/list');
  await page.locator(ROWS).first().waitFor();
  await tabTo(page, 'Search addresses');
  await page.keyboard.type('carl@target.example');
  await page.keyboard.press('Enter');
  await until(
    () => rows(page),
    (seen) => seen.join() === 'carl@target.example',
  );
  await tabTo(page, 'carl@target.example');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'carl@target.example' }).waitFor();
  await page.getByRole('button', { name: 'Remove … everywhere' }).waitFor();
  await tabTo(page, 'Remove … everywhere');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Remove from the list' }).waitFor();
  await tabTo(page, 'Note');
  await page.keyboard.type('they asked');
  await page.keyboard.press('Enter');
  await page.getByText('carl@target.example is removed everywhere.').first().waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(ledger.items.find(({ address }) => address?.S === 'carl@target.example')?.status?.S).toBe('watched');
});
