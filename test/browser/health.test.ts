import type { Page } from 'playwright-core';
import { MemoryLetters, MemoryOutbox } from '../../adapters/memory-letters.ts';
import type { LetterBox } from '../../core/redrive/letters.ts';
import type { LocalCloud } from '../../local/cloud.ts';
import { mailTo } from '../../local/loop/send-mail.ts';
import { World } from '../cli/doctor/healthy.ts';
import { memoryDependencies, NOW } from '../cli/harness.ts';
import { type OpenBox, openingBoxes } from '../cli/letter-boxes.ts';
import { bounce } from '../cli/messages.ts';
import { request, why } from '../core/redrive/letters.ts';
import { axe, type Look, openConsole, sideways, type Tab, tabTo, until } from './harness.ts';

const SENDS = 'Queued requests that could not be sent';
const FEEDBACK = 'Feedback that could not be applied';
const HOSTILE = '<img src=x onerror="document.title=1"><script>alert(1)</script>';

const letters = (): MemoryLetters => {
  const box = new MemoryLetters();
  for (const n of [1, 2])
    box.add({
      messageId: `q-${n}`,
      body: JSON.stringify(request),
      attributes: why('QuotaExceeded', 'Daily message quota exceeded.'),
      sentAt: NOW - n * 3_600_000,
    });
  box.add({ messageId: 'bad', body: '[]', attributes: why('InvalidRequest', 'got a list'), sentAt: NOW - 60_000 });
  return box;
};

const sick = (): World => {
  const world = new World();
  world.account.sendingEnabled = false;
  world.protection = false;
  world.faults['metrics.latest'] = Object.assign(new Error('not authorized to perform: cloudwatch:GetMetricData'), {
    name: 'AccessDenied',
  });
  return world;
};

interface Given {
  readonly world?: World;
  readonly open?: OpenBox;
}

const over = ({ world = new World(), open = async () => ({}) }: Given = {}) =>
  openConsole({
    deps: memoryDependencies({
      world,
      overrides: {
        openLetters: openingBoxes(open),
      },
    }),
  });

const holding = (of: MemoryLetters, outbox = new MemoryOutbox(), box: LetterBox = 'sends') =>
  over({ world: sick(), open: async (asked) => (asked === box ? { letters: of, outbox } : {}) });

const box = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const confirmed = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Put back' });

const show = async (opened: Awaited<ReturnType<typeof over>>, look: Look = {}): Promise<Tab> => {
  const tab = await opened.tab('#/health', look);
  await tab.page.getByRole('heading', { name: 'Checks' }).waitFor();
  await tab.page.getByRole('heading', { name: FEEDBACK }).waitFor();
  return tab;
};

describe('on a local cloud', () => {
  const parked: unknown[] = [];
  let cloud: LocalCloud;
  let tab: Tab;

  beforeAll(async () => {
    const opened = await openConsole({ cloud: { onParked: (one) => parked.push(one) } });
    if (opened.cloud === undefined) throw new Error('it was opened over no cloud');
    cloud = opened.cloud;
    tab = await show(opened);
  });

  test('says what there is not here, and what is checked on AWS only', async () => {
    const { page } = tab;
    await box(page, 'Feedback that the topic could not deliver').getByText('no such queue here').waitFor();
    expect(await page.getByText(/^Not checked locally: /).textContent()).toContain('table-protection');
  });

  test('a bounce that was set aside goes back, and its address is mailed no more', async () => {
    const { page } = tab;
    cloud.deadLetterQueue.send(JSON.stringify(bounce({ to: 'late@target.example' })));
    await button(page, 'Refresh').click();
    await button(page, `Put all back: ${FEEDBACK}`).click();
    await confirmed(page).click();
    await box(page, FEEDBACK).getByText('1 letter moved to the feedback queue.').waitFor();
    await box(page, FEEDBACK).getByText('no dead letters').waitFor();
    await until(
      () => cloud.isSettled(),
      (settled) => settled,
    );
    const outcome = await cloud.invoke('send', mailTo(['late@target.example']));
    expect(JSON.stringify(outcome)).toMatch(/suppressed.*late@target\.example.*hard-bounce/);
    expect(cloud.inbox.accepted).toBe(0);
  });

  test('feedback that nobody can read is seen, looked into, put back, and comes back', async () => {
    const { page, faults, strayed } = tab;
    const before = parked.length;
    cloud.topic.publish(`no feedback ${HOSTILE}`);
    await until(
      () => parked.length,
      (count) => count === before + 1,
    );
    await button(page, 'Look again').click();
    await box(page, FEEDBACK).getByText('1 letter', { exact: true }).waitFor();
    const attention = page.getByRole('region', { name: 'Needs attention' });
    expect(await attention.textContent()).toContain('1 dead letter');

    await button(page, `Look inside: ${FEEDBACK}`).click();
    const row = page.getByRole('row').filter({ hasText: 'NotJson' });
    expect(await row.textContent()).toContain('no feedback <img src=x');
    expect(await page.locator('main img, main script').count()).toBe(0);

    await row.getByRole('button').click();
    await button(page, 'Cancel').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(cloud.deadLetterQueue.size).toBe(1);

    await row.getByRole('button').click();
    expect(await page.getByRole('dialog').textContent()).toMatch(
      /go back to the feedback queue[\s\S]*Nobody is mailed twice by it/,
    );
    await confirmed(page).click();
    await box(page, FEEDBACK).getByText('1 letter moved to the feedback queue.').waitFor();
    await until(
      () => parked.length,
      (count) => count === before + 2,
    );
    await button(page, 'Refresh').click();
    await box(page, FEEDBACK).getByText('1 letter', { exact: true }).waitFor();
    expect([faults, strayed]).toEqual([[], []]);
  });
});

