import type { Page } from 'playwright-core';
import { MemoryAccountList } from '../../adapters/memory-account-list.ts';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { type Evidence, emptyEntry } from '../../core/entry/entry.ts';
import { add } from '../../core/ledger/add.ts';
import { remove } from '../../core/ledger/remove.ts';
import { addressOf } from '../adapters/samples.ts';
import { type Given, ledgerThatLearnt, memoryDependencies, NOW, teach } from '../cli/harness.ts';
import { bounce, complaint, delivery, softBounces } from '../cli/messages.ts';
import { axe, LOOKS, type Look, openConsole, sideways, tabTo, until } from './harness.ts';
import { HARM, HOSTILE } from './hostile.ts';

const PAT = 'pat@target.example';
const AT_PAT = '#/entry/pat%40target.example';
const PAT_KEY = { address: addressOf(PAT), scope: '*' };
const SAID = { by: 'sam', note: 'works again, ticket 812' };

const entry = async (given: Given, hash = AT_PAT, look: Look = {}) => {
  const tab = await (await openConsole({ deps: memoryDependencies(given) })).tab(hash, look);
  await tab.page.getByLabel('May it be mailed in the stream').waitFor();
  return tab;
};

const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name });
const section = (page: Page, name: string) => page.getByRole('region', { name });
const statusOf = (ledger: MemoryLedger, scope = '*') =>
  ledger.items.find((item) => item.address?.S === PAT && item.scope?.S === scope)?.status?.S;

const sesList = (...given: string[]) =>
  new MemoryAccountList({ listed: given.map((each) => ({ given: each, reason: 'BOUNCE', updatedAt: NOW })) });

/** Soft bounces, a delivery, a hard bounce, a removal, a complaint; and an addition in a stream. */
const eventful = async (): Promise<MemoryLedger> => {
  const ledger = await ledgerThatLearnt([
    ...softBounces(2, Date.UTC(2026, 10, 2, 8)),
    delivery({ at: '2026-11-04T09:00:00Z', id: 'd-1' }),
    bounce({ at: '2026-11-06T09:00:00Z', id: 'b-1' }),
  ]);
  await remove(ledger, PAT_KEY, SAID, DEFAULT_POLICY, Date.UTC(2026, 10, 8));
  await teach(ledger, [complaint({ at: '2026-11-19T09:00:00Z', id: 'c-1' })]);
  await add(ledger, { ...PAT_KEY, scope: 'newsletter' }, { by: 'kim', note: 'left the club' }, DEFAULT_POLICY, NOW);
  return ledger;
};

