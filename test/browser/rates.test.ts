import type { Page } from 'playwright-core';
import { MemoryMetrics } from '../../adapters/memory-metrics.ts';
import type { Rates } from '../../console/api.ts';
import { HOUR } from '../../core/instant.ts';
import type { Counter } from '../../core/rates/metric-reader.ts';
import { type Given, ledgerThatLearnt, memoryDependencies, NOW } from '../cli/harness.ts';
import { bounce, complaint } from '../cli/messages.ts';
import { axe, type Look, type OpenedConsole, openConsole, sideways, type Tab, tabTo, until } from './harness.ts';

const counters = {
  delivered: { metric: 'Feedback', rule: 'delivered' },
  bounced: { metric: 'Feedback', rule: 'hard-bounce' },
  complained: { metric: 'Feedback', rule: 'complaint' },
  simulated: { metric: 'SimulatorFeedback', rule: 'hard-bounce' },
  sent: { metric: 'Recipients', rule: 'sent' },
  withheld: { metric: 'Recipients', rule: 'suppressed' },
  receipts: { metric: 'StreamRecipients', rule: 'receipts' },
  others: { metric: 'StreamRecipients', rule: 'other' },
} as const satisfies Readonly<Record<string, Counter>>;

/** In every hour of ten days 97 mails arrive, 3 bounce and, by day, one is complained about. */
const usual = (): MemoryMetrics => {
  const reader = new MemoryMetrics();
  for (let hour = 1; hour <= 240; hour += 1) {
    const at = NOW - hour * HOUR;
    reader.count(counters.delivered, at, 97);
    reader.count(counters.bounced, at, 3);
    if (hour % 24 < 12) reader.count(counters.complained, at);
    reader.count(counters.sent, at, 100);
    reader.count(counters.receipts, at, 80);
    reader.count(counters.others, at, 20);
  }
  reader.count(counters.withheld, NOW - HOUR, 7);
  reader.count(counters.simulated, NOW - HOUR, 4);
  reader.rates = { bounces: 0.0312, complaints: 0.0004 };
  return reader;
};

const open = (given: Given): Promise<OpenedConsole> => openConsole({ deps: memoryDependencies(given) });

let opened: OpenedConsole;

beforeAll(async () => {
  const ledger = await ledgerThatLearnt([
    bounce(),
    bounce({ to: 'kim@target.example', id: 'kim' }),
    complaint({ to: 'sam@target.example' }),
  ]);
  opened = await open({ ledger, metrics: { reader: usual(), streams: ['receipts'] } });
});

const rateCard = (page: Page, name = 'Bounce rate') => page.getByRole('region', { name, exact: true });

const show = async (of: OpenedConsole, look: Look = {}, hash = '#/rates'): Promise<Tab> => {
  const tab = await of.tab(hash, look);
  await rateCard(tab.page).locator('canvas').waitFor();
  return tab;
};

/** What the server says to the page. */
const answer = (page: Page, hours = 24): Promise<Rates> =>
  page.evaluate<Rates>(`fetch('/api/rates?hours=${hours}').then((answer) => answer.json())`);

const minute = (iso = ''): string => iso.slice(0, 16).replace('T', ' ');

