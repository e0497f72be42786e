import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Page } from 'playwright-core';
import { axe, LOOKS, type OpenedConsole, openConsole, sideways, tabTo } from './harness.ts';

let opened: OpenedConsole;

beforeAll(async () => {
  opened = await openConsole({ cloud: true });
});

const cloud = () => {
  if (opened.cloud === undefined) throw new Error('there is no cloud');
  return opened.cloud;
};

/** Sends a mail as an app would; its id. */
const send = async (request: object): Promise<string> => {
  const outcome = await cloud().invoke('send', {
    from: 'Ledger <no-reply@ledger.example>',
    to: ['success@simulator.amazonses.com'],
    subject: 'Your receipt',
    stream: 'receipts',
    ...request,
  });
  if (!outcome.ok) throw new Error(outcome.error.errorMessage);
  return JSON.parse(outcome.payload).messageId;
};

const mime = (...lines: string[]): string => Buffer.from(lines.join('\r\n')).toString('base64');

const letterOf = (page: Page) => page.getByRole('article', { name: 'Mail' });

/** Chooses a form of the mail. */
const show = (page: Page, form: string) => letterOf(page).getByRole('radio', { name: form, exact: true }).check();

test('there is a word where there is no mail yet, and a mail is there as soon as SES has accepted it', async () => {
  const { page, strayed, faults } = await opened.tab('#/inbox');
  await page.getByText('No mail yet').waitFor();
  await send({ subject: 'The first', text: 'Hello' });
  await page.getByRole('link', { name: /The first/ }).waitFor();
  await send({ subject: 'The second', text: 'Hello' });
  await page.getByRole('link', { name: /The second/ }).waitFor();
  const subjects = await page.locator('.mail-subject').allTextContents();
  expect(subjects.slice(0, 2)).toEqual(['The second', 'The first']);
  expect([strayed, faults]).toEqual([[], []]);
});

test('a mail is read in every form it has', async () => {
  const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await send({
    subject: 'Café on Thursday',
    to: ['Pat <success+pat@simulator.amazonses.com>'],
    text: 'Coffee, as text',
    html: '<h1>Coffee</h1><img alt="logo" src="cid:logo@ledger"><p>as HTML</p>',
    stream: 'newsletter',
    unsubscribe: true,
    attachments: [
      { filename: 'receipt.pdf', contentType: 'application/pdf', content: Buffer.alloc(3000).toString('base64') },
      { filename: 'logo.png', contentType: 'image/png', contentId: 'logo@ledger', content: picture },
    ],
  });
  const { page, strayed, faults } = await opened.tab('#/inbox');
  await page.getByRole('link', { name: /Café on Thursday/ }).click();
  const letter = letterOf(page);
  await letter.getByRole('heading', { name: 'Café on Thursday' }).waitFor();
  const frame = page.frameLocator('iframe[title="The mail, rendered"]');
  await frame.getByRole('heading', { name: 'Coffee' }).waitFor();
  expect(await frame.getByAltText('logo').getAttribute('src')).toBe(`data:image/png;base64,${picture}`);
  await letter.getByText('receipt.pdf').waitFor();
  await letter.getByText('application/pdf, 2.9 kB').waitFor();
  const recipient = letter.getByRole('link', { name: 'success+pat@simulator.amazonses.com' });
  expect(await recipient.getAttribute('href')).toBe('#/entry/success%2Bpat%40simulator.amazonses.com');
  const unsubscribe = letter.getByRole('link', { name: cloud().addresses.unsubscribe });
  expect(await unsubscribe.getAttribute('rel')).toBe('noopener noreferrer');

  await show(page, 'Text');
  await letter.getByText('Coffee, as text').waitFor();
  await show(page, 'Headers');
  await letter.getByRole('row', { name: /List-Unsubscribe-Post/ }).waitFor();
  await letter.getByText('stream=newsletter').waitFor();
  await show(page, 'Source');
  await letter.getByText('The mail as SES got it').waitFor();
  expect(await letter.locator('pre').textContent()).toContain('multipart/');
  expect([strayed, faults]).toEqual([[], []]);
});