describe('an address', () => {
  test('is told scope by scope: how it stands, why, what would lift it', async () => {
    const { page, faults, strayed } = await entry({ ledger: await eventful() });
    const everywhere = section(page, 'Everywhere (*)');
    await everywhere
      .getByText('pat@target.example is suppressed everywhere: complaint, since 2026-11-19 09:00 UTC, without end.')
      .waitFor();
    await everywhere
      .getByText('complaint: a newer report that the mail is no spam, or an operator who removes it')
      .waitFor();
    await everywhere.getByText('0 strike days within 90 days').waitFor();
    await section(page, 'Stream newsletter')
      .getByText('manual: the operator who added it, or another one, removes it')
      .waitFor();
    expect(await page.title()).toBe('pat@target.example · ses-suppressor');
    expect([faults, strayed]).toEqual([[], []]);
  });

  test('has its evidence, deliveries and decisions in order of time', async () => {
    const { page } = await entry({ ledger: await eventful() });
    const moments = section(page, 'Everywhere (*)')
      .getByRole('listitem')
      .filter({ has: page.locator('time') });
    const texts = await moments.allInnerTexts();
    expect(texts.map((text) => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(
        /^2026-11-01 08:00:00 soft-bounce: .* void: an operator removed it .* status 4\.2\.2 Message soft-0/,
      ),
      expect.stringMatching(/^2026-11-02 08:00:00 soft-bounce: /),
      expect.stringMatching(/^2026-11-04 09:00:00 Delivered: older strikes do not count Message d-1/),
      expect.stringMatching(
        /^2026-11-06 09:00:00 hard-bounce: .*The server said smtp; 550 5\.1\.1 user unknown Source: /,
      ),
      '2026-11-08 00:00:00 Removed by sam Note works again, ticket 812',
      '2026-11-08 00:00:00 Cleared: everything up to then is void',
      expect.stringMatching(/^2026-11-19 09:00:00 complaint: .* in force Complaint Message c-1/),
    ]);
  });

  test('may be asked about for one stream', async () => {
    const ledger = new MemoryLedger();
    await add(ledger, { ...PAT_KEY, scope: 'newsletter' }, SAID, DEFAULT_POLICY, NOW);
    const { page } = await entry({ ledger });
    await page.getByText('Yes, mail without a stream is sent.').waitFor();
    await page.getByLabel('May it be mailed in the stream').fill('newsletter');
    await page.getByText('No, mail of the stream newsletter is withheld: manual.').waitFor();
    await page.getByLabel('May it be mailed in the stream').fill('receipts');
    await page.getByText('Yes, mail of the stream receipts is sent.').waitFor();
  });

  test('that nobody knows may be mailed, and can be added', async () => {
    const ledger = new MemoryLedger({ now: () => NOW });
    const { page } = await entry({ ledger });
    await page.getByText('The list knows nothing of it: it may be mailed').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.getByRole('button', { name: 'Remove …' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Add it …' }).click();
    await dialogOf(page, 'Add in a scope').getByLabel('Note').fill('asked by phone');
    await dialogOf(page, 'Add in a scope').getByRole('button', { name: 'Add', exact: true }).click();
    await section(page, 'Everywhere (*)').getByText('Added by pat').waitFor();
    expect(statusOf(ledger)).toBe('suppressed');
  });

  test('that is none is told in words', async () => {
    const opened = await openConsole({ deps: memoryDependencies() });
    const { page } = await opened.tab('#/entry/nobody');
    await page.getByRole('alert').getByText('"nobody" is not one mailbox').waitFor();
  });

  test('of which a part cannot be read says so, and shows the rest', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    ledger.put({ address: { S: PAT }, scope: { S: 'newsletter' }, status: { S: 'suppressed' } });
    const { page } = await entry({ ledger });
    await section(page, 'Stream newsletter').getByRole('alert').getByText('EntryUnreadable').waitFor();
    await section(page, 'Everywhere (*)').getByText('hard-bounce').first().waitFor();
    await page.getByLabel('May it be mailed in the stream').fill('newsletter');
    await page.getByText('Nobody can say: the entry could not be read.').waitFor();
  });

  test('of a copy of the list is shown, and cannot be changed', async () => {
    const ledger = await eventful();
    const copy = { table: 'Copy', policy: DEFAULT_POLICY, ledger, home: 'us-west-2', close: () => undefined };
    const { page } = await entry({ overrides: { openList: async () => copy } });
    await page.getByText('It is changed in its home Region, us-west-2.').waitFor();
    await section(page, 'Everywhere (*)').waitFor();
    expect(await page.getByRole('button', { name: /Remove|Allow|Add|Forget/ }).count()).toBe(0);
  });
});

describe('removing', () => {
  const NAME = 'Remove from the list';

  test('needs a note, changes nothing when it is called off, and shows what was done', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    const ses = sesList(PAT);
    const { page } = await entry({ ledger, accountLists: [ses] });
    await page.getByRole('button', { name: 'Remove … everywhere' }).click();
    const confirm = dialogOf(page, NAME).getByRole('button', { name: 'Remove' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialogOf(page, NAME).getByLabel('Note').fill('mailbox works again');
    await dialogOf(page, NAME).getByRole('button', { name: 'Cancel' }).click();
    await dialogOf(page, NAME).waitFor({ state: 'detached' });
    expect([statusOf(ledger), ses.listed.length]).toEqual(['suppressed', 1]);
    await page.getByRole('button', { name: 'Remove … everywhere' }).click();
    await dialogOf(page, NAME).getByLabel('Note').fill('mailbox works again');
    await confirm.click();
    await page.getByText('pat@target.example is removed everywhere.').first().waitFor();
    await page.getByText("Taken off SES's list in us-east-1, as pat@target.example.").first().waitFor();
    await section(page, 'Everywhere (*)').getByText('Removed by pat').waitFor();
    await section(page, 'Everywhere (*)').getByText('mailbox works again').waitFor();
    expect([statusOf(ledger), ses.listed.length]).toEqual(['watched', 0]);
  });

  test('of every scope warns of what the recipient did not want', async () => {
    const ledger = await eventful();
    const { page } = await entry({ ledger });
    await page.getByRole('button', { name: 'Remove …', exact: true }).click();
    await dialogOf(page, NAME).getByText('In force: complaint.').waitFor();
    await dialogOf(page, NAME).getByLabel('Note').fill('asked');
    await dialogOf(page, NAME).getByRole('button', { name: 'Remove' }).click();
    await page.getByText('pat@target.example is removed in the stream newsletter.').first().waitFor();
    expect([statusOf(ledger), statusOf(ledger, 'newsletter')]).toEqual(['watched', 'watched']);
  });

  test("of a stream leaves SES's list alone, and says where it is still withheld", async () => {
    const ledger = await eventful();
    const ses = sesList(PAT);
    const { page } = await entry({ ledger, accountLists: [ses] });
    await page.getByRole('button', { name: 'Remove … in the stream newsletter' }).click();
    await dialogOf(page, NAME).getByText("SES's own list holds for every mail and is not touched.").waitFor();
    await dialogOf(page, NAME).getByLabel('Note').fill('asked');
    await dialogOf(page, NAME).getByRole('button', { name: 'Remove' }).click();
    await page.getByText('It is still withheld everywhere.').first().waitFor();
    expect([statusOf(ledger), statusOf(ledger, 'newsletter'), ses.calls]).toEqual(['suppressed', 'watched', 0]);
  });

  test("says why SES's list could not be cleared, and goes on without it when asked to", async () => {
    const denied = Object.assign(new Error('not authorized to perform: ses:DeleteSuppressedDestination'), {
      name: 'AccessDeniedException',
    });
    const ledger = await ledgerThatLearnt([bounce()]);
    const ses = Object.assign(sesList(PAT), { remove: () => Promise.reject(denied) });
    const { page } = await entry({ ledger, accountLists: [ses] });
    await page.getByRole('button', { name: 'Remove … everywhere' }).click();
    await dialogOf(page, NAME).getByLabel('Note').fill('works again');
    await dialogOf(page, NAME).getByRole('button', { name: 'Remove' }).click();
    await dialogOf(page, NAME).getByRole('alert').getByText('SesListNotCleared').waitFor();
    expect(statusOf(ledger)).toBe('suppressed');
    await dialogOf(page, NAME).getByLabel("Leave SES's own list alone").check();
    await dialogOf(page, NAME).getByRole('button', { name: 'Remove' }).click();
    await page.getByText('pat@target.example is removed everywhere.').first().waitFor();
    expect(statusOf(ledger)).toBe('watched');
  });
});

test('an address is allowed, whatever bounces', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const { page } = await entry({ ledger });
  await page.getByRole('button', { name: 'Allow … everywhere' }).click();
  const dialog = dialogOf(page, 'Allow whatever bounces');
  await dialog.getByLabel('Note').fill('their filter refuses at random');
  await dialog.getByRole('button', { name: 'Allow' }).click();
  await page.getByText('pat@target.example is allowed everywhere, whatever bounces.').first().waitFor();
  await section(page, 'Everywhere (*)').getByText('What would end the pin').waitFor();
  await section(page, 'Everywhere (*)').getByText('outranked: an operator allows this address').waitFor();
  expect(statusOf(ledger)).toBe('allowed');
});

test('an address is added in another scope', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const { page } = await entry({ ledger });
  await page.getByRole('button', { name: 'Add in a scope …' }).click();
  const dialog = dialogOf(page, 'Add in a scope');
  await dialog.getByLabel('Scope').fill('two words');
  await dialog.getByLabel('Note').fill('left the club');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByRole('alert').getByText('scope: expected *').waitFor();
  await dialog.getByLabel('Scope').fill('tenant:acme');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await section(page, 'Tenant acme').getByText('left the club').waitFor();
  expect(statusOf(ledger, 'tenant:acme')).toBe('suppressed');
});