test("shows how both rates stand against SES's lines, which are drawn", async () => {
  const { page, faults, strayed } = await show(opened);
  const bounces = rateCard(page);
  expect(await bounces.locator('.rate-side').first().textContent()).toMatch(
    /^Ours, last 24 hours3 %72 bounces of 2,400 mails delivered or bounced!It is above half of the line at which SES reviews\.$/,
  );
  expect(await bounces.locator('.rate-side').last().textContent()).toContain('3.12 %');
  const complaints = rateCard(page, 'Complaint rate');
  expect(await complaints.locator('.rate-side').first().textContent()).toContain(
    'It is where SES may pause an account.',
  );
  expect(await bounces.locator('.plot-line').allInnerTexts()).toEqual(['SES reviews at 5 %', 'SES may pause at 10 %']);
  expect(await complaints.locator('.plot-line').allInnerTexts()).toEqual([
    'SES reviews at 0.1 %',
    'SES may pause at 0.5 %',
  ]);
  const [review, pause] = await bounces.locator('.plot-line').all();
  const over = await bounces.locator('.u-over').boundingBox();
  const at = async (line: typeof review) => ((await line?.boundingBox())?.y ?? 0) - (over?.y ?? 0);
  // The scale ends at 6.25 %.
  expect(await at(review)).toBeCloseTo((over?.height ?? 0) * 0.2, -1);
  expect(await pause?.getAttribute('class')).toContain('above');
  expect(await bounces.getByRole('img').getAttribute('aria-label')).toMatch(
    /^Bounce rate over the last 24 hours: 3 % at the end, highest 3 % at 2026-11-19 12:00\. SES reviews at 5 % and may pause at 10 %\.$/,
  );
  expect([faults, strayed]).toEqual([[], []]);
});

test('both lines are in the plot once the rate is near the upper one', async () => {
  const reader = new MemoryMetrics();
  reader.count(counters.delivered, NOW - HOUR, 94);
  reader.count(counters.bounced, NOW - HOUR, 6);
  const { page } = await show(await open({ metrics: { reader } }));
  const lines = rateCard(page).locator('.plot-line');
  const tops = await lines
    .all()
    .then((all) => Promise.all(all.map(async (line) => (await line.boundingBox())?.y ?? 0)));
  expect(tops[0]).toBeGreaterThan(tops[1] ?? Number.NaN);
  expect(await lines.last().getAttribute('class')).toBe('plot-line bad');
});

test('a pointer over a plot gives the numbers of the point beneath it, in both', async () => {
  const { page } = await show(opened);
  const { points } = await answer(page);
  const over = await rateCard(page).locator('.u-over').boundingBox();
  if (over === null) throw new Error('there is no plot');
  const reading = rateCard(page).locator('.reading');
  const hint = await reading.textContent();
  const i = 203;
  await page.mouse.move(over.x + (over.width * i) / (points.length - 1), over.y + 40);
  const point = points[i];
  const words = `${minute(point?.at)}: 3 %, 72 bounces of 2,400 mails in 24 hours; in its 5 minutes: ${point?.bounces} of ${point?.volume}.`;
  await until(
    () => reading.textContent(),
    (text) => text === words,
  );
  expect(await rateCard(page, 'Complaint rate').locator('.reading').textContent()).toContain(
    `${minute(point?.at)}: 0.5 %, 12 complaints`,
  );
  await page.mouse.move(5, 5);
  await until(
    () => reading.textContent(),
    (text) => text === hint,
  );
});

test('the arrow keys move the cursor of a focused plot', async () => {
  const { page } = await show(opened);
  const { points } = await answer(page);
  await tabTo(page, 'Point in time');
  const reading = rateCard(page).locator('.reading');
  const isAt = (i: number) =>
    until(
      () => reading.textContent(),
      (text) => text?.startsWith(`${minute(points.at(i)?.at)}: `) === true,
    );
  await isAt(-1);
  const keys = rateCard(page).getByRole('slider', { name: 'Point in time' });
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await isAt(-3);
  expect(await keys.getAttribute('aria-valuetext')).toBe(await reading.textContent());
  await page.keyboard.press('ArrowRight');
  await isAt(-2);
  await page.mouse.move(5, 5);
  const box = await rateCard(page).locator('.u-over').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 50, (box?.y ?? 0) + 50);
  await until(
    () => reading.textContent(),
    (text) => text?.startsWith('2026-11-19') === true,
  );
  await page.mouse.move(5, 5);
  expect(await reading.textContent()).toMatch(/^2026-11-19/);
  await page.keyboard.press('Home');
  await isAt(0);
  const cursor = await rateCard(page).locator('.u-cursor-x').boundingBox();
  const over = await rateCard(page).locator('.u-over').boundingBox();
  expect(Math.abs((cursor?.x ?? Number.NaN) - (over?.x ?? 0))).toBeLessThan(2);
  await page.keyboard.press('Tab');
  await until(
    () => reading.textContent(),
    (text) => text?.startsWith('Each point') === true,
  );
});

