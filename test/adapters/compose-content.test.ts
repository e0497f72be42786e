import fc from 'fast-check';
import { decodeWords } from 'postal-mime';
import { composeMime } from '../../adapters/compose-mime.ts';
import { countParts } from '../../core/mime/count-parts.ts';
import type { Attachment, MessageParts } from '../../core/send/mailer.ts';
import { compose, PARTS } from './compose-harness.ts';

const bytesOf = (content: string | ArrayBuffer | Uint8Array): Buffer => Buffer.from(content as ArrayBuffer);

const script = fc.constantFrom(...'abc XYZ 09 .,;:"\'\\()<>[]@=?_-éßÅ請求書🚫👩‍👩‍👧'.split(''));
const text = (maxLength: number) =>
  fc
    .array(fc.oneof(script, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), { maxLength })
    .map((characters) =>
      characters
        .join('')
        .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')
        .toWellFormed(),
    )
    .filter((joined) => !/=\?[^?]*\?[bq]\?/i.test(joined));
const trimmed = (maxLength: number) => text(maxLength).map((some) => some.replace(/\s+/g, ' ').trim());
const local = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const mailbox = fc.record({ name: trimmed(60), address: local.map((name) => `${name}@target.example`) });
const filename = trimmed(60).filter((name) => name !== '');
const file: fc.Arbitrary<Attachment> = fc.record({
  filename,
  contentType: fc.constantFrom(
    'application/pdf',
    'text/plain; charset=utf-8',
    'image/png',
    'application/json; x="a b"',
  ),
  content: fc.uint8Array({ maxLength: 300 }),
});

test('builds what parses back to what was asked, in any script', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        from: mailbox,
        to: fc.uniqueArray(mailbox, { maxLength: 5, selector: ({ address }) => address }),
        replyTo: fc.array(mailbox, { maxLength: 1 }),
        subject: trimmed(200),
        text: text(200),
        html: text(200),
        attachments: fc.array(file, { maxLength: 3 }),
        headers: fc.array(
          trimmed(150).filter((value) => value !== ''),
          { maxLength: 3 },
        ),
      }),
      async ({ headers, ...asked }) => {
        const named = headers.map((value, i) => ({ name: `X-Custom-${i}`, value }));
        const { mail, head, text: whole } = await compose({ ...asked, headers: named });
        expect(mail.from).toEqual(asked.from);
        expect(mail.to ?? []).toEqual(
          asked.to.length === 0 ? [{ name: 'undisclosed-recipients', group: [] }] : asked.to,
        );
        expect(mail.replyTo ?? []).toEqual(asked.replyTo);
        expect(mail.subject ?? '').toBe(asked.subject);
        expect(mail.text?.replace(/\r?\n$/, '') ?? '').toBe(asked.text);
        expect(mail.html?.replace(/\r?\n$/, '') ?? '').toBe(asked.html);
        for (const { name, value } of named)
          expect(decodeWords(mail.headers.find(({ key }) => key === name.toLowerCase())?.value ?? '')).toBe(value);
        expect(mail.attachments.map((each) => [each.filename, each.disposition, bytesOf(each.content)])).toEqual(
          asked.attachments.map((each) => [each.filename, 'attachment', Buffer.from(each.content)]),
        );
        expect(head).toMatch(/^[\t\r\n -~]*$/);
        expect(whole.split('\r\n').filter((line) => line.length > 998)).toEqual([]);
        expect(head).not.toMatch(/\r\n[\t ]*\r\n/);
      },
    ),
    { numRuns: 60 },
  );
});

test('shows an image within the HTML that names it', async () => {
  const content = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255]);
  const { mail, text } = await compose({
    html: '<img src="cid:logo@ledger">',
    attachments: [
      { content, contentType: 'image/png', contentId: 'logo@ledger' },
      { content: Buffer.from('Hi'), filename: 'terms.txt' },
    ],
  });
  expect(mail.attachments).toMatchObject([
    { contentId: '<logo@ledger>', disposition: 'inline', related: true, mimeType: 'image/png' },
    { filename: 'terms.txt', disposition: 'attachment', mimeType: 'text/plain' },
  ]);
  expect(bytesOf(mail.attachments[0]?.content ?? '')).toEqual(content);
  const types = [...text.matchAll(/^Content-Type: multipart\/([a-z]+)/gm)].map(([, type]) => type);
  expect(types).toEqual(['mixed', 'alternative', 'related']);
});

test.each([
  ['a.pdf', 'application/pdf'],
  ['a.unheard-of', 'application/octet-stream'],
  ['a.eml', 'application/octet-stream'],
  [undefined, 'application/octet-stream'],
])('tells the type of %s by its name', async (name, type) => {
  const content = Buffer.from('\nFrom: \r\n\0é');
  const { mail } = await compose({ attachments: [{ content, ...(name === undefined ? {} : { filename: name }) }] });
  expect(mail.attachments).toMatchObject([{ mimeType: type }]);
  expect(mail.attachments[0]?.filename ?? undefined).toBe(name);
  expect(bytesOf(mail.attachments[0]?.content ?? '')).toEqual(content);
});