describe('an HTML mail that is up to something', () => {
  /** Hears of every connection, whoever makes it. */
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const listening = async () => {
    const heard: string[] = [];
    const server = createServer((socket) => {
      heard.push(`a connection from ${socket.remotePort}`);
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    ends.push(() => new Promise((resolve) => server.close(resolve)));
    return { heard, spy: `http://127.0.0.1:${port}` };
  };

  const hostile = (spy: string): string => `<!doctype html><html><head>
    <base href="${spy}/">
    <meta http-equiv="refresh" content="0;url=${spy}/refresh">
    <meta http-equiv="Content-Security-Policy" content="default-src *">
    <meta http-equiv="x-dns-prefetch-control" content="on">
    <link rel="stylesheet" href="${spy}/link.css"><link rel=preconnect href="${spy}"><link rel=prefetch href="${spy}/p">
    <link rel=preload as=image href="${spy}/preload"><link rel=icon href="${spy}/icon"><link rel=dns-prefetch href="${spy}">
    <link rel=modulepreload href="${spy}/m.js"><link rel=prerender href="${spy}/r"><link rel=manifest href="${spy}/w">
    <style>@import "${spy}/import.css"; @font-face { font-family: f; src: url(${spy}/font) }
      body { background: url(${spy}/background); font-family: f } li { list-style-image: url(${spy}/li) }</style>
    <script>top.ran = true; alert('script')</script><script src="${spy}/script.js"></script>
    <script type="speculationrules">{"prefetch":[{"urls":["${spy}/speculate"]}]}</script></head>
    <body onload="alert('onload')"><h1>Hello</h1>
    <img src="${spy}/image" onerror="alert('onerror')"><img srcset="${spy}/srcset 2x"><img src=x onerror=alert(1)>
    <picture><source srcset="${spy}/source"><img></picture><svg onload="alert('svg')"><script>alert('svg script')</script>
      <image href="${spy}/svg-image"/><use href="${spy}/use#a"/></svg>
    <iframe src="${spy}/iframe"></iframe><iframe srcdoc="<script>parent.parent.ran = true</script><img src='${spy}/srcdoc'>"></iframe>
    <iframe src="javascript:parent.ran = true"></iframe><object data="${spy}/object"></object><embed src="${spy}/embed">
    <video src="${spy}/video" poster="${spy}/poster" autoplay></video><audio src="${spy}/audio" autoplay></audio>
    <form action="${spy}/form" target="_top"><button>Confirm</button></form>
    <a href="${spy}/link" ping="${spy}/ping">A link</a> <a href="${spy}/top" target="_top">To the top</a>
    <a href="${spy}/new" target="_blank">A new window</a> <a href="javascript:top.ran=true">A script</a>
    <a href="/#/list" target="_top">The console</a> <a href="${spy}/down" download>A file</a>
    <input autofocus onfocus="alert('focus')"><details open ontoggle="alert('toggle')"></details>
    <math><mtext><img src=y onerror="alert('math')"></mtext></math></body></html>`;

  test('runs nothing, asks nobody for anything, and leads nowhere', async () => {
    const { heard, spy } = await listening();
    const id = await send({ subject: 'Up to something', html: hostile(spy) });
    const { page, context, strayed, refused } = await opened.tab(`#/inbox/${id}`);
    const dialogs: string[] = [];
    const answered: string[] = [];
    const downloads: string[] = [];
    page.on('download', (download) => downloads.push(download.url()));
    context.on('dialog', (dialog) => dialogs.push(dialog.message()));
    context.on('response', (response) => answered.push(response.url()));
    const place = page.url();
    const frame = page.frameLocator('iframe[title="The mail, rendered"]');
    await frame.getByRole('heading', { name: 'Hello' }).waitFor();
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
    expect(await page.locator('iframe').getAttribute('referrerpolicy')).toBe('no-referrer');
    for (const name of ['A link', 'To the top', 'A new window', 'The console', 'A script', 'A file', 'Confirm']) {
      await frame.getByText(name, { exact: true }).click();
      // whatever it leads to, leads to it soon
      await page.waitForTimeout(150);
      expect([name, page.url(), await page.title()]).toEqual([name, place, 'Inbox · ses-suppressor']);
      await page.reload();
      await frame.getByRole('heading', { name: 'Hello' }).waitFor();
    }
    expect([dialogs, await page.evaluate('globalThis.ran')]).toEqual([[], undefined]);
    expect([context.pages().length, downloads]).toEqual([1, []]);
    expect(answered.filter((url) => !url.startsWith(opened.origin) && !url.startsWith('data:'))).toEqual([]);
    expect(heard).toEqual([]);
    // the browser names what the policy forbids as a request, too; none of them was made
    expect(strayed.filter((url) => !url.startsWith(`${spy}/`))).toEqual([]);
    expect(refused).toEqual([]);
  });

  test('shows what strangers wrote as text', async () => {
    const tag = '<img src=x onerror="window.ran=1">';
    const raw = mime(
      `From: "${tag.replaceAll('"', '\\"')}" <no-reply@ledger.example>`,
      'To: success@simulator.amazonses.com',
      `Subject: =?utf-8?b?${Buffer.from(`${tag} \u202egpj.exe`).toString('base64')}?=`,
      'List-Unsubscribe: <javascript:window.ran=1>, <data:text/html,x>',
      'Content-Type: multipart/mixed; boundary=a',
      '',
      '--a',
      'Content-Type: text/plain',
      '',
      `text ${tag}`,
      '--a',
      `Content-Type: application/octet-stream; name="=?utf-8?b?${Buffer.from(`${tag}.pdf`).toString('base64')}?="`,
      'Content-Disposition: attachment',
      '',
      'x',
      '--a--',
    );
    const id = await send({ subject: undefined, raw });
    const { page, strayed, faults } = await opened.tab(`#/inbox/${id}`);
    const letter = letterOf(page);
    await letter.getByRole('heading', { name: `${tag} \\u202egpj.exe` }).waitFor();
    await letter.getByText(`${tag}.pdf`).waitFor();
    await letter.getByText(`text ${tag}`).waitFor();
    expect(await letter.getByRole('link', { name: /javascript|data:/ }).count()).toBe(0);
    await show(page, 'Headers');
    await letter.getByRole('row', { name: /List-Unsubscribe/ }).waitFor();
    expect([await page.locator('img').count(), await page.evaluate('window.ran')]).toEqual([0, undefined]);
    expect([strayed, faults]).toEqual([[], []]);
  });

  test('whose parts cannot be read shows why, and its source', async () => {
    const deep = Array.from({ length: 400 }, (_, n) => [
      `--b${n}`,
      `Content-Type: multipart/mixed; boundary=b${n + 1}`,
      '',
    ]);
    const head = ['From: no-reply@ledger.example', 'To: success@simulator.amazonses.com', 'Subject: Deep'];
    // SES refuses it from us; others may send it
    const { inbox } = cloud();
    const [like] = inbox.mails;
    if (like === undefined) throw new Error('there is no mail yet');
    const raw = Buffer.from([...head, 'Content-Type: multipart/mixed; boundary=b0', '', ...deep.flat()].join('\r\n'));
    inbox.add({ ...like, messageId: 'deep-1', headers: [{ name: 'Subject', value: 'Deep' }], raw });
    const { page } = await opened.tab('#/inbox/deep-1');
    await letterOf(page)
      .getByText(/parts of this mail cannot be read: Maximum/)
      .waitFor();
    await show(page, 'Source');
    expect(await letterOf(page).locator('pre').textContent()).toContain('boundary=b399');
  });
});

test('a mail that is no longer there says so, and the way back is there', async () => {
  const { page, refused } = await opened.tab('#/inbox/0100-nobody');
  await page.getByText('there is no mail 0100-nobody in the inbox').waitFor();
  await page.getByRole('navigation', { name: 'Mails' }).waitFor();
  expect(refused).toEqual(['404 GET /api/inbox/0100-nobody']);
});

test('at 360 px list and letter are screens of their own, without a sideways scroll', async () => {
  await send({ subject: `A long subject ${'without_an_end'.repeat(20)}`, html: `<p>${'wide'.repeat(200)}</p>` });
  const { page } = await opened.tab('#/inbox', { width: 360 });
  const list = page.getByRole('navigation', { name: 'Mails' });
  await list.waitFor();
  expect(await sideways(page)).toBe(0);
  await page.getByRole('link', { name: /A long subject/ }).click();
  await page.locator('iframe').waitFor();
  expect([await list.isVisible(), await sideways(page)]).toEqual([false, 0]);
  for (const form of ['Headers', 'Source']) {
    await show(page, form);
    expect(await sideways(page)).toBe(0);
  }
  await page.getByRole('link', { name: 'All mails' }).click();
  await list.waitFor();
});

test('keyboard alone opens a mail and goes through its forms', async () => {
  await send({ subject: 'By keyboard', text: 'Typed', html: '<b>Typed</b>' });
  const { page } = await opened.tab('#/inbox');
  await page.getByRole('link', { name: /By keyboard/ }).waitFor();
  await tabTo(page, /^By keyboard/);
  await page.keyboard.press('Enter');
  await page.locator('iframe').waitFor();
  await tabTo(page, 'Rendered');
  await page.keyboard.press('ArrowRight');
  await letterOf(page).getByRole('button', { name: 'Copy Text' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await letterOf(page)
    .getByRole('row', { name: /MIME-Version/i })
    .waitFor();
});

test.each(LOOKS)('axe finds nothing wrong (%s, %i px), and nothing is too wide', async (theme, width) => {
  const file = { filename: 'receipt.pdf', contentType: 'application/pdf', content: 'eA==' };
  const html = '<h1>HTML</h1>';
  const id = await send({ subject: 'For axe', text: 'Text', html, unsubscribe: true, attachments: [file] });
  const { page } = await opened.tab('#/inbox', { theme, width });
  await page
    .getByRole('link', { name: /For axe/ })
    .first()
    .waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  await page.goto(`${opened.origin}/#/inbox/${id}`);
  await page.locator('iframe').waitFor();
  expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  for (const form of ['Text', 'Headers', 'Source']) {
    await show(page, form);
    expect([await axe(page), await sideways(page)]).toEqual([[], 0]);
  }
});
