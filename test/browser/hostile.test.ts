import { type AttributeValue, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Page } from 'playwright-core';
import { encodeEntry } from '../../adapters/entry-codec.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { type Evidence, emptyEntry } from '../../core/entry/entry.ts';
import type { LocalCloud } from '../../local/cloud.ts';
import { DUMMY_CREDENTIALS } from '../../local/dummy-credentials.ts';
import { onFailureRecord } from '../../local/functions/failed-invocation.ts';
import { addressOf } from '../adapters/samples.ts';
import { type OpenedConsole, openConsole, type Tab, until } from './harness.ts';
import { FOUND_HARM, harmIn, Marks } from './hostile.ts';
import { hostileMessages } from './hostile-feedback.ts';

/*
 * Everything that SES, a sender, a recipient, an operator or another program can fill, filled with what would run in a page
 * that takes it for more than text. One cloud; each test visits what shows it.
 */

const LAST = 'the last line of the feed';
/** Of a mail that goes out: what can be read in the inbox alone. */
const MAILED = ['from', 'to', 'replyTo', 'text', 'a header', 'filename'];
const NOW = Date.now() - 60_000;
/** Of SES, about one recipient. */
const feedback = new Marks();
const envelopes = new Marks();
const bounced = feedback.address('the recipient');
const requests = new Marks();
const letters = new Marks();
const items = new Marks();
const operators = new Marks();
/** The entries of which another program wrote what cannot be read. */
const UNREADABLE = addressOf('odd@target.example');
const READABLE = addressOf('table@target.example');

let opened: OpenedConsole;
let cloud: LocalCloud;
const tabs: Tab[] = [];

const visit = async (hash: string): Promise<Tab> => {
  const tab = await opened.tab(hash);
  tabs.push(tab);
  return tab;
};

const text = async (page: Page): Promise<string> => {
  expect(await harmIn(page)).toEqual([]);
  return (await page.locator('#app').textContent()) ?? '';
};

/** As a display name. */
const nameOf = (hostile: string): string => `"${hostile.replace(/["\\]/g, '')}"`;

/** Requests that are sent, and such as are refused for what they hold. */
const hostileRequests = (marks: Marks): object[] => {
  const say = (field: string) => marks.in(field);
  const mail = {
    from: 'no-reply@ledger.example',
    to: ['success@simulator.amazonses.com'],
    text: 'Hello',
    subject: 'Hi',
  };
  const named = (field: string, address: string) => `${nameOf(say(field))} <${address}>`;
  const content = Buffer.from('x').toString('base64');
  return [
    {
      ...mail,
      from: named('from', 'no-reply@ledger.example'),
      to: [named('to', 'success+a@simulator.amazonses.com')],
      replyTo: [named('replyTo', 'help@ledger.example')],
      subject: say('subject'),
      text: say('text'),
      html: say('html'),
      headers: { 'X-Note': say('a header') },
      attachments: [{ filename: say('filename').replace('\u202e', ''), contentType: 'text/plain', content }],
      idempotencyKey: say('idempotencyKey'),
      stream: 'receipts',
    },
    { ...mail, cc: [marks.address('cc')] },
    { ...mail, to: ['no address', say('a recipient that is none')] },
    { ...mail, attachments: [{ filename: 'a.txt', contentType: say('contentType'), content: say('content') }] },
    { ...mail, attachments: [{ contentId: say('contentId'), content }] },
    { ...mail, headers: { [say('header name')]: 'x' } },
    { ...mail, tags: { [say('tag name')]: 'x', campaign: say('tag value') } },
    { ...mail, stream: say('stream') },
    { ...mail, configurationSet: say('configurationSet') },
    { ...mail, from: say('a sender that is none') },
    { ...mail, onSuppressed: say('onSuppressed') },
    { ...mail, raw: say('raw') },
    { ...mail, calendar: { method: say('method'), content: say('calendar') } },
    { ...mail, [say('field')]: 1 },
    { ...mail, text: undefined, subject: undefined, template: { name: say('template'), data: {} } },
    {
      ...mail,
      text: undefined,
      subject: undefined,
      template: { name: 'welcome', data: { name: say('data'), [say('data name')]: 1 } },
    },
  ];
};

