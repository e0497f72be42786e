import fc from 'fast-check';
import { prepare } from '../../../core/send/prepare.ts';
import { base64, DEPLOYED, errorOf, preparedOf, RAW, request, template } from './requests.ts';

const built = request();
const rawRequest = (over: object = {}) => ({ raw: base64(RAW), ...over });

test.each<[string, unknown, string]>([
  ['subject with raw', rawRequest({ subject: 'Hi' }), 'subject does not go with raw'],
  ['text with raw', rawRequest({ text: '' }), 'text does not go with raw'],
  ['html with raw', rawRequest({ html: '' }), 'html does not go with raw'],
  ['headers with raw', rawRequest({ headers: { 'X-A': '1' } }), 'headers does not go with raw'],
  ['attachments with raw', rawRequest({ attachments: [{ content: '' }] }), 'attachments does not go with raw'],
  ['replyTo with raw', rawRequest({ replyTo: ['a@x.example'] }), 'replyTo does not go with raw'],
  ['raw with template', template({ raw: base64(RAW) }), 'template does not go with raw'],
  ['subject with template', template({ subject: 'Hi' }), 'subject does not go with template'],
  ['headers with template', template({ headers: { 'X-A': '1' } }), 'headers does not go with template'],
  ['attachments with template', template({ attachments: [{ content: '' }] }), 'attachments does not go with template'],
  [
    'a calendar with template',
    template({ calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\n' } }),
    'calendar does not go with template',
  ],
  [
    'unsubscribe with template',
    template({ unsubscribe: true, stream: 'news' }),
    'unsubscribe does not go with template',
  ],
  ['a text that asks for a link', request({ text: 'Enough? {{unsubscribeUrl}}' }), '{{unsubscribeUrl}}'],
  ['HTML that asks for a link', request({ html: '<a href="{{unsubscribeUrl}}">' }), '{{unsubscribeUrl}}'],
  ['a template without a sender', template({ from: undefined }), 'from is missing'],
])('refuses %s, naming field and form', (_what, raw, message) => {
  expect(errorOf(raw)).toMatchObject({ code: 'InvalidRequest', message: expect.stringContaining(message) });
});

test('takes fields of another form that say nothing', () => {
  const nothing = { headers: {}, attachments: [], replyTo: [] };
  expect(preparedOf(rawRequest(nothing)).content.kind).toBe('raw');
  expect(preparedOf(template({ ...nothing, replyTo: ['a@x.example'] })).content).toEqual({
    kind: 'template',
    template: 'welcome',
    data: '{"name":"Pat"}',
  });
});

test.each<[string, object, string]>([
  ['base64 in the alphabet of URLs', { content: 'a-_b' }, 'attachments[0].content: standard base64'],
  ['base64 without its padding', { content: 'SGk' }, 'attachments[0].content: standard base64'],
  ['base64 with a space', { content: 'SG k=' }, 'attachments[0].content: standard base64'],
  ['no content', { filename: 'a' }, 'attachments[0].content is missing'],
  ['a path for content', { path: '/etc/passwd', content: '' }, '"attachments[0].path" is no field'],
  ['a type that is none', { content: '', contentType: 'pdf' }, 'attachments[0].contentType: a type such as'],
  ['a multipart', { content: '', contentType: 'multipart/mixed' }, 'attachments[0].contentType: the type of one file'],
  ['an id in brackets', { content: '', contentId: '<logo>' }, 'attachments[0].contentId: 1 to 255'],
  ['an empty name', { content: '', filename: '' }, 'attachments[0].filename: 1 to 255'],
  [
    'an attached message with bytes that are not ASCII',
    { content: base64('Subject: é\r\n\r\n'), contentType: 'message/rfc822' },
    'attachments[0]: a file of type message/rfc822 may not be encoded',
  ],
  [
    'an attached message with a line that is too long',
    { content: base64(`Subject: Hi\r\n\r\n${'x'.repeat(999)}`), contentType: 'Message/RFC822' },
    'lines of at most 998 characters',
  ],
])('refuses an attachment with %s', (_what, attachment, message) => {
  expect(errorOf(request({ attachments: [attachment] }))).toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(message),
  });
});

test('takes base64 with line breaks, and reads its bytes', () => {
  const { content } = preparedOf(request({ attachments: [{ content: 'SG\r\nk=\n', filename: 'a.txt' }] }));
  expect(content).toMatchObject({
    kind: 'built',
    message: { attachments: [{ filename: 'a.txt', content: Buffer.from('Hi') }] },
  });
});

