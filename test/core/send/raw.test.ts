import fc from 'fast-check';
import { prepare } from '../../../core/send/prepare.ts';
import { base64, DEPLOYED, errorOf, preparedOf, RAW, raw } from './requests.ts';

const mimeOf = (input: unknown): string => {
  const { content } = preparedOf(input);
  if (content.kind !== 'raw') throw new Error('not raw');
  return Buffer.from(content.raw).toString('latin1');
};
const givenTo = (input: unknown) =>
  preparedOf(input).recipients.usable.map(({ field, mailbox }) => `${field} ${mailbox.key}`);

test('takes sender, recipients and Message-ID from the headers and leaves the message as it is', () => {
  const prepared = preparedOf({ raw: base64(RAW) });
  expect(prepared).toMatchObject({
    from: { name: 'Ledger', address: 'no-reply@ledger.example' },
    recipients: { usable: [{ field: 'to', given: 'Pat <pat@target.example>' }], refused: [] },
    ownMessageId: '<mine@ledger.example>',
    headerMismatch: { headersOnly: [], envelopeOnly: [] },
    configurationSet: 'main',
    tags: {},
  });
  expect(mimeOf({ raw: base64(RAW) })).toBe(RAW);
});

test('removes Bcc and what SES would take for instructions, folds included, and nothing else', () => {
  const lines = [
    'To: pat@target.example',
    'BCC : secret@target.example,',
    '\tother@target.example',
    'Resent-Bcc: secret@target.example',
    'X-SES-SOURCE-ARN: arn:aws:ses:eu-west-1:1:identity/x',
    'x-ses-tenant: t',
    'X-SES-MESSAGE-TAGS: a=b',
    'X-SES-CONFIGURATION-SET: main',
    'X-SES-LIST-MANAGEMENT-OPTIONS: list; topic=news',
    'X-Mailer: \xe9 8 bits',
    '  folded',
  ];
  expect(mimeOf(raw(lines))).toBe(
    'From: Ledger <no-reply@ledger.example>\r\nTo: pat@target.example\r\n' +
      'X-SES-LIST-MANAGEMENT-OPTIONS: list; topic=news\r\nX-Mailer: \xc3\xa9 8 bits\r\n  folded\r\n\r\nBody\r\n',
  );
  expect(givenTo(raw(lines))).toEqual([
    'to pat@target.example',
    'bcc secret@target.example',
    'bcc other@target.example',
  ]);
});

test('reads groups, folds, comments, names in any script and repeated headers, and folds the same mailbox', () => {
  const lines = [
    'To: "Cat, Pat" <pat@target.example>, Team: ann@target.example,',
    ' =?utf-8?q?Zo=C3=AB?=\t<zoe@target.example>;',
    'To: Zoë (the, second) <Zoe@TARGET.example>',
    'Cc: undisclosed-recipients:;',
  ];
  expect(givenTo(raw(lines))).toEqual(['to pat@target.example', 'to ann@target.example', 'to zoe@target.example']);
});

test('refuses what is no mailbox and sends to the rest', () => {
  expect(preparedOf(raw(['To: pat@target.example, nobody, a@[127.0.0.1]'])).recipients).toMatchObject({
    usable: [{ given: 'pat@target.example' }],
    refused: [{ given: 'nobody' }, { given: 'a@[127.0.0.1]' }],
  });
});

test('reads an address whose name alone is longer than an address may be', () => {
  const name = Array.from({ length: 10 }, () => `=?utf-8?b?${'w6nD'.repeat(12)}?=`).join('\r\n ');
  expect(givenTo(raw([`To: ${name} <pat@target.example>`]))).toEqual(['to pat@target.example']);
});

test("takes the request's recipients for the envelope and reports where the headers disagree", () => {
  const lines = ['To: Pat <pat@target.example>, gone@target.example', 'Cc: nobody'];
  const prepared = preparedOf(
    raw(lines, { to: ['PAT@target.example', 'new@target.example'], bcc: ['quiet@target.example'] }),
  );
  expect(prepared.recipients.usable.map(({ mailbox }) => mailbox.key)).toEqual([
    'pat@target.example',
    'new@target.example',
    'quiet@target.example',
  ]);
  expect(prepared.headerMismatch).toEqual({
    headersOnly: ['gone@target.example'],
    envelopeOnly: ['new@target.example'],
  });
});

