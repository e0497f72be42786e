import type { Page } from 'playwright-core';
import { focusedName, openConsole, type Tab, until } from './harness.ts';

const BOX = 'Feedback that could not be applied';

/**
 * Evaluated in a page: what is wrong with the focus; empty if nothing is. It is on something, which is drawn with a ring and is in
 * sight. Headings and what is told take it to be read, not to be acted on: they have no ring.
 */
const FOCUS = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return 'nothing has the focus';
  if (at.matches('h1, h3, main, dialog, .box-outcome')) return '';
  // the calendar's button within it, around which the browser draws its own
  if (at.matches('input[type=date]:focus-within:not(:focus)')) return '';
  const ring = (element, pseudo) => {
    if (element === null) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element, pseudo);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const ringed = ring(at) || ring(at, '::after') || ring(at.nextElementSibling) || ring(at.closest('.plot'));
  const drawn = (at.matches('input[type=radio]') ? at.closest('label') : at.closest('.plot')) ?? at;
  const { left, top, width, height } = drawn.getBoundingClientRect();
  const inSight = [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
    const there = document.elementFromPoint(left + width * x, top + height * y);
    return there !== null && (drawn.contains(there) || there.contains(drawn) && there.closest('dialog') === drawn.closest('dialog') && there.closest('main, header, nav, dialog') !== null);
  }));
  return ringed && inSight ? '' : (ringed ? 'out of sight: ' : 'no ring: ') + at.outerHTML.slice(0, 160);
})()`;

const focusFault = (page: Page): Promise<string> => page.evaluate<string>(FOCUS);

/** Goes on with Tab to what has a name; at every stop the focus can be seen. */
const stepTo = async (page: Page, name: string | RegExp): Promise<void> => {
  const passed: string[] = [];
  for (let pressed = 0; pressed < 120; pressed += 1) {
    await page.keyboard.press('Tab');
    const fault = await focusFault(page);
    const focused = await focusedName(page);
    // past the last stop a browser goes to its own bar, which here is none
    if (fault !== 'nothing has the focus') expect(fault).toBe('');
    if (fault === '' && (typeof name === 'string' ? focused === name : name.test(focused))) return;
    passed.push(focused.slice(0, 30));
  }
  throw new Error(`no Tab leads to ${String(name)}; on the way: ${passed.join(' · ')}`);
};

/** Goes to something and presses it. */
const press = async (page: Page, name: string | RegExp): Promise<void> => {
  await stepTo(page, name);
  await page.keyboard.press('Enter');
};

const isAt = async (page: Page, view: string): Promise<void> => {
  await until(
    () => focusedName(page),
    (name) => name === view,
  );
};

describe('with the keyboard alone', () => {
  const parked: unknown[] = [];
  let tab: Tab;
  let dead = '';

  beforeAll(async () => {
    const opened = await openConsole({ cloud: { onParked: (one) => parked.push(one) } });
    opened.cloud?.topic.publish('no feedback');
    await until(
      () => parked.length,
      (count) => count === 1,
    );
    tab = await opened.tab('#/try');
    await tab.page.getByRole('form', { name: 'Mail' }).waitFor();
  });

  /** After whatever was pressed the focus is on something that can be seen, at once and when all is done. */
  const keepsFocus = async (): Promise<void> => {
    await until(
      () => focusFault(tab.page),
      (fault) => fault === '',
    );
  };

  test('the navigation is skipped, a mail is written and sent', async () => {
    const { page } = tab;
    await page.keyboard.press('Tab');
    expect(await focusedName(page)).toBe('Skip to the content');
    expect(await focusFault(page)).toBe('');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focusedName(page)).toMatch(/^From/);
    await stepTo(page, 'To');
    dead = await page.getByLabel('To', { exact: true }).inputValue();
    await stepTo(page, 'Subject');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('By keyboard');
    await press(page, 'Send');
    const outcome = page.getByRole('region', { name: 'What became of it' });
    await outcome.getByText('Sent to 1 recipient.').waitFor();
    await keepsFocus();
    await page
      .getByRole('region', { name: 'Watch it travel' })
      .getByText(/is suppressed everywhere/)
      .waitFor();
  });

  test('what became of it is seen in Now, and its message read', async () => {
    const { page } = tab;
    await press(page, 'Now');
    await isAt(page, 'Now');
    await page.locator('.feed-row').filter({ hasText: 'hard-bounce' }).waitFor();
    await stepTo(page, dead);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'As it was' }).waitFor();
    await keepsFocus();
    expect(await page.evaluate('document.querySelector("dialog").contains(document.activeElement)')).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focusedName(page)).toBe(dead);
    await page.keyboard.press('Enter');
    await dialog.getByRole('link', { name: dead }).waitFor();
    await press(page, dead);
    await page.getByRole('heading', { level: 1, name: dead }).waitFor();
    await keepsFocus();
  });

  test('its entry is removed, with a note', async () => {
    const { page } = tab;
    await page.getByRole('button', { name: 'Remove … everywhere' }).waitFor();
    await press(page, 'Remove … everywhere');
    const dialog = page.getByRole('dialog', { name: 'Remove from the list' });
    await dialog.waitFor();
    await keepsFocus();
    await stepTo(page, 'Note');
    await page.keyboard.type('it works again');
    await press(page, 'Remove');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('it works again').first().waitFor();
    await keepsFocus();
  });

  test('the list is filtered and exported', async () => {
    const { page } = tab;
    await press(page, 'List');
    await isAt(page, 'List');
    const download = page.waitForEvent('download');
    await press(page, 'Export CSV');
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    await keepsFocus();
    await press(page, /^Reason:/);
    await page.getByRole('checkbox', { name: 'complaint' }).waitFor();
    await stepTo(page, 'complaint');
    await page.keyboard.press('Space');
    await page.getByText('Nothing is like that').waitFor();
    await page.keyboard.press('Escape');
    expect(await focusedName(page)).toMatch(/^Reason:/);
    await press(page, /^Clear/);
    await keepsFocus();
  });

  test('Health looks again, and a dead letter is put back', async () => {
    const { page } = tab;
    await press(page, 'Health');
    await isAt(page, 'Health');
    await page.getByRole('heading', { name: 'Checks' }).waitFor();
    await press(page, 'Look again');
    await keepsFocus();
    await press(page, `Look inside: ${BOX}`);
    await page.getByRole('row').filter({ hasText: 'NotJson' }).waitFor();
    await keepsFocus();
    await press(page, `Put all back: ${BOX}`);
    await page.getByRole('dialog').waitFor();
    await keepsFocus();
    await press(page, 'Put back');
    await page.getByText('1 letter moved to the feedback queue.').first().waitFor();
    await keepsFocus();
    await until(
      () => parked.length,
      (count) => count === 2,
    );
  });

  test('every stop of every view can be seen', async () => {
    const { page } = tab;
    for (const view of ['Rates', 'Inbox', 'Try it', 'Now', 'List', 'Health']) {
      await press(page, view);
      await isAt(page, view);
      await stepTo(page, view);
    }
    expect([tab.faults, tab.strayed, tab.refused]).toEqual([[], [], []]);
  });
});
