import type { Json } from '../json.ts';

export const LISTED = 'listed@target.example';

const HEAD = { from: 'Ledger <no-reply@ledger.example>', to: ['Pat <pat@target.example>'] };
const FULL = {
  ...HEAD,
  cc: ['"Target, Sam" <sam@target.example>', LISTED],
  bcc: ['quiet@target.example'],
  replyTo: ['help@ledger.example'],
  subject: 'Rechnung für März',
  text: 'Thank you.\r\n',
  html: '<p>Thank <b>you</b>.</p><img src="cid:logo">',
  headers: { 'X-Order': '4711', 'Message-ID': '<order-4711@ledger.example>', 'In-Reply-To': '<a@b.example>' },
  attachments: [
    { filename: 'a.pdf', contentType: 'application/pdf', content: { $base64: '%PDF-1.4' } },
    { filename: 'Ünicode*.png', contentType: 'image/png; x=y', content: { $base64: '\x89PNG' }, contentId: 'logo' },
  ],
  stream: 'receipts',
  tags: { campaign: 'spring' },
  configurationSet: 'other',
  onSuppressed: 'drop',
  idempotencyKey: 'order-4711',
};

const raw = (headers: Json, body: Json = 'Hi\r\n'): Json => ({ $base64: { $mime: [headers, body] } });

const PLAIN_HEADERS: Json = [
  ['From', 'Ledger <no-reply@ledger.example>'],
  ['To', 'Pat <pat@target.example>, team: sam@target.example, ann@target.example;'],
  ['Cc', '"Last, First" <cc@target.example>'],
  ['Bcc', 'quiet@target.example'],
  ['Subject', '=?utf-8?q?P=C3=A4t?='],
  ['Message-ID', '<order-4711@ledger.example>'],
  ['X-SES-MESSAGE-TAGS', 'campaign=spring, run=7'],
  ['MIME-Version', '1.0'],
  ['Content-Type', 'text/plain'],
];

const MULTIPART: Json = [
  ['From', 'no-reply@ledger.example'],
  ['To', 'pat@target.example'],
  ['X-SES-LIST-MANAGEMENT-OPTIONS', 'customers; topic=news'],
  ['Content-Type', 'multipart/mixed; boundary="b1"'],
];

/** Send requests of every form. */
export const REQUESTS: readonly Json[] = [
  { ...HEAD, subject: 'Hi', text: 'Hi' },
  FULL,
  { ...HEAD, to: [LISTED], subject: 'Hi', text: 'Hi' },
  { ...HEAD, to: [LISTED, 'pat@target.example'], subject: 'Hi', text: 'Hi', onSuppressed: 'reject' },
  { ...HEAD, subject: 'Hi', html: '<a href="{{unsubscribe}}">no more</a>', stream: 'newsletter', unsubscribe: true },
  {
    ...HEAD,
    subject: 'Invitation',
    calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n' },
  },
  { ...HEAD, template: { name: 'welcome', data: { name: 'Pat', deep: [{ a: 1 }] } } },
  { raw: raw(PLAIN_HEADERS), stream: 'receipts' },
  { raw: raw(PLAIN_HEADERS), to: ['pat@target.example'], unsubscribe: true, stream: 'newsletter' },
  {
    raw: raw(MULTIPART, '--b1\r\nContent-Type: text/plain\r\n\r\nHi\r\n--b1\r\n\r\nHo\r\n--b1--\r\n'),
    from: 'no-reply@ledger.example',
  },
  {
    ...HEAD,
    to: ['PAT@BÜCHER.example', '"a b"@target.example', 'pat@target.example (home)', 'a@b'],
    subject: 'Hi',
    text: 'Hi',
  },
  { ...HEAD, subject: 'Hi', text: 'Hi', idempotencyKey: 'k1' },
  { ...HEAD, subject: 'Hi', text: 'Hi', configurationSet: 'nobodys' },
  { raw: raw(PLAIN_HEADERS), to: [LISTED] },
  { ...HEAD, to: [LISTED], template: { name: 'welcome' } },
  { ...HEAD, to: ['pat@target.example', 'a@b'], template: { name: 'welcome' } },
  { raw: raw(PLAIN_HEADERS), to: ['pat@target.example', 'a@b'] },
];

export const REQUEST_WORDS: readonly string[] = [
  ...['from', 'to', 'cc', 'bcc', 'replyTo', 'subject', 'text', 'html', 'headers', 'attachments', 'raw', 'template'],
  ...[
    'stream',
    'tags',
    'configurationSet',
    'onSuppressed',
    'unsubscribe',
    'idempotencyKey',
    'calendar',
    'drop',
    'reject',
  ],
  ...['{{unsubscribe}}', 'Bcc', 'X-SES-CONFIGURATION-SET', 'X-SES-MESSAGE-TAGS', 'List-Unsubscribe', 'Resent-Bcc'],
  ...['Content-Type', 'Message-ID', 'multipart/mixed; boundary=b1', 'message/rfc822', 'text/plain; charset=utf-7'],
  ...['--b1', '\r\n\r\n', '\r\n ', ' \r\nBcc: victim@elsewhere.example', 'victim@elsewhere.example', LISTED],
  ...['undisclosed-recipients:;', '<@route.example:a@b.example>', '"', '=?utf-8?q?a?= <a@b.example>', 'main', 'other'],
];

/** The same key for two requests that differ. */
export const SAME_KEY: readonly Json[] = ['one', 'two'].map((text) => ({
  ...HEAD,
  subject: 'Hi',
  text,
  idempotencyKey: 'k2',
}));

/** A request with more text than the way it takes has room for. */
export const tooLong = (chars: number): Json => ({ ...HEAD, subject: 'Hi', text: { $repeat: ['x', chars] } });