test('takes a sender whom the From header names too, by address key', () => {
  const own = { from: 'Bounces <NO-REPLY@LEDGER.example>' };
  expect(preparedOf(raw(['To: pat@target.example'], own)).from).toEqual({
    name: 'Bounces',
    address: 'NO-REPLY@ledger.example',
  });
  const two = 'From: a@x.example, b@x.example\r\nTo: pat@target.example\r\n\r\n';
  expect(preparedOf({ raw: base64(two), from: 'b@x.example' }).from.address).toBe('b@x.example');
});

test.each([
  ['another From header', raw(['To: a@x.example'], { from: 'eve@x.example' }), '"Ledger <no-reply@ledger.example>"'],
  ['no From header', { raw: base64('To: a@x.example\r\n\r\n'), from: 'eve@x.example' }, 'nobody'],
  ['a From header that is none', { raw: base64('From: x\r\nTo: a@x.example\r\n\r\n'), from: 'eve@x.example' }, '"x"'],
])('refuses a sender beside %s', (_what, input, named) => {
  expect(errorOf(input)).toMatchObject({
    code: 'InvalidRequest',
    message: `from is "eve@x.example", but the From header of raw, which recipients see, names ${named}; give the same sender in both`,
  });
});

test.each<[string, string, string[], string[]]>([
  [
    'a group after an address',
    'pat@x.example Team: ann@x.example;, b@x.example',
    ['to b@x.example'],
    ['pat@x.example Team: ann@x.example'],
  ],
  ['a colon after a mailbox', 'Pat <pat@x.example>: ann@x.example', [], ['Pat <pat@x.example>: ann@x.example']],
  ['a port', 'pat@x.example:25, ann@x.example', ['to ann@x.example'], ['pat@x.example:25']],
  ['a comment that never ends', 'pat@x.example, (open, ann@x.example', ['to pat@x.example'], ['(open, ann@x.example']],
  ['a URL', 'mailto:pat@x.example', [], ['mailto:pat@x.example']],
])('refuses %s as a recipient and says so', (_what, to, sent, refused) => {
  const prepared = prepare(raw([`To: ${to}`]), DEPLOYED);
  const list = prepared.ok ? prepared.value.recipients.refused : (prepared.error.refused ?? []);
  expect(list.map(({ given }) => given)).toEqual(refused);
  expect(prepared.ok ? givenTo(raw([`To: ${to}`])) : []).toEqual(sent);
});

test('mails a quoted local part with its blanks, and none that holds a tab', () => {
  expect(givenTo(raw(['To: "a  b"@x.example,\r\n\tPat\t<pat@x.example>']))).toEqual([
    'to "a  b"@x.example',
    'to pat@x.example',
  ]);
  expect(preparedOf(raw(['To: "a\tb"@x.example, pat@x.example'])).recipients.refused).toMatchObject([
    { code: 'AddressControlCharacter' },
  ]);
});

test('does not take an address for a part of a long name', () => {
  const long = `${'x '.repeat(200)}pat@x.example <ann@x.example>`;
  expect(preparedOf(raw([`To: ${long}, b@x.example`])).recipients).toMatchObject({
    usable: [{ given: 'b@x.example' }],
    refused: [{ code: 'AddressTooLong' }],
  });
});

test('finds the Message-ID beside a comment, and none that is not ASCII', () => {
  const idOf = (value: string) => preparedOf(raw(['To: a@x.example', `Message-ID: ${value}`])).ownMessageId;
  expect(idOf('<mine@ledger.example> (a receipt)')).toBe('<mine@ledger.example>');
  expect(idOf('<é@ledger.example>')).toBeUndefined();
});

