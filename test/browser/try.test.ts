import type { Page } from 'playwright-core';
import { axe, LOOKS, type OpenedConsole, openConsole, sideways, tabTo, until } from './harness.ts';

let opened: OpenedConsole;

beforeAll(async () => {
  opened = await openConsole({ cloud: true });
});

const form = (page: Page) => page.getByRole('form', { name: 'Mail' });
const trail = (page: Page) => page.getByRole('region', { name: 'Watch it travel' });
const outcome = (page: Page) => page.getByRole('region', { name: 'What became of it' });
const sendIt = (page: Page) => form(page).getByRole('button', { name: 'Send', exact: true }).click();
const openOptions = (page: Page) => page.getByText('Attachments and options').click();

const lastMail = () => {
  const last = opened.cloud?.inbox.last;
  if (last === undefined) throw new Error('there is no mail');
  return last;
};

test('Send, pressed at once, has a bounce travel to the list; sent again it is withheld; a new label is nobody yet', async () => {
  const { page, strayed, faults, refused } = await opened.tab('#/try');
  await outcome(page).getByText('Nothing was sent yet').waitFor();
  const to = await form(page).getByLabel('To', { exact: true }).inputValue();
  expect(to).toMatch(/^bounce\+[0-9a-f]{4}@simulator\.amazonses\.com$/);
  await sendIt(page);
  await outcome(page).getByText('Sent to 1 recipient.').waitFor();
  await trail(page).getByText('Nobody is suppressed: all may be mailed.').waitFor();
  await trail(page).getByText('Permanent/General, smtp; 550 5.1.1 user unknown').waitFor();
  await trail(page).getByText('hard-bounce', { exact: true }).waitFor();
  await trail(page)
    .getByText(/is suppressed everywhere: hard-bounce/)
    .waitFor();
  expect(await trail(page).getByRole('link', { name: to }).getAttribute('href')).toBe(
    `#/entry/${encodeURIComponent(to)}`,
  );
  expect(await trail(page).getByRole('link', { name: 'Read it in the inbox' }).getAttribute('href')).toBe(
    `#/inbox/${lastMail().messageId}`,
  );

  await outcome(page).getByRole('button', { name: 'Send again' }).click();
  await outcome(page).getByText('Sent to nobody, withheld from 1 recipient.').waitFor();
  await outcome(page)
    .getByText(/because it is suppressed everywhere: hard-bounce, ends/)
    .waitFor();
  await trail(page).getByText('SES was not asked').waitFor();

  await form(page).getByRole('button', { name: 'New label' }).click();
  expect(await form(page).getByLabel('To', { exact: true }).inputValue()).not.toBe(to);
  await sendIt(page);
  await outcome(page).getByText('Sent to 1 recipient.').waitFor();
  expect([strayed, faults, refused]).toEqual([[], [], []]);
});