test.each<[string, { readonly [field: string]: unknown }, string]>([
  [
    'two files of one contentId',
    { attachments: [1, 2].map(() => ({ content: '', contentId: 'logo' })) },
    'the contentId logo',
  ],
  ['a calendar that is none', { calendar: { method: 'REQUEST', content: 'Hi' } }, 'calendar.content: iCalendar text'],
  [
    'a calendar of another method',
    { calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n' } },
    'calendar.method is REQUEST, but the content has another METHOD',
  ],
  [
    'a calendar of another method, which has parameters',
    { calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nMETHOD;X-A=1:CANCEL\r\n' } },
    'calendar.method is REQUEST, but the content has another METHOD',
  ],
  ['an empty key', { idempotencyKey: '' }, 'idempotencyKey: at least one character'],
  ['a key that is too long', { idempotencyKey: 'k'.repeat(257) }, 'idempotencyKey: at most 256 characters'],
  ['a key of two lines', { idempotencyKey: 'a\nb' }, 'idempotencyKey: one line'],
  ['unsubscribe that is neither', { unsubscribe: 'yes' }, 'unsubscribe: expected true or false, got "yes"'],
  [
    'a tag of SES itself',
    { tags: { 'ses:x': '1' } },
    "tags.ses:x: a tag name of the characters A-Z a-z 0-9 _ -; ses: is SES's own",
  ],
  ['a tag called constructor with a value that is none', { tags: { constructor: ' ' } }, 'tags.constructor: 1 to 256'],
])('refuses %s', (_what, over, message) => {
  expect(errorOf(request(over))).toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(message),
  });
});

test('takes a key of 256 characters and a tag of any name in the alphabet', () => {
  const tags = JSON.parse('{"__proto__":"a","constructor":"b"}') as object;
  const prepared = preparedOf(request({ idempotencyKey: 'k'.repeat(256), tags }));
  expect(Object.entries(prepared.tags)).toEqual(Object.entries(tags));
});

/** Every field that becomes a header of the message or of a part, with a value put into it. */
const HEADER_FIELDS: { readonly [field: string]: (value: string) => unknown } = {
  from: (value) => request({ from: value }),
  to: (value) => request({ to: [value] }),
  cc: (value) => request({ cc: [value] }),
  bcc: (value) => request({ bcc: [value] }),
  replyTo: (value) => request({ replyTo: [value] }),
  subject: (value) => request({ subject: value }),
  headers: (value) => request({ headers: { 'X-A': value } }),
  'a header name': (value) => request({ headers: { [value]: '1' } }),
  filename: (value) => request({ attachments: [{ content: '', filename: value }] }),
  contentType: (value) => request({ attachments: [{ content: '', contentType: value }] }),
  contentId: (value) => request({ attachments: [{ content: '', contentId: value }] }),
  'calendar.method': (value) => request({ calendar: { method: value, content: 'BEGIN:VCALENDAR\n' } }),
  'template.name': (value) => template({ template: { name: value } }),
  stream: (value) => request({ stream: value }),
  tags: (value) => request({ tags: { a: value } }),
  configurationSet: (value) => request({ configurationSet: value }),
  idempotencyKey: (value) => request({ idempotencyKey: value }),
};

test.each(Object.entries(HEADER_FIELDS))('refuses a CR or LF anywhere in %s', (_field, put) => {
  const start = fc.constantFrom('', 'a', 'Pat <pat@target.example>', 'text/plain;', 'X-A');
  const end = fc.constantFrom('', 'Bcc: eve@evil.example', '\nBcc: eve@evil.example', ' x');
  fc.assert(
    fc.property(start, fc.constantFrom('\r', '\n', '\r\n'), end, (before, lineBreak, after) => {
      const { code, message } = errorOf(put(before + lineBreak + after));
      expect(code).toBe('InvalidRequest');
      expect(message).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 30 },
  );
});

test('keeps errors short, however long the values and names are', () => {
  const long = 'x'.repeat(100_000);
  for (const raw of [
    request({ [long]: 1, headers: { [`${long}:`]: '1' }, tags: { [`${long} `]: '1' } }),
    request({ attachments: Array.from({ length: 1000 }, () => ({ content: 7 })) }),
    request({ to: Array.from({ length: 1000 }, () => `${long}\n`) }),
    request({ headers: { [`X${'y'.repeat(70)}`]: `${long}\n` }, stream: long }),
    rawRequest({ raw: long }),
    rawRequest({ raw: base64(`${long}\r\n\r\n`) }),
  ])
    expect(errorOf(raw).message.length).toBeLessThan(2000);
});

test.each([
  ['not deployed', request({ unsubscribe: true, stream: 'news' }), false, 'not deployed'],
  ['without a stream', request({ unsubscribe: true }), true, 'unsubscribe needs a stream'],
  [
    'for two recipients',
    request({ unsubscribe: true, stream: 'news', cc: ['ann@target.example'] }),
    true,
    "one recipient's own, got 2 recipients",
  ],
  [
    'for one recipient and a malformed one',
    request({ unsubscribe: true, stream: 'news', cc: ['x'] }),
    true,
    'got 2 recipients',
  ],
  [
    'beside a header of that name',
    request({ unsubscribe: true, stream: 'news', headers: { 'list-unsubscribe': '<https://x.example>' } }),
    true,
    'headers.list-unsubscribe: written by unsubscribe',
  ],
])('refuses unsubscribe %s', (_what, raw, deployed, message) => {
  const prepared = prepare(raw, deployed ? DEPLOYED : { ...DEPLOYED, unsubscribe: undefined as never });
  expect(prepared).toMatchObject({
    ok: false,
    error: { code: 'InvalidRequest', message: expect.stringContaining(message) },
  });
});

test('takes unsubscribe for one recipient, given twice', () => {
  const twice = request({ unsubscribe: true, stream: 'news', to: ['pat@target.example', 'PAT@target.example'] });
  expect(prepare(twice, DEPLOYED).ok).toBe(true);
});

test('takes template data of 262,144 bytes and no more, telling both numbers', () => {
  const data = (bytes: number) => ({ name: 'welcome', data: { a: 'x'.repeat(bytes - '{"a":""}'.length) } });
  expect(prepare(template({ template: data(262_144) }), DEPLOYED).ok).toBe(true);
  expect(errorOf(template({ template: data(262_145) }))).toMatchObject({
    code: 'TooLarge',
    message: 'ses: template.data has 262145 bytes, at most 262144 are taken',
  });
});

const nested = (depth: number, list: boolean): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = list ? [value] : { a: value };
  return value;
};