test('cuts what is refused, and tells a bounded number of the addresses that are not mailed', () => {
  const people = Array.from({ length: 300 }, (_, i) => `p${i}@x.example`);
  const lines = [`To: ${people.join(', ')}`];
  expect(preparedOf(raw(lines, { to: ['p0@x.example'] })).headerMismatch?.headersOnly).toEqual(people.slice(1, 101));
  expect(errorOf(raw(lines)).message).toContain('300 recipients in one message');
  const [refused] = preparedOf(raw([`To: ${'x'.repeat(400_000)}, a@x.example`])).recipients.refused;
  expect(refused).toMatchObject({ given: `${'x'.repeat(320)}…`, code: 'AddressTooLong' });
});

test("merges the headers' tags into the request's, which win", () => {
  const lines = [
    'To: pat@target.example',
    'X-SES-MESSAGE-TAGS: run=7, campaign=spring;',
    'x-ses-message-tags: stream=receipts; run = 8',
  ];
  const prepared = preparedOf(raw(lines, { stream: 'receipts', tags: { campaign: 'autumn' } }));
  expect(prepared.tags).toEqual({ run: '8', campaign: 'autumn' });
});

test('uses the configuration set of the headers if the request names none', () => {
  const lines = ['To: pat@target.example', 'X-SES-CONFIGURATION-SET: other'];
  expect(preparedOf(raw(lines)).configurationSet).toBe('other');
  expect(preparedOf(raw(lines, { configurationSet: 'other' })).configurationSet).toBe('other');
});

test.each<[string, unknown, string, string?]>([
  ['what is not base64', { raw: 'From: x' }, 'raw: standard base64 with its padding'],
  ['no message', { raw: '' }, 'raw: no blank line ends the headers'],
  ['a message without a blank line', { raw: base64('From: a@x.example\r\n') }, 'raw: no blank line'],
  ['a message without a sender', { raw: base64('To: a@x.example\r\n\r\n') }, 'raw: its From header names 0 mailboxes'],
  [
    'a message with two senders',
    { raw: base64('From: a@x.example, b@x.example\r\nTo: a@x.example\r\n\r\n') },
    'raw: its From header names 2 mailboxes',
  ],
  [
    'a sender that is none',
    { raw: base64('From: nobody\r\nTo: a@x.example\r\n\r\n') },
    'raw: From: "nobody" is not one',
  ],
  ['no recipient', raw(['Subject: Hi']), 'neither the request nor To, Cc and Bcc of the message'],
  ['malformed recipients only', raw(['To: x, y']), 'every recipient is malformed'],
  ['a second Subject', raw(['To: a@x.example', 'Subject: 1', 'SUBJECT: 2']), 'the header subject twice'],
  [
    'another stream',
    raw(['To: a@x.example', 'X-SES-MESSAGE-TAGS: stream=news'], { stream: 'receipts' }),
    'the stream is "news"',
  ],
  ['a stream the request has not', raw(['To: a@x.example', 'X-SES-MESSAGE-TAGS: stream=news']), 'set "stream"'],
  ['the tag of keys', raw(['To: a@x.example', 'X-SES-MESSAGE-TAGS: suppressor-key=x']), 'any tag name but stream and'],
  ['a tag of SES', raw(['To: a@x.example', 'X-SES-MESSAGE-TAGS: ses:feedback-id-a=x']), "ses: is SES's own"],
  ['a tag without a value', raw(['To: a@x.example', 'X-SES-MESSAGE-TAGS: a']), '"a" is no name=value'],
  ['a tag with a space', raw(['To: a@x.example', 'X-SES-MESSAGE-TAGS: a=b c']), '1 to 256 of the characters'],
  [
    'another configuration set than the request has',
    raw(['To: a@x.example', 'X-SES-CONFIGURATION-SET: other'], { configurationSet: 'main' }),
    'X-SES-CONFIGURATION-SET is "other", but "main" is named too',
  ],
  [
    'a configuration set that is not wired',
    raw(['To: a@x.example', 'X-SES-CONFIGURATION-SET: elsewhere']),
    'configurationSet "elsewhere" is not wired',
    'ConfigurationSetNotFound',
  ],
  [
    'unsubscribe beside a header of that name',
    raw(['To: a@x.example', 'List-Unsubscribe: <https://x.example>'], { unsubscribe: true, stream: 'news' }),
    'it has the header list-unsubscribe, which unsubscribe would write',
  ],
  [
    "unsubscribe beside SES's own",
    raw(['To: a@x.example', 'X-SES-LIST-MANAGEMENT-OPTIONS: l; topic=t'], { unsubscribe: true, stream: 'news' }),
    'x-ses-list-management-options',
  ],
])('refuses %s', (_what, input, message, code = 'InvalidRequest') => {
  expect(errorOf(input)).toMatchObject({ code, message: expect.stringContaining(message) });
});