test('a mail goes out as it was written, to several, with a file and options', async () => {
  const { page } = await opened.tab('#/try');
  await form(page).getByLabel('From').fill('Billing <billing@ledger.example>');
  await form(page)
    .getByLabel('To', { exact: true })
    .fill('Pat <success+x@simulator.amazonses.com>\n\n  sam@target.example ');
  await form(page).getByRole('button', { name: 'Add complaint' }).click();
  await form(page).getByLabel('Subject').fill('Café');
  await form(page).getByRole('combobox', { name: 'Stream' }).fill('newsletter');
  await form(page).getByRole('textbox', { name: 'Text' }).fill('As text');
  await form(page).getByRole('radio', { name: 'HTML' }).check();
  await form(page).getByRole('textbox', { name: 'HTML' }).fill('<b>As HTML</b>');
  await openOptions(page);
  const bytes = Buffer.from(Array.from({ length: 2000 }, (_, n) => n % 256));
  await form(page)
    .getByLabel('Attachments')
    .setInputFiles({ name: 'a.bin', mimeType: 'application/x-a', buffer: bytes });
  await form(page).getByText('application/x-a, 2.0 kB').waitFor();
  await form(page).getByLabel('One-click unsubscribe').check();
  await form(page).getByLabel('Idempotency key').fill('order-1');
  await sendIt(page);
  await outcome(page)
    .getByText(/the link is one recipient's own, got 3 recipients/)
    .first()
    .waitFor();
  await form(page).getByLabel('One-click unsubscribe').uncheck();
  await sendIt(page);
  await outcome(page).getByText('Sent to 3 recipients.').waitFor();

  const { recipients, headers, tags, raw } = lastMail();
  expect(recipients).toEqual([
    'success+x@simulator.amazonses.com',
    'sam@target.example',
    expect.stringMatching(/^complaint\+[0-9a-f]{4}@simulator\.amazonses\.com$/),
  ]);
  expect(headers).toContainEqual({ name: 'From', value: 'Billing <billing@ledger.example>' });
  expect(tags).toContainEqual({ name: 'stream', value: 'newsletter' });
  const mime = raw?.toString('latin1').replaceAll('\r\n', '') ?? '';
  expect(mime).toContain(bytes.toString('base64'));
  expect(mime).toContain('a.bin');
  expect(mime).toContain('<b>As HTML</b>');
  await trail(page).getByText('complaint', { exact: true }).waitFor();

  await outcome(page).getByRole('button', { name: 'Send again' }).click();
  await outcome(page)
    .getByText(/this key was used before/)
    .waitFor();
  await outcome(page).getByText('The whole answer').click();
  await outcome(page).getByText('"duplicate": true').waitFor();
});

test('what goes wrong is told with its code and its remedy', async () => {
  const { page, refused } = await opened.tab('#/try');
  await form(page).getByLabel('To', { exact: true }).fill('');
  await sendIt(page);
  const alert = outcome(page).getByRole('alert');
  await alert.getByText('InvalidRequest').waitFor();
  await alert.getByText('Mend the request; the message names the field.').waitFor();
  await form(page).getByLabel('To', { exact: true }).fill('not an address\nsuccess@simulator.amazonses.com');
  await sendIt(page);
  await outcome(page).getByText('Sent to 1 recipient, 1 recipient refused.').waitFor();
  await outcome(page).getByText('not an address', { exact: true }).waitFor();
  expect(refused).toEqual([]);
});

test('one suppressed recipient is enough to send nothing, if one wants that', async () => {
  const { page } = await opened.tab('#/try');
  await sendIt(page);
  await trail(page)
    .getByText(/is suppressed everywhere/)
    .waitFor();
  await form(page).getByRole('button', { name: 'Add success' }).click();
  await openOptions(page);
  await form(page).getByRole('radio', { name: 'Send nothing' }).check();
  await sendIt(page);
  await outcome(page).getByRole('alert').getByText('RecipientsSuppressed').waitFor();
  await outcome(page)
    .getByText(/because it is suppressed everywhere: hard-bounce/)
    .waitFor();
});

test('a file that makes the request too large is told of before it is sent', async () => {
  const { page } = await opened.tab('#/try');
  await openOptions(page);
  await form(page)
    .getByText(/A request has at most 6.0 MB/)
    .waitFor();
  const buffer = Buffer.alloc(5_000_000);
  await form(page).getByLabel('Attachments').setInputFiles({ name: 'big.bin', mimeType: 'application/x-a', buffer });
  await form(page)
    .getByText(/This request has 6.4 MB; at most 6.0 MB are taken/)
    .first()
    .waitFor();
  expect(await form(page).getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
  await form(page).getByRole('button', { name: 'Remove big.bin' }).click();
  expect(await form(page).getByRole('button', { name: 'Send', exact: true }).isEnabled()).toBe(true);
});

test('the request can be copied as JSON and as a command that does the same', async () => {
  const { page } = await opened.tab('#/try');
  await form(page).getByLabel('Subject').fill("It's here");
  await page.getByText('The request, to copy').click();
  const json = await page.locator('.try-form pre').textContent();
  expect(JSON.parse(json ?? '')).toMatchObject({ subject: "It's here", stream: 'receipts' });
  await page.getByRole('radio', { name: 'curl' }).check();
  const command = (await page.locator('.try-form pre').textContent()) ?? '';
  expect(
    command.startsWith(`curl -s '${opened.cloud?.addresses.lambda}/2015-03-31/functions/send/invocations' -d '{`),
  ).toBe(true);
  expect(command).toContain("It'\\''s here");
});

test('what strangers write is text', async () => {
  const tag = '<img src=x onerror="window.ran=1">';
  const { page } = await opened.tab('#/try');
  await openOptions(page);
  await form(page)
    .getByLabel('Attachments')
    .setInputFiles({ name: `${tag}.txt`, mimeType: 'text/plain', buffer: Buffer.from('x') });
  await form(page).getByText(`${tag}.txt`).waitFor();
  await form(page)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await form(page)
    .getByLabel('To', { exact: true })
    .fill(`${tag}\n"${tag.replaceAll('"', '')}" <success@simulator.amazonses.com>`);
  await sendIt(page);
  await outcome(page).getByText('1 recipient refused').waitFor();
  expect([await page.locator('img').count(), await page.evaluate('window.ran')]).toEqual([0, undefined]);
});

test('keyboard alone composes and sends', async () => {
  const { page } = await opened.tab('#/try');
  await form(page).waitFor();
  await tabTo(page, 'Add success');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Subject');
  await page.keyboard.type(' by keyboard');
  await tabTo(page, 'Send');
  await page.keyboard.press('Enter');
  await outcome(page).getByText('Sent to 2 recipients.').waitFor();
  expect(lastMail().headers).toContainEqual({ name: 'Subject', value: expect.stringContaining('by keyboard') });
});

test('the draft and the trail outlive a look at another view', async () => {
  const { page } = await opened.tab('#/try');
  await form(page).getByLabel('Subject').fill('Stays');
  await sendIt(page);
  await trail(page)
    .getByText(/is suppressed everywhere/)
    .waitFor();
  await trail(page)
    .getByRole('link', { name: /^bounce/ })
    .click();
  await until(
    () => page.url(),
    (url) => url.includes('#/entry/'),
  );
  await page.goBack();
  await trail(page)
    .getByText(/is suppressed everywhere/)
    .waitFor();
  expect(await form(page).getByLabel('Subject').inputValue()).toBe('Stays');
});

test.each(LOOKS)('axe finds nothing wrong (%s, %i px), and nothing is too wide', async (theme, width) => {
  const { page } = await opened.tab('#/try', { theme, width });
  await form(page).waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await openOptions(page);
  await page.getByText('The request, to copy').click();
  await sendIt(page);
  await trail(page)
    .getByText(/is suppressed everywhere/)
    .waitFor();
  await outcome(page).getByText('The whole answer').click();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await form(page).getByLabel('From').fill('');
  await sendIt(page);
  await outcome(page).getByRole('alert').waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
});

test('at 360 px the outcome comes into sight', async () => {
  const { page } = await opened.tab('#/try', { width: 360 });
  await sendIt(page);
  await trail(page)
    .getByText(/is suppressed everywhere/)
    .waitFor();
  const box = await outcome(page).boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeLessThan(800);
});