test('the numbers of a plot are there as a table', async () => {
  const { page } = await show(opened);
  const { points } = await answer(page);
  const toggle = rateCard(page).getByRole('button', { name: 'Show as table' });
  expect(await toggle.getAttribute('aria-expanded')).toBe('false');
  await toggle.click();
  const table = rateCard(page).getByRole('table');
  const rows = await page.evaluate<string[][]>(
    `[...document.querySelector('.rate table').tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent))`,
  );
  const rate = (of: number | null) => (of === null ? '–' : `${Number((of * 100).toPrecision(3))} %`);
  expect(rows).toEqual(
    [...points]
      .reverse()
      .map((point) => [
        minute(point.at),
        rate(point.bounceRate),
        ...[point.day.bounces, point.day.volume, point.bounces, point.volume].map((of) =>
          Number(of).toLocaleString('en-US'),
        ),
      ]),
  );
  expect(rows).toHaveLength(288);
  await rateCard(page).getByRole('button', { name: 'Hide table' }).click();
  expect(await table.count()).toBe(0);
});

test('volume by stream, reasons that lead to the list, feedback, recipients', async () => {
  const { page } = await show(opened);
  const volume = page.getByRole('region', { name: 'Recipients sent to, by stream', exact: true });
  expect(await volume.locator('.plot-legend li').allInnerTexts()).toEqual(['receipts 1,920', 'other or no stream 480']);
  await volume.getByRole('slider').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await until(
    () => volume.locator('.reading').textContent(),
    (text) => text === '2026-11-19 12:00: receipts 80, other or no stream 20.',
  );
  const over = await volume.locator('.u-over').boundingBox();
  if (over === null) throw new Error('there is no plot');
  // Three quarters through a step it still is that step.
  await page.mouse.move(over.x + (over.width * 12.75) / 288, over.y + 40);
  await until(
    () => volume.locator('.reading').textContent(),
    (text) => text === '2026-11-19 13:00: receipts 80, other or no stream 20.',
  );
  const bars = (name: string) => page.getByRole('list', { name, exact: true }).getByRole('listitem').allInnerTexts();
  const words = async (name: string) => (await bars(name)).map((text) => text.split(/\s+/).join(' '));
  expect(await words('Changed in the list, by reason')).toEqual(['hard-bounce 2 67 %', 'complaint 1 33 %']);
  expect(await words('Feedback, by rule')).toEqual([
    'delivered 2,328 97 %',
    'hard-bounce 72 3 %',
    'complaint 12 0.5 %',
  ]);
  expect(await words('Feedback of the mailbox simulator')).toEqual(['hard-bounce 4 100 %']);
  const recipients = page.getByRole('region', { name: 'Recipients of sends' });
  expect((await recipients.locator('dd').allInnerTexts()).join(' ')).toBe('2,400 7 0');
  await page.getByRole('link', { name: 'hard-bounce' }).click();
  await until(
    () => page.url(),
    (url) => url.endsWith('#/list?reason=hard-bounce&from=2026-11-19'),
  );
});

test('another window is chosen, and stands in the address', async () => {
  const { page } = await show(opened);
  await page.getByRole('radio', { name: 'Week' }).check();
  await until(
    () => page.url(),
    (url) => url.endsWith('#/rates?hours=168'),
  );
  await rateCard(page).getByText('504 bounces of 16,800 mails').waitFor();
  await page.goto(`${opened.origin}/#/rates?hours=48`);
  await rateCard(page).getByText('144 bounces of 4,800 mails').waitFor();
  expect(await page.getByRole('radio', { name: '48 hours' }).isChecked()).toBe(true);
});