const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });

const putLetters = (): void => {
  const why = (box: string) => ({
    code: attribute(letters.in(`${box} code`)),
    message: attribute(letters.in(`${box} why`)),
  });
  cloud.deadLetterQueue.send(letters.in('feedback body'), why('feedback'));
  cloud.sendDeadLetterQueue.send(
    JSON.stringify({ subject: letters.in('subject'), to: [letters.in('to')] }),
    why('send'),
  );
  const error = { errorType: letters.in('errorType'), errorMessage: letters.in('errorMessage'), trace: [] };
  const payload = JSON.stringify({ subject: letters.in('payload') });
  cloud.failedSends.send(
    JSON.stringify(onFailureRecord({ function: 'send', requestId: 'r-1', at: new Date(NOW), payload, error })),
  );
};

const putItems = async (): Promise<void> => {
  const client = new DynamoDBClient({ ...DUMMY_CREDENTIALS, endpoint: cloud.addresses.dynamodb });
  const put = (Item: Record<string, AttributeValue>) =>
    client.send(new PutItemCommand({ TableName: cloud.addresses.table, Item }));
  const evidence: Evidence = {
    id: items.in('id'),
    at: NOW,
    rule: items.in('rule'),
    reason: 'hard-bounce',
    type: items.in('type'),
    subtype: items.in('subtype'),
    status: items.in('status'),
    messageId: items.in('messageId'),
    diagnostic: items.in('diagnostic'),
    reported: items.in('reported'),
  };
  const operator = { action: 'remove', at: NOW - 1, by: items.in('by'), note: items.in('note') } as const;
  const deliveries = [{ at: NOW, messageId: items.in('delivery') }];
  const written = { version: 'v', updatedAt: NOW };
  for (const scope of ['*', items.in('scope'), `tenant:${items.in('tenant')}`]) {
    const entry = { ...emptyEntry({ address: READABLE, scope }), evidence: [evidence], deliveries, operator };
    const item = encodeEntry(entry, derive(entry, DEFAULT_POLICY), written);
    await put({
      ...item,
      reason: { S: items.in(`reason of ${scope.slice(0, 8)}`) },
    });
  }
  const strange: Record<string, AttributeValue>[] = [
    { evidence: { L: [{ M: { reason: { S: items.in('a reason of evidence') } } }] } },
    { operator: { M: { action: { S: items.in('an action') } } } },
  ];
  for (const [n, odd] of strange.entries())
    await put({
      address: { S: UNREADABLE },
      scope: { S: items.in(`scope ${n}`) },
      version: { S: 'v' },
      evidence: { L: [] },
      ...odd,
    });
  client.destroy();
};

const tellAlarms = async (): Promise<void> => {
  const client = new SNSClient({ ...DUMMY_CREDENTIALS, endpoint: cloud.addresses.sns });
  const Subject = feedback.in('subject of an alarm').replace('\u202e', '');
  const TopicArn = cloud.addresses.alarmTopic;
  await client.send(new PublishCommand({ TopicArn, Subject, Message: feedback.in('an alarm') }));
  await client.send(new PublishCommand({ TopicArn, Message: LAST }));
  client.destroy();
};

beforeAll(async () => {
  opened = await openConsole({ cloud: true });
  if (opened.cloud === undefined) throw new Error('it was opened over no cloud');
  cloud = opened.cloud;
  for (const message of hostileMessages(feedback, bounced)) cloud.topic.publish(message, envelopes.in('Subject'));
  cloud.topic.publish(feedback.in('no JSON'));
  cloud.topic.publish(JSON.stringify([feedback.in('a list')]));
  cloud.topic.publish(`{"eventType":"Bounce","bounce":"${feedback.in('cut short').replace('"', '')}`);
  for (const request of hostileRequests(requests)) await cloud.invoke('send', request);
  await cloud.invoke('send', hostileRequests(requests));
  putLetters();
  await putItems();
  await until(
    () => cloud.isSettled(),
    (settled) => settled,
  );
  await tellAlarms();
});