test('takes 10 MB and 500 parts and no more, telling both numbers', () => {
  const head = 'From: a@ledger.example\r\nTo: a@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';
  const parts = (count: number) => `${head}${'--b\r\n\r\nHi\r\n'.repeat(count - 1)}--b--\r\n`;
  expect(preparedOf({ raw: base64(parts(500)) }).content.kind).toBe('raw');
  expect(errorOf({ raw: base64(parts(501)) })).toMatchObject({
    code: 'TooLarge',
    message: 'ses: the message has 501 MIME parts, at most 500 are taken',
  });
  const bytes = (count: number) => Buffer.concat([Buffer.from(head), Buffer.alloc(count - head.length, 'x')]);
  expect(preparedOf({ raw: base64(bytes(10_485_760)) }).content.kind).toBe('raw');
  expect(errorOf({ raw: base64(bytes(10_485_761)) })).toMatchObject({
    code: 'TooLarge',
    message: 'ses: the message has 10485761 bytes, at most 10485760 are taken',
  });
});

const end = fc.constantFrom('\r\n', '\n');
const body = fc.oneof(
  fc.uint8Array({ maxLength: 100 }),
  fc.string().map((text) => Buffer.from(text)),
);
const value = fc.string({ unit: fc.constantFrom(...'aé ,;:=?<>@"(\t'.split('')), maxLength: 20 });
const kept = fc.record({
  name: fc.constantFrom(
    'X-Mailer',
    'Received',
    'x-custom',
    'Bccx',
    'X-SES',
    'X-SES-LIST-MANAGEMENT-OPTIONS',
    'Comments',
  ),
  value,
});
const removed = fc.record({
  name: fc.constantFrom('Bcc', 'BCC', 'bcc ', 'Resent-Bcc', 'X-SES-FROM-ARN', 'x-ses-anything'),
  value,
});

test('passes body and remaining headers through byte by byte, whatever they are', () => {
  fc.assert(
    fc.property(
      end,
      fc.array(
        fc.oneof(
          kept.map((header) => ({ ...header, kept: true })),
          removed.map((header) => ({ ...header, kept: false })),
        ),
      ),
      body,
      fc.boolean(),
      (eol, headers, bytes, folded) => {
        const fold = folded ? `${eol}\t.` : '';
        const line = (header: { readonly name: string; readonly value: string }) =>
          `${header.name}:${header.value}${fold}${eol}`;
        const first = `From: a@ledger.example${eol}To: pat@target.example${eol}`;
        const message = (lines: readonly string[]) => Buffer.concat([Buffer.from(first + lines.join('') + eol), bytes]);
        const content = preparedOf({ raw: base64(message(headers.map(line))) }).content;
        if (content.kind !== 'raw') throw new Error('not raw');
        expect(Buffer.from(content.raw)).toEqual(message(headers.filter((header) => header.kept).map(line)));
      },
    ),
  );
});

test('never throws, whatever the bytes are', () => {
  const pieces = fc.constantFrom(
    'From: a@x.example',
    'To: ',
    'a@x.example',
    '\r\n',
    '\n',
    '\r',
    ',',
    ':',
    '"',
    '\0',
    '\xff',
    '--',
    'Content-Type: multipart/x; boundary=',
  );
  const some = fc.oneof(
    fc.uint8Array(),
    fc.array(pieces).map((parts) => Buffer.from(parts.join(''), 'latin1')),
  );
  fc.assert(fc.property(some, (bytes) => typeof prepare({ raw: base64(bytes) }, DEPLOYED).ok === 'boolean'));
});