test.each([true, false])('takes template data 100 deep and no deeper, lists: %j', (list) => {
  const data = (depth: number) => template({ template: { name: 'welcome', data: { a: nested(depth - 1, list) } } });
  expect(preparedOf(data(100)).content.kind).toBe('template');
  for (const depth of [101, 12_000, 1_000_000])
    expect(errorOf(data(depth))).toMatchObject({
      code: 'InvalidRequest',
      message: 'template.data: objects and lists stand more than 100 deep within one another',
    });
});

test('says that data is no JSON instead of throwing', () => {
  expect(errorOf(template({ template: { name: 'welcome', data: { a: 1n } } })).message).toContain('template.data');
});

test('takes a subject and a header of 10,000 characters and no more', () => {
  const value = 'é'.repeat(10_000);
  expect(preparedOf(request({ subject: value, headers: { 'X-A': value } })).content.kind).toBe('built');
  expect(errorOf(request({ subject: `${value}é` })).message).toContain('subject: at most 10000 characters');
  expect(errorOf(request({ headers: { 'X-A': `${value}é` } })).message).toContain('headers.X-A: at most 10000 char');
});

test('takes 499 attachments and no more', () => {
  const files = (count: number) => request({ attachments: Array.from({ length: count }, () => ({ content: '' })) });
  expect(preparedOf(files(499)).content.kind).toBe('built');
  expect(errorOf(files(500))).toMatchObject({
    code: 'TooLarge',
    message: 'ses: the message has 501 MIME parts, at most 500 are taken',
  });
});

const calendarOf = (method: string, content: string) => {
  const prepared = preparedOf(request({ calendar: { method, content } }));
  return prepared.content.kind === 'built' ? prepared.content.message.calendar : undefined;
};

test('completes a calendar: nothing before its first line, and a METHOD in it', () => {
  expect(calendarOf('request', '\ufeff\n  BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR')).toEqual({
    method: 'request',
    content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nVERSION:2.0\r\nEND:VCALENDAR',
  });
  for (const method of ['METHOD:cancel', 'METHOD;X-A=1:CANCEL'])
    expect(calendarOf('CANCEL', `BEGIN:VCALENDAR\n${method}\nEND:VCALENDAR\n`)?.content).toBe(
      `BEGIN:VCALENDAR\n${method}\nEND:VCALENDAR\n`,
    );
});

test('takes every kind of content alone', () => {
  const { text: _text, ...none } = built;
  for (const content of [
    { text: '' },
    { html: '<p>' },
    { attachments: [{ content: '' }] },
    { calendar: { method: 'PUBLISH', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' } },
  ])
    expect(preparedOf({ ...none, ...content }).content.kind).toBe('built');
});

test.each<[string, unknown, string]>([
  ['a typo', request({ too: ['a@x.example'] }), '"too" is no field of a send request; did you mean "to"?'],
  ['capitals', request({ Subject: 'Hi' }), '"Subject" is no field of a send request; did you mean "subject"?'],
  ['another word', request({ body: 'Hi' }), '"body" is no field of a send request; there are from, to, cc'],
  [
    'a field within a field',
    request({ attachments: [{ content: '', data: '' }] }),
    '"attachments[0].data" is no field of a send request; there are filename, contentType, content, contentId',
  ],
  ['a choice', request({ onSuppressed: 'skip' }), 'onSuppressed: expected "drop" or "reject", got "skip"'],
  ['a header name', request({ headers: { Bcc: 'x@x.example' } }), 'has a field of its own, "bcc", got "Bcc"'],
  ['a tag name', request({ tags: { 'a b': '1' } }), 'got "a b"'],
  ['a line break', request({ subject: 'a\r\nBcc: b' }), 'got "a\\r\\nBcc: b"'],
])('says of %s what there is instead, and what is wrong', (_what, raw, message) => {
  expect(errorOf(raw).message).toContain(message);
});