afterAll(() => {
  for (const { strayed, faults, refused } of tabs) expect([strayed, faults, refused]).toEqual([[], [], []]);
});

/** Opens every line of the feed: what it says, and what harm it did; only the mouse is left out. */
const openLines = (page: Page): Promise<{ shown: string[]; harm: string[] }> =>
  page.evaluate(`(async () => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const shown = [];
    const harm = [];
    for (const line of document.querySelectorAll('.feed-open')) {
      line.click();
      while (document.querySelector('dialog [aria-label="As it was"]') === null) await drawn();
      shown.push(document.querySelector('dialog').textContent);
      harm.push(...${FOUND_HARM});
      document.querySelector('dialog .dialog-close').click();
      while (document.querySelector('dialog') !== null) await drawn();
    }
    return { shown, harm };
  })()`);

test('in Now, lines and all that they open', async () => {
  const { page } = await visit('#/now');
  await page.locator('.feed-row').first().getByText(LAST).waitFor();
  const lines = await text(page);
  expect(feedback.shownIn(lines)).toEqual(
    expect.arrayContaining(['Bounce mail.commonHeaders.subject', 'Bounce bounce.bouncedRecipients[0].diagnosticCode']),
  );
  const { shown, harm } = await openLines(page);
  expect(harm).toEqual([]);
  const all = shown.join('\n');
  expect(feedback.missingIn(all)).toEqual([]);
  // an asynchronous send that failed is no line, and mails that went out are encoded: the inbox reads them
  expect(letters.missingIn(all)).toEqual(['errorType', 'errorMessage', 'payload']);
  expect(new Set(requests.missingIn(all))).toEqual(new Set([...MAILED, 'html', 'idempotencyKey', 'data name']));
  await page.getByRole('button', { name: /^Stream:/ }).click();
  await page.getByRole('button', { name: /^What:/ }).click();
  expect(requests.shownIn(await text(page))).toContain('stream');
});

const openEntry = async (page: Page, address: string): Promise<void> => {
  await page.goto(`${opened.origin}/#/entry/${encodeURIComponent(address)}`);
  await page.getByLabel('May it be mailed in the stream').waitFor();
};

test('in the list, and on the pages of addresses with their dialogs', async () => {
  const { page } = await visit('#/list');
  await page.getByRole('link', { name: bounced }).first().waitFor();
  const shown = [await text(page)];
  expect(items.shownIn(shown.join())).toContain('reason of *');
  for (const address of [bounced, READABLE, UNREADABLE]) {
    await openEntry(page, address);
    shown.push(await text(page));
    for (const name of ['Remove …', 'Allow …', 'Add in a scope …', 'Forget texts …', 'Forget and unblock …']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      shown.push(await text(page));
      await page.getByRole('button', { name: 'Cancel' }).click();
    }
  }
  expect(items.missingIn(shown.join('\n'))).toEqual(['id']);
  const kept = ['bouncedRecipients[0].diagnosticCode', 'bounceSubType'].map((field) => `Bounce bounce.${field}`);
  expect(feedback.shownIn(shown.join('\n'))).toEqual(
    expect.arrayContaining([...kept, 'Bounce mail.messageId', 'Complaint complaint.complaintSubType']),
  );
});