describe('the checks', () => {
  test('what is wrong comes first, with what to do, and commands can be copied', async () => {
    const { page, context } = await show(await over({ world: sick() }));
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    expect(await page.getByText(/^2 wrong; /).count()).toBe(1);
    const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(headings).toEqual(['Needs attention', 'Dead letters', 'Checks']);
    const finding = page.getByRole('region', { name: 'Needs attention' }).getByRole('listitem').first();
    expect(await finding.textContent()).toMatch(/wrongaccount is paused[\s\S]*When the cause is gone:/);
    await finding.getByRole('button', { name: 'Copy the command' }).click();
    await finding.getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('ses-suppressor resume --account');
  });

  test('what is fine is folded up, and unfolds by keyboard', async () => {
    const { page } = await show(await over());
    await page.getByText('Nothing is wrong', { exact: true }).waitFor();
    expect(await page.getByRole('region', { name: 'Needs attention' }).count()).toBe(0);
    const group = page.getByRole('region', { name: 'Account', exact: true });
    expect(await group.getByRole('listitem').count()).toBe(0);
    await tabTo(page, /\d+ ok$/);
    await page.keyboard.press('Enter');
    expect(await group.getByRole('listitem').first().textContent()).toContain('is deployed');
  });

  test('says that it takes a while, then what keeps it from looking, and looks again when told to', async () => {
    const world = new World();
    const { page } = await (await over({ world })).tab();
    let answer: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const error = { code: 'StackNotFound', message: 'there is no stack "Suppressor"', remedy: 'Give --stack.' };
    await page.route('**/api/health*', async (route) => {
      await gate;
      await route.fulfill({ status: 404, json: { error } });
    });
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByText('SES is asked once a second').waitFor();
    await page.getByRole('heading', { name: FEEDBACK }).waitFor();
    expect(await axe(page)).toEqual([]);
    answer();
    await page.getByRole('alert').getByText('there is no stack "Suppressor"').waitFor();
    expect(await page.getByRole('heading', { name: FEEDBACK }).count()).toBe(1);
    await page.unroute('**/api/health*');
    await button(page, 'Try again').click();
    await page.getByText('Nothing is wrong', { exact: true }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    world.account.sendingEnabled = false;
    await button(page, 'Look again').click();
    await page
      .getByText(/^1 wrong; /)
      .first()
      .waitFor();
  });
});

describe('dead letters', () => {
  test('are counted by cause, and one cause goes back alone', async () => {
    const [held, outbox] = [letters(), new MemoryOutbox()];
    const { page } = await show(await holding(held, outbox));
    await button(page, `Look inside: ${SENDS}`).click();
    const cells = await page.getByRole('row').nth(1).getByRole('cell').allInnerTexts();
    expect(cells.slice(0, 4)).toEqual(['2', '2', '2026-11-20 10:00', 'Daily message quota exceeded. (key sqs-q-2)']);
    expect(await page.getByRole('row').nth(2).textContent()).toContain('its body is no JSON object, and stays');
    expect(await page.getByRole('row').nth(2).getByRole('button').count()).toBe(0);
    await button(page, 'Put back 2 letters with the cause QuotaExceeded').click();
    expect(await page.getByRole('dialog').textContent()).toContain('a request goes back with its key');
    await confirmed(page).click();
    await page.getByText('2 letters moved to the send queue.').first().waitFor();
    expect(outbox.received).toHaveLength(2);
    await box(page, SENDS).getByText('1 letter', { exact: true }).waitFor();
  });

  test('say what stays, and why', async () => {
    const { page } = await show(await holding(letters()));
    await button(page, `Put all back: ${SENDS}`).click();
    await confirmed(page).click();
    await box(page, SENDS).getByText('1 letter stayed: is no request: its body is no JSON object.').waitFor();
  });

  test('one queue that may not be looked at hides none of the others', async () => {
    const denied = Object.assign(new Error('not authorized to perform: sqs:GetQueueAttributes'), {
      name: 'AccessDenied',
    });
    const held = letters();
    const opened = await over({
      open: async (asked) => {
        if (asked === 'feedback') throw denied;
        return asked === 'sends' ? { letters: held, outbox: undefined } : {};
      },
    });
    const { page } = await show(opened);
    await box(page, FEEDBACK).getByRole('alert').getByText('not authorized to perform').waitFor();
    await box(page, SENDS).getByText('They have nowhere to go back to.').waitFor();
    expect(await button(page, `Put all back: ${SENDS}`).count()).toBe(0);
  });

  test('while they move it says so, and a second move is refused', async () => {
    const held = letters();
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const outbox = new MemoryOutbox();
    const put = outbox.put.bind(outbox);
    outbox.put = async (...given) => {
      await gate;
      await put(...given);
    };
    const opened = await holding(held, outbox);
    const first = await show(opened);
    const second = await show(opened);
    await button(first.page, `Put all back: ${SENDS}`).click();
    await confirmed(first.page).click();
    await box(first.page, SENDS).getByText('moving …').waitFor();
    await button(second.page, `Put all back: ${SENDS}`).click();
    await confirmed(second.page).click();
    await box(second.page, SENDS).getByRole('alert').getByText('are being moved').waitFor();
    go();
    await box(first.page, SENDS).getByText('2 letters moved to the send queue.').waitFor();
    expect(second.refused).toEqual(['409 POST /api/queues/redrive']);
  });

  test('are put back without a mouse', async () => {
    const [held, outbox] = [letters(), new MemoryOutbox()];
    const { page } = await show(await holding(held, outbox));
    await tabTo(page, `Put all back: ${SENDS}`);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe(`Put all back: ${SENDS}`);
    expect(outbox.received).toHaveLength(0);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, 'Put back');
    await page.keyboard.press('Enter');
    const told = page.getByText('2 letters moved to the send queue.').first();
    await told.waitFor();
    await until(
      () => page.evaluate<string>('document.activeElement.className'),
      (focused) => focused === 'box-outcome',
    );
    await tabTo(page, `Close: ${SENDS}`);
    await page.keyboard.press('Enter');
    await until(
      () => box(page, SENDS).getByText('moved to').count(),
      (count) => count === 0,
    );
    expect(await page.evaluate('document.activeElement.textContent')).toBe(SENDS);
  });

  test('whatever a stranger wrote in them is text', async () => {
    const held = new MemoryLetters();
    held.add({ messageId: `m-${HOSTILE}`, body: HOSTILE, attributes: why(`Code\u202e${HOSTILE}`, HOSTILE), sentAt: 0 });
    const opened = await holding(held, new MemoryOutbox(), 'feedback');
    const { page, faults, strayed } = await show(opened, { width: 360 });
    await button(page, `Look inside: ${FEEDBACK}`).click();
    const row = page.getByRole('row').nth(1);
    expect(await row.textContent()).toContain(`Code\\u202e${HOSTILE}`);
    await row.getByRole('button').click();
    expect(await page.getByRole('dialog').textContent()).toContain(`Code\\u202e${HOSTILE}`);
    expect(await page.locator('main img, main script, dialog img').count()).toBe(0);
    await confirmed(page).click();
    await page.getByText('1 letter moved to the feedback queue.').first().waitFor();
    expect([await page.title(), await sideways(page)]).toEqual(['Health · ses-suppressor', 0]);
    expect([faults, strayed]).toEqual([[], []]);
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each([1280, 360])('axe finds nothing at %i px, and nothing is too wide', async (width) => {
    const { page } = await show(await holding(letters()), { theme, width });
    for (const fold of await page.locator('summary').all()) await fold.click();
    await button(page, `Look inside: ${SENDS}`).click();
    await page.getByRole('table').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await button(page, `Put all back: ${SENDS}`).click();
    expect(await axe(page)).toEqual([]);
    await confirmed(page).click();
    await page.getByText('2 letters moved').first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
  });
});

test('over a table alone it says once that nothing else is known, and what to start', async () => {
  const target = { stack: 'Suppressor', table: 'Suppressions' };
  const { tab } = await openConsole({ deps: memoryDependencies({ world: new World() }), target });
  const { page } = await tab('#/health');
  await page.getByText('Start it with --stack in place of --table.').waitFor();
  await until(
    () => page.locator('.loading').count(),
    (count) => count === 0,
  );
  expect(await page.getByRole('alert').count()).toBe(1);
  expect(await page.getByText('no such queue here').count()).toBe(0);
});