test('carries an attached message as it is, but for its line ends', async () => {
  const forwarded = { content: Buffer.from('Subject: Old\n\n--not a boundary\nHi\n'), contentType: 'message/rfc822' };
  const { text, mail } = await compose({ attachments: [{ ...forwarded, filename: 'old.eml' }] });
  expect(text).toContain('\r\nSubject: Old\r\n\r\n--not a boundary\r\nHi\r\n');
  expect(mail.attachments).toMatchObject([{ filename: 'old.eml', mimeType: 'message/rfc822' }]);
});

test('shows an invitation as one: the last alternative, with its method, and a file for programs that know no other', async () => {
  const content = 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nSUMMARY:Sitzung – Köln\nEND:VCALENDAR\n';
  const { mail, text } = await compose({ html: '<p>Come', calendar: { method: 'request', content } });
  const types = [...text.matchAll(/^Content-Type: ([a-z/]+)/gim)].map(([, type]) => type);
  expect(types).toEqual([
    'multipart/mixed',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'text/calendar',
    'application/ics',
  ]);
  expect(text).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=REQUEST\r$/m);
  const [invitation, attached] = mail.attachments;
  expect(invitation).toMatchObject({ mimeType: 'text/calendar', method: 'REQUEST' });
  expect(attached).toMatchObject({ mimeType: 'application/ics', filename: 'invite.ics', disposition: 'attachment' });
  for (const part of [invitation, attached])
    expect(
      bytesOf(part?.content ?? '')
        .toString()
        .replaceAll('\r\n', '\n')
        .trimEnd(),
    ).toBe(content.trimEnd());
});

test('writes the names of headers as they are given, and the Message-ID once', async () => {
  const { head } = await compose({
    headers: [
      { name: 'X-MyHEADER', value: '1' },
      { name: 'message-id', value: ' <mine@ledger.example> ' },
      { name: 'References', value: '<a@x.example> <b@x.example>' },
      { name: '__proto__', value: '2' },
    ],
  });
  expect(head).toMatch(/^X-MyHEADER: 1\r$/m);
  expect(head).toMatch(/^References: <a@x\.example> <b@x\.example>\r$/m);
  expect(head).toMatch(/^__proto__: 2\r$/m);
  expect(head.match(/^message-id:.*$/gim)).toEqual(['Message-ID: <mine@ledger.example>']);
});

test('keeps the link to unsubscribe in one piece, however long it is', async () => {
  const link = `<https://unsubscribe.example/${'x'.repeat(950 - 'https://unsubscribe.example/'.length)}>`;
  const { head } = await compose({
    headers: [
      { name: 'List-Unsubscribe', value: link },
      { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    ],
  });
  expect(head.split('\r\n')).toContain(`List-Unsubscribe: ${link}`);
  expect(head.split('\r\n')).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
});

test('keeps runs of spaces, where a broken line would look like the end of the headers', async () => {
  const subject = `a${' '.repeat(200)}b ${'c'.repeat(70)}${' '.repeat(1500)}d`;
  const { mail, head } = await compose({ subject });
  expect(mail.subject).toBe(subject);
  expect(head).not.toMatch(/\r\n[\t ]*\r\n/);
});

test('keeps angle brackets in a quoted local part', async () => {
  const { head } = await compose({ to: [{ name: 'Pat', address: '"a<b>c"@target.example' }] });
  expect(head).toMatch(/^To: Pat <"a<b>c"@target\.example>\r$/m);
});

test('has as many parts as are counted', async () => {
  const attachments = Array.from({ length: 20 }, () => ({ content: Buffer.from('x') }));
  expect(countParts((await compose({ html: '<p>', attachments })).raw)).toBe(24);
  expect(countParts((await compose({})).raw)).toBe(1);
});

test('sends empty HTML as HTML where there is no text, and leaves it out beside one', async () => {
  const { text: _text, ...untold } = PARTS;
  const typeOf = async (parts: MessageParts) =>
    /^Content-Type: (.*)\r$/m.exec(Buffer.from(await composeMime(parts)).toString())?.[1];
  expect(await typeOf({ ...untold, html: '' })).toBe('text/html; charset=utf-8');
  expect(await typeOf({ ...PARTS, text: '', html: '' })).toBe('text/html; charset=utf-8');
  expect(await typeOf({ ...PARTS, html: '' })).toBe('text/plain; charset=utf-8');
});

test.each(['*.txt', 'a "b" \\ *.txt', `${'x'.repeat(250)}*.txt`, "it's*"])(
  'quotes the name of a file, %s',
  async (filename) => {
    for (const contentId of [undefined, 'logo']) {
      const file = { content: Buffer.from('x'), contentType: 'application/pdf', filename };
      const { mail, text: whole } = await compose({
        attachments: [contentId === undefined ? file : { ...file, contentId }],
      });
      expect(mail.attachments).toMatchObject([
        { filename, disposition: contentId === undefined ? 'attachment' : 'inline', mimeType: 'application/pdf' },
      ]);
      expect(whole).toContain(`\r\n filename="${filename.replace(/["\\]/g, '\\$&')}"\r\n`);
    }
  },
);