test('in notes of operators', async () => {
  const { page } = await visit('#/list');
  await openEntry(page, bounced);
  for (const [open, confirm] of [
    ['Remove …', 'Remove'],
    ['Allow …', 'Allow'],
  ] as const) {
    await page.getByRole('button', { name: open, exact: true }).click();
    await page.getByRole('dialog').getByLabel('Note').fill(operators.in(confirm));
    await page.getByRole('dialog').getByRole('button', { name: confirm, exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page
      .getByText(confirm === 'Remove' ? 'Removed by' : 'Allowed by')
      .first()
      .waitFor();
    expect(operators.shownIn(await text(page))).toContain(confirm);
  }
});

test('in Health, dead letters that are looked into and put back', async () => {
  const { page } = await visit('#/health');
  const boxes = page.getByRole('button', { name: /^Look inside/ });
  await boxes.first().waitFor();
  for (const box of await boxes.all()) await box.click();
  const tables = page.getByRole('region', { name: 'Dead letters' }).getByRole('table');
  await until(
    () => tables.count(),
    (count) => count === 3,
  );
  expect(letters.missingIn(await text(page))).toEqual(['feedback body', 'subject', 'to', 'payload']);
  await page
    .getByRole('button', { name: /^Put back 1 letter with the cause .*<img/ })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  await text(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  for (const box of await page.getByRole('button', { name: /^Put all back/ }).all()) {
    await box.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Put back' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await until(
    () => page.locator('.box-outcome').count(),
    (count) => count === 3,
  );
  await page.getByRole('heading', { name: 'Checks' }).waitFor();
  await text(page);
});

test('in Rates, reasons that another program wrote', async () => {
  const { page } = await visit('#/rates');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await until(
    async () => items.shownIn(await text(page)),
    (shown) => shown.includes('reason of *'),
  );
});

test('in the inbox, each mail in every form', async () => {
  const { page, strayed, faults, refused } = await opened.tab('#/inbox');
  await page.locator('.mail-line').first().waitFor();
  const shown = [await text(page)];
  for (const line of await page.locator('.mail-line').all()) {
    await line.click();
    const letter = page.getByRole('article', { name: 'Mail' });
    await letter.getByRole('radio').first().waitFor();
    for (const form of await letter.getByRole('radio').all()) {
      await form.check({ force: true });
      shown.push(await text(page));
    }
  }
  expect(requests.shownIn(shown.join('\n'))).toEqual(expect.arrayContaining([...MAILED, 'subject', 'data']));
  // the frame of the mail is forbidden to run what is in it, and the browser says so
  expect(faults.filter((fault) => !/Content Security Policy|sandboxed/.test(fault))).toEqual([]);
  expect([strayed, refused]).toEqual([[], []]);
});

test('in Try it, what is written there and what becomes of it', async () => {
  const { page } = await visit('#/try');
  const marks = new Marks();
  const form = page.getByRole('form', { name: 'Mail' });
  const outcome = page.getByRole('region', { name: 'What became of it' });
  await page.getByText('Attachments and options').click();
  await page.getByText('The request, to copy').click();
  await form.getByLabel('Subject').fill(marks.in('subject'));
  await form.getByRole('textbox', { name: 'Text' }).fill(marks.in('text'));
  await form.getByLabel('Idempotency key').fill(marks.in('key'));
  const name = marks.in('filename').replaceAll('\u202e', '');
  await form.getByLabel('Attachments').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('x') });
  await form
    .getByLabel('To', { exact: true })
    .fill(`${marks.in('a recipient that is none')}\n${nameOf(marks.in('name'))} <success@simulator.amazonses.com>`);
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await outcome.getByText('1 recipient refused').waitFor();
  await outcome.getByText('The whole answer').click();
  expect(marks.missingIn(await text(page))).toEqual([]);
  await form.getByRole('combobox', { name: 'Stream' }).fill(marks.in('stream'));
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await outcome.getByRole('alert').getByText('InvalidRequest').waitFor();
  expect(marks.missingIn(await text(page))).toEqual([]);
});

test('in the address of the page, whatever view it names', async () => {
  const { page, strayed, faults } = await opened.tab();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const marks = new Marks();
  for (const hash of [
    '#/now?kind=X&stream=X&address=X',
    '#/list?search=X&scope=X&reason=X&status=X&from=X&to=X&after=X',
    '#/entry/X',
    '#/rates?hours=X',
    '#/inbox/X',
    '#/X',
  ])
    for (const hostile of [marks.in(hash), 'javascript:harmed=1']) {
      const place = JSON.stringify(hash.replaceAll('X', encodeURIComponent(hostile)));
      await page.evaluate(`new Promise((drawn) => {
        addEventListener('hashchange', () => requestAnimationFrame(() => requestAnimationFrame(drawn)), { once: true });
        location.hash = ${place};
      })`);
      await until(
        () => page.locator('.loading, .skeleton, [aria-busy=true]').count(),
        (busy) => busy === 0,
      );
      await text(page);
    }
  expect([strayed, faults]).toEqual([[], []]);
});