describe('forgetting', () => {
  test('drops texts and names and keeps the block, once it is confirmed', async () => {
    const ledger = await ledgerThatLearnt([bounce()]);
    const { page } = await entry({ ledger });
    await page.getByRole('button', { name: 'Forget texts …' }).click();
    const dialog = dialogOf(page, 'Forget texts and names');
    const confirm = dialog.getByRole('button', { name: 'Forget', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('Yes, forget what was said').check();
    await confirm.click();
    await page.getByText('Texts and names of pat@target.example are forgotten in 1 scope.').first().waitFor();
    await section(page, 'Everywhere (*)').getByText('Texts and names up to then are forgotten').waitFor();
    expect(await page.getByText('user unknown').count()).toBe(0);
    expect([statusOf(ledger), JSON.stringify(ledger.items).includes('user unknown')]).toEqual(['suppressed', false]);
  });

  test('with unblock deletes the entries, once it is confirmed', async () => {
    const ledger = await eventful();
    const { page } = await entry({ ledger });
    await page.getByRole('button', { name: 'Forget and unblock …' }).click();
    const dialog = dialogOf(page, 'Forget all, and unblock');
    await dialog.getByText('It blocks mail now: everywhere, in the stream newsletter.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(ledger.items).toHaveLength(2);
    await page.getByRole('button', { name: 'Forget and unblock …' }).click();
    expect(await dialog.getByRole('button', { name: 'Delete entries' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Yes, delete its entries and unblock it').check();
    await dialog.getByRole('button', { name: 'Delete entries' }).click();
    await page.getByText('2 entries of pat@target.example deleted.').first().waitFor();
    await page.getByText('The list knows nothing of it: it may be mailed').waitFor();
    expect(ledger.items).toEqual([]);
    await until(
      () => page.evaluate('document.activeElement.tagName'),
      (tag) => tag === 'H1',
    );
  });

  test('an entry that changed meanwhile is not deleted, and says so', async () => {
    const ledger = Object.assign(await ledgerThatLearnt([bounce()]), { delete: async () => 'lost' as const });
    const { page } = await entry({ ledger });
    await page.getByRole('button', { name: 'Forget and unblock …' }).click();
    const dialog = dialogOf(page, 'Forget all, and unblock');
    await dialog.getByLabel('Yes, delete its entries and unblock it').check();
    await dialog.getByRole('button', { name: 'Delete entries' }).click();
    await dialog.getByRole('alert').getByText('has changed meanwhile and was not deleted').waitFor();
  });
});

test('what strangers and operators wrote is text', async () => {
  const ledger = new MemoryLedger({ now: () => NOW });
  const [image = '', script = ''] = HOSTILE;
  const message = bounce({ said: `${image} \u202e${script}` });
  const [recipient] = message.bounce.bouncedRecipients;
  await teach(ledger, [
    { ...message, bounce: { ...message.bounce, bouncedRecipients: [{ ...recipient, emailAddress: script }] } },
  ]);
  const evidence: Evidence[] = HOSTILE.map((text, i) => ({
    id: text,
    at: NOW - i,
    rule: text,
    reason: 'hard-bounce',
    type: text,
    subtype: text,
    status: text,
    messageId: text,
    diagnostic: text,
    reported: text,
  }));
  const odd = { ...emptyEntry({ ...PAT_KEY, scope: 'odd' }), evidence, deliveries: [{ at: NOW, messageId: script }] };
  await ledger.write(odd, derive(odd, DEFAULT_POLICY), undefined);
  for (const text of HOSTILE)
    await add(ledger, { ...PAT_KEY, scope: text }, { by: text, note: text }, DEFAULT_POLICY, NOW);
  const { page, faults, strayed } = await entry({ ledger });
  const everywhere = section(page, 'Everywhere (*)');
  await everywhere.getByText(`${image} \\u202e${script}`).waitFor();
  await everywhere.getByText('Reported for').waitFor();
  const written = await section(page, 'Stream odd').textContent();
  for (const text of HOSTILE) {
    // as rule, type, subtype, status, message, diagnostic and reported address
    expect(written?.split(text).length).toBeGreaterThan(7);
    const stream = page.getByRole('region', { name: `Stream ${text}`, exact: true });
    await stream.getByRole('listitem').getByText(text.slice(0, 64)).first().waitFor();
  }
  await page.getByRole('button', { name: 'Remove …', exact: true }).click();
  await dialogOf(page, 'Remove from the list').getByRole('combobox', { name: 'Scope' }).selectOption(script);
  expect(await page.evaluate(HARM)).toBe(false);
  expect(await page.locator('main').textContent()).not.toContain('\u202e');
  expect([faults, strayed]).toEqual([[], []]);
});

test('the keyboard alone opens and leaves a dialog, and the focus comes back', async () => {
  const { page } = await entry({ ledger: await ledgerThatLearnt([bounce()]) });
  await section(page, 'Everywhere (*)').waitFor();
  await tabTo(page, 'Forget texts …');
  await page.keyboard.press('Enter');
  await dialogOf(page, 'Forget texts and names').waitFor();
  await page.keyboard.press('Escape');
  await dialogOf(page, 'Forget texts and names').waitFor({ state: 'detached' });
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Forget texts …');
});

test('a dialog that the browser closes by itself is closed for the page, too', async () => {
  const { page } = await entry({ ledger: await ledgerThatLearnt([bounce()]) });
  const dialog = dialogOf(page, 'Forget texts and names');
  for (let times = 0; times < 2; times += 1) {
    await page.getByRole('button', { name: 'Forget texts …' }).click();
    await dialog.waitFor();
    await page.evaluate('document.querySelector("dialog[open]").close()');
    await dialog.waitFor({ state: 'detached' });
  }
});

test.each(LOOKS)('axe finds nothing wrong (%s, %i px), and nothing is too wide', async (theme, width) => {
  const { page } = await entry({ ledger: await eventful() }, AT_PAT, { theme, width });
  await section(page, 'Stream newsletter').waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  for (const name of ['Remove …', 'Allow …', 'Add in a scope …', 'Forget texts …', 'Forget and unblock …']) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
  }
});
