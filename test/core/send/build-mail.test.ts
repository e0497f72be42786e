import { type BuildDeps, buildMail } from '../../../core/send/build-mail.ts';
import type { MessageParts } from '../../../core/send/mailer.ts';
import { DEPLOYED, preparedOf, raw, request, template } from './requests.ts';

/** A composer that notes what it is given, and gives what it is told. */
const noting = (mime: Uint8Array = Buffer.from('mime')) => {
  const composed: MessageParts[] = [];
  const deps: BuildDeps = {
    compose: async (parts) => {
      composed.push(parts);
      return mime;
    },
    ...(DEPLOYED.unsubscribe === undefined ? {} : { unsubscribe: DEPLOYED.unsubscribe }),
  };
  return { composed, deps };
};
const build = (input: unknown, deps: BuildDeps = noting().deps, without: readonly string[] = []) => {
  const prepared = preparedOf(input);
  return buildMail(
    prepared,
    prepared.recipients.usable.filter(({ mailbox }) => !without.includes(mailbox.key)),
    deps,
  );
};

test('names in a built message only those it goes to, and tags it with the stream', async () => {
  const { composed, deps } = noting();
  const people = {
    to: ['gone@target.example', 'Pat <Pat@target.example>'],
    cc: ['ann@target.example'],
    bcc: ['bob@target.example'],
  };
  const built = await build(
    request({
      ...people,
      replyTo: ['Help <help@ledger.example>'],
      headers: { 'X-A': '1' },
      stream: 'receipts',
      tags: { run: '7' },
    }),
    deps,
    ['gone@target.example'],
  );
  expect(built).toEqual({
    ok: true,
    value: {
      kind: 'raw',
      raw: Buffer.from('mime'),
      source: 'no-reply@ledger.example',
      destinations: ['Pat@target.example', 'ann@target.example', 'bob@target.example'],
      tags: { run: '7', stream: 'receipts' },
      configurationSet: 'main',
    },
  });
  expect(composed).toEqual([
    {
      from: { name: 'Ledger', address: 'no-reply@ledger.example' },
      to: [{ name: 'Pat', address: 'Pat@target.example' }],
      cc: [{ name: '', address: 'ann@target.example' }],
      replyTo: [{ name: 'Help', address: 'help@ledger.example' }],
      subject: 'Hi',
      text: 'Hi',
      attachments: [],
      headers: [{ name: 'X-A', value: '1' }],
    },
  ]);
});

test('gives a template its data and only those it goes to, with their names', async () => {
  const people = { to: ['gone@target.example'], cc: ['Ann <ann@target.example>'], bcc: ['bob@target.example'] };
  const built = await build(template({ ...people, stream: 'receipts' }), noting().deps, ['gone@target.example']);
  expect(built).toEqual({
    ok: true,
    value: {
      kind: 'template',
      template: 'welcome',
      data: '{"name":"Pat"}',
      source: 'no-reply@ledger.example',
      destinations: ['ann@target.example', 'bob@target.example'],
      from: { name: 'Ledger', address: 'no-reply@ledger.example' },
      to: [],
      cc: [{ name: 'Ann', address: 'ann@target.example' }],
      bcc: [{ name: '', address: 'bob@target.example' }],
      replyTo: [],
      tags: { stream: 'receipts' },
      configurationSet: 'main',
    },
  });
});

const LINK = 'https://unsubscribe.example/news/pat@target.example';

test('adds the headers of one-click unsubscribe to a built message', async () => {
  const { composed, deps } = noting();
  await build(request({ unsubscribe: true, stream: 'news', headers: { 'X-A': '1' } }), deps);
  expect(composed[0]?.headers).toEqual([
    { name: 'X-A', value: '1' },
    { name: 'List-Unsubscribe', value: `<${LINK}>` },
    { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
  ]);
});

test('fills the link in wherever text and HTML ask for it', async () => {
  const { composed, deps } = noting();
  const ask = 'Enough? {{unsubscribeUrl}} or {{unsubscribeUrl}}.';
  await build(
    request({ unsubscribe: true, stream: 'news', text: ask, html: `<a href="{{unsubscribeUrl}}">no</a>` }),
    deps,
  );
  expect(composed[0]).toMatchObject({ text: `Enough? ${LINK} or ${LINK}.`, html: `<a href="${LINK}">no</a>` });
});

test('puts them in front of a raw message', async () => {
  const built = await build(raw(['To: pat@target.example'], { unsubscribe: true, stream: 'news' }));
  const mime = built.ok && built.value.kind === 'raw' ? Buffer.from(built.value.raw).toString() : '';
  expect(mime).toBe(
    `List-Unsubscribe: <${LINK}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n` +
      'From: Ledger <no-reply@ledger.example>\r\nTo: pat@target.example\r\n\r\nBody\r\n',
  );
});

test.each([
  ['a built message', request({ unsubscribe: true, stream: 'news' })],
  ['a raw message', raw(['To: pat@target.example'], { unsubscribe: true, stream: 'news' })],
])('sends nothing when the key for the link of %s cannot be read', async (_what, input) => {
  const { composed, deps } = noting();
  const link = () => Promise.reject(new Error('the secret is out of reach'));
  expect(await build(input, { ...deps, unsubscribe: { link } })).toMatchObject({
    ok: false,
    error: { code: 'UnsubscribeUnavailable', retryable: true, message: expect.stringContaining('out of reach') },
  });
  expect(composed).toEqual([]);
});

test('fails as a value when the composer does', async () => {
  const compose = () => Promise.reject(new Error('no'));
  expect(await build(request(), { compose })).toMatchObject({ ok: false, error: { code: 'InvalidRequest' } });
});

test('refuses what became too large or has too many parts, before SES does', async () => {
  const large = noting(Buffer.alloc(10_485_761));
  expect(await build(request(), large.deps)).toMatchObject({
    error: { code: 'TooLarge', message: 'ses: the message has 10485761 bytes, at most 10485760 are taken' },
  });
  const parts = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(500)}--b--\r\n`;
  expect(await build(request(), noting(Buffer.from(parts)).deps)).toMatchObject({
    error: { code: 'TooLarge', message: 'ses: the message has 501 MIME parts, at most 500 are taken' },
  });
});

test('measures a raw message again that headers were added to', async () => {
  const head = 'From: a@ledger.example\r\nTo: pat@target.example\r\n\r\n';
  const whole = Buffer.concat([Buffer.from(head), Buffer.alloc(10_485_760 - head.length, 'x')]).toString('base64');
  expect(await build({ raw: whole })).toMatchObject({ ok: true });
  expect(await build({ raw: whole, unsubscribe: true, stream: 'news' })).toMatchObject({ error: { code: 'TooLarge' } });
});