test('a plot takes the colours of the theme that is chosen, and the width of its place', async () => {
  const { page, faults } = await show(opened);
  const pixels = () => page.evaluate<string>(`document.querySelector('.rate canvas').toDataURL()`);
  const light = await pixels();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await until(pixels, (now) => now !== light);
  await page.getByRole('radio', { name: 'Light' }).check();
  await until(pixels, (now) => now === light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await pixels()).toBe(light);
  const width = async () => (await rateCard(page).locator('canvas').boundingBox())?.width ?? 0;
  const before = await width();
  await page.setViewportSize({ width: 700, height: 800 });
  await until(width, (now) => now > before + 50);
  await page.setViewportSize({ width: 360, height: 740 });
  await until(width, (now) => now > 0 && now < 330);
  expect(faults).toEqual([]);
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each([1280, 360])('at %i pixels, axe finds nothing and nothing scrolls sideways', async (width) => {
    const { page, faults } = await show(opened, { theme, width }, '#/rates?hours=6');
    await page.getByRole('button', { name: 'Show as table' }).first().click();
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(faults).toEqual([]);
  });

  test('nothing was counted', async () => {
    const { page } = await (await open({})).tab('#/rates', { theme, width: 360 });
    await page.getByText('Nothing was counted in this time').waitFor();
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  });

  test('CloudWatch says no: the problem names what to ask for, and can be tried again', async () => {
    const reader = usual();
    const { sums } = reader;
    reader.sums = () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: {} }));
    const { page } = await (await open({ metrics: { reader } })).tab('#/rates', { theme, width: 360 });
    await page.getByRole('alert').getByText('cloudwatch:GetMetricData').waitFor();
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
    reader.sums = sums;
    await page.getByRole('button', { name: 'Try again' }).click();
    await rateCard(page).locator('canvas').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

test('where nothing tells how many mails there were, rates are unknown and it says why', async () => {
  const reader = new MemoryMetrics();
  reader.count(counters.bounced, NOW - HOUR, 40);
  const { page } = await show(await open({ metrics: { reader } }));
  await page.getByText('nothing came in that says how many mails there were').waitFor();
  expect(await rateCard(page).textContent()).toMatch(/Ours, last 24 hoursunknown40 bounces/);
  await rateCard(page).getByText('No rate: nothing tells how many mails there were.').waitFor();
  await page.getByText('No stream is counted for itself.').waitFor();
  expect(await axe(page)).toEqual([]);
});

test('while it is asked, the place of the numbers is held', async () => {
  const reader = usual();
  const { sums } = reader;
  let go: () => void = () => undefined;
  const gate = new Promise<void>((done) => {
    go = done;
  });
  reader.sums = async (...of) => {
    await gate;
    return sums.apply(reader, of);
  };
  const { page } = await (await open({ metrics: { reader } })).tab('#/rates', { width: 360 });
  await page.getByRole('status').getByText('Loading the rates').waitFor();
  expect([await page.locator('.skeleton').count(), await axe(page), await sideways(page)]).toEqual([3, [], 0]);
  go();
  await rateCard(page).locator('canvas').waitFor();
  expect(await page.locator('.skeleton').count()).toBe(0);
});

test('only the mailbox simulator was mailed: the page says why the charts are empty', async () => {
  const reader = new MemoryMetrics();
  reader.count(counters.simulated, NOW - HOUR, 4);
  const { page } = await show(await open({ metrics: { reader } }));
  await page.getByText('Feedback of the mailbox simulator is left out of rates, as SES does').waitFor();
  await rateCard(page).getByText('No rate: the mailbox simulator is left out.').waitFor();
  const simulator = page.getByRole('list', { name: 'Feedback of the mailbox simulator' });
  expect(await simulator.locator('.bar-name, .bar-count, .bar-share').allTextContents()).toEqual([
    'hard-bounce',
    '4',
    '100 %',
  ]);
});
