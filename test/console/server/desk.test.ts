import { newAccess } from '../../../console/server/access.ts';
import { makeConsole } from '../../../console/server/app.ts';
import type { Desk } from '../../../console/server/desk.ts';
import { localDesk } from '../../../local/console/desk.ts';
import type { Outcome } from '../../../local/functions/outcome.ts';
import { Inbox } from '../../../local/ses/inbox.ts';
import { memoryDependencies } from '../../cli/harness.ts';
import { acceptedMail } from '../../local/console/accepted-mail.ts';
import { stillFeed } from './still-feed.ts';

const PORT = 4711;
const ORIGIN = `http://127.0.0.1:${PORT}`;
const access = newAccess();

const ask = async (desk: Desk | undefined, path: string, body?: unknown) => {
  const app = makeConsole(
    {
      deps: memoryDependencies(),
      target: { stack: 'Suppressor' },
      feed: stillFeed(),
      ...(desk !== undefined && { desk }),
    },
    { port: PORT, access, page: new Map() },
  );
  const headers = { host: `127.0.0.1:${PORT}`, cookie: `ses-suppressor-${PORT}=${access.session}`, origin: ORIGIN };
  const answer = await app.request(`${ORIGIN}/api${path}`, {
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) };
};

const deskWith = (outcome: Outcome, ...mails: ReturnType<typeof acceptedMail>[]) => {
  const inbox = new Inbox();
  for (const mail of mails) inbox.add(mail);
  const asked: unknown[] = [];
  const invoke = async (name: string, event: unknown) => {
    asked.push([name, event]);
    return outcome;
  };
  return { desk: localDesk({ inbox, invoke, addresses: { lambda: 'http://127.0.0.1:4700' } }), asked };
};

const SENT: Outcome = { ok: true, payload: '{"status":"sent","messageId":"m-1","sent":["pat@target.example"]}' };

describe('on a deployed stack', () => {
  const paths = ['/desk', '/inbox', '/inbox/m-1', '/inbox/m-1/html'];
  test.each(paths)('GET %s is not there, and says where it is', async (path) => {
    const { status, json } = await ask(undefined, path);
    expect(status).toBe(404);
    expect(json().error).toMatchObject({ code: 'NotOnADeployment', remedy: expect.stringContaining('npm start') });
  });

  test('nothing is sent', async () => {
    const { status, json } = await ask(undefined, '/desk/send', { to: ['pat@target.example'] });
    expect([status, json().error.code]).toEqual([404, 'NotOnADeployment']);
  });
});

describe('sending', () => {
  test('gives the request to the send function as it is, once', async () => {
    const { desk, asked } = deskWith(SENT);
    const request = { to: ['pat@target.example'], anything: [1, { else: null }] };
    const { status, json } = await ask(desk, '/desk/send', request);
    expect(status).toBe(200);
    expect(json()).toMatchObject({ ok: true, messageId: 'm-1', status: 'sent' });
    expect(asked).toEqual([['send', request]]);
  });

  test.each([[[]], ['nothing'], [null], [7]])('of %j is refused: it is no request', async (body) => {
    const { desk, asked } = deskWith(SENT);
    const { status, json } = await ask(desk, '/desk/send', JSON.stringify(body));
    expect([status, json().error.code, asked]).toEqual([400, 'InvalidRequest', []]);
    expect(json().error.message).toContain('one send request');
  });

  test('an attachment of megabytes passes', async () => {
    const { desk, asked } = deskWith(SENT);
    const content = 'A'.repeat(5_000_000);
    const { status } = await ask(desk, '/desk/send', { attachments: [{ content }] });
    expect(status).toBe(200);
    expect(asked).toEqual([['send', { attachments: [{ content }] }]]);
  });
});

describe('the inbox', () => {
  const html = '<p>Hi <script>alert(1)</script></p>';
  const mail = acceptedMail({ raw: `Content-Type: text/html\r\n\r\n${html}` });

  test('lists what SES accepted', async () => {
    const { json } = await ask(deskWith(SENT, mail).desk, '/inbox');
    expect(json()).toMatchObject({ accepted: 1, mails: [{ messageId: mail.messageId, subject: 'Your receipt' }] });
  });

  test('gives one mail', async () => {
    const { status, json } = await ask(deskWith(SENT, mail).desk, `/inbox/${mail.messageId}`);
    expect([status, json().hasHtml, json().messageId]).toEqual([200, true, mail.messageId]);
  });

  test('gives HTML with a policy by which it can do nothing', async () => {
    const { status, headers, text } = await ask(deskWith(SENT, mail).desk, `/inbox/${mail.messageId}/html`);
    expect([status, text.trim()]).toEqual([200, html]);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
    );
    expect(headers.get('x-dns-prefetch-control')).toBe('off');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test.each(['', '/html'])('says so where there is no such mail: %s', async (part) => {
    const { status, json } = await ask(deskWith(SENT, mail).desk, `/inbox/0100-nobody${part}`);
    expect([status, json().error.code]).toEqual([404, part === '' ? 'NoSuchMail' : 'NoHtml']);
    expect(json().error.message).toContain('0100-nobody');
  });

  test('a mail of text alone has no HTML to give', async () => {
    const plain = acceptedMail({ raw: 'Subject: Hi\r\n\r\nHi' });
    const { status, json } = await ask(deskWith(SENT, plain).desk, `/inbox/${plain.messageId}/html`);
    expect([status, json().error.code]).toEqual([404, 'NoHtml']);
  });

  test.each(['%3Cscript%3E', 'a'.repeat(129), '..%2f..'])('what is no id is refused: %s', async (id) => {
    const { status, json } = await ask(deskWith(SENT, mail).desk, `/inbox/${id}`);
    expect([status, json().error.code]).toEqual([400, 'InvalidRequest']);
  });
});
