import PostalMime from 'postal-mime';
import { composeMime } from '../../adapters/compose-mime.ts';
import type { MessageParts } from '../../core/send/mailer.ts';
import { compose, PARTS } from './compose-harness.ts';

const names = (head: string): string[] => head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')));

test('names sender, To, Cc and Reply-To with their display names, and has each header once', async () => {
  const { head, mail } = await compose({
    to: [
      { name: 'Pat "the cat", Esq.', address: 'Pat@target.example' },
      { name: '', address: 'ann@target.example' },
    ],
    cc: [{ name: 'Zoë Ångström 株式会社', address: 'zoe@target.example' }],
    replyTo: [{ name: 'Help', address: 'help@ledger.example' }],
  });
  expect(mail.from).toEqual({ name: 'Ledger', address: 'no-reply@ledger.example' });
  expect(mail.to).toEqual([
    { name: 'Pat "the cat", Esq.', address: 'Pat@target.example' },
    { name: '', address: 'ann@target.example' },
  ]);
  expect(mail.cc).toEqual([{ name: 'Zoë Ångström 株式会社', address: 'zoe@target.example' }]);
  expect(mail.replyTo).toEqual([{ name: 'Help', address: 'help@ledger.example' }]);
  expect(names(head).sort()).toEqual([
    'Cc',
    'Content-Transfer-Encoding',
    'Content-Type',
    'Date',
    'From',
    'MIME-Version',
    'Message-ID',
    'Reply-To',
    'Subject',
    'To',
  ]);
});

test.each([
  ['without Cc', []],
  ['with Cc', [{ name: '', address: 'ann@target.example' }]],
])('names nobody in To when nobody is left there, %s', async (_what, cc) => {
  const { head, mail } = await compose({ to: [], cc });
  expect(head).toMatch(/^To: undisclosed-recipients:;$/m);
  expect(names(head).filter((name) => name === 'To')).toHaveLength(1);
  expect(mail.cc ?? []).toEqual(cc);
});

test('keeps a subject in any script, long or short', async () => {
  for (const subject of [
    'Grüße aus Köln',
    '請求書のお知らせ'.repeat(20),
    `plain ${'word '.repeat(60)}end`,
    '=?not an encoded word',
    '🚫',
  ]) {
    const { mail, head } = await compose({ subject });
    expect(mail.subject).toBe(subject);
    expect(head).toMatch(/^[\x20-\x7e\r\n\t]*$/);
  }
});

test('reads a display name that is encoded already, instead of quoting it', async () => {
  const { mail, head } = await compose({
    from: { name: '=?utf-8?q?P=C3=A1t_of?= =?UTF-8?B?IMOFbA==?=', address: 'pat@ledger.example' },
  });
  expect(mail.from?.name).toBe('Pát of Ål');
  expect(head).toMatch(/^From: =\?UTF-8\?Q\?P=C3=A1t_of_=C3=85l\?= <pat@ledger\.example>$/m);
});

test('carries text, HTML or both', async () => {
  const both = await compose({ text: 'Grüße\n', html: '<p>Grüße' });
  expect([both.mail.text?.trim(), both.mail.html?.trim()]).toEqual(['Grüße', '<p>Grüße']);
  expect(both.head).toContain('multipart/alternative');
  const { text: _text, ...untold } = PARTS;
  const html = await PostalMime.parse(await composeMime({ ...untold, html: '<p>Hi' }));
  expect([html.text, html.html?.trim()]).toEqual([undefined, '<p>Hi']);
  const empty = await compose({ text: '' });
  expect(empty.mail.text?.trim() ?? '').toBe('');
});

test('ends every line with CRLF and keeps each within 998 characters', async () => {
  const { text } = await compose({ text: `a\nb\rc\r\n.\n${'long '.repeat(1000)}`, html: 'x'.repeat(5000) });
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
});

const HOSTILE = 'x\r\nBcc: eve@evil.example\r\nX-SES-MESSAGE-TAGS: a=b\n\n<script>';
test.each<[string, Partial<MessageParts>]>([
  ['the subject', { subject: HOSTILE }],
  ['a display name', { to: [{ name: HOSTILE, address: 'pat@target.example' }] }],
  [
    'an encoded display name',
    { to: [{ name: '=?utf-8?q?x=0D=0ABcc:_eve@evil.example?=', address: 'pat@target.example' }] },
  ],
  ['an address', { cc: [{ name: '', address: `pat@target.example${HOSTILE}` }] }],
  ['the sender', { from: { name: HOSTILE, address: `no-reply@ledger.example\r\nBcc: eve@evil.example` } }],
])('lets no header in through %s', async (_what, parts) => {
  const { head, mail } = await compose(parts);
  const allowed = [
    'To',
    'Cc',
    'From',
    'Subject',
    'Message-ID',
    'Date',
    'MIME-Version',
    'Content-Type',
    'Content-Transfer-Encoding',
  ];
  expect(names(head).filter((name) => !allowed.includes(name))).toEqual([]);
  expect(mail.bcc).toBeUndefined();
});

test('never adds a recipient that only a lenient parser would see', async () => {
  const { mail } = await compose({ to: [{ name: 'a@evil.example, b@evil.example', address: 'pat@target.example' }] });
  expect(mail.to).toEqual([{ name: 'a@evil.example, b@evil.example', address: 'pat@target.example' }]);
});

test('keeps a quoted local part quoted', async () => {
  const { head } = await compose({ to: [{ name: '', address: '"a b"@target.example' }] });
  expect(head).toMatch(/^To: <"a b"@target\.example>$/m);
});

test('refuses content that is not text, so that no file is read and nothing is fetched', async () => {
  for (const content of [{ path: '/etc/hostname' }, { href: 'http://127.0.0.1:9/' }])
    await expect(composeMime({ ...PARTS, text: content as unknown as string })).rejects.toThrow();
});
