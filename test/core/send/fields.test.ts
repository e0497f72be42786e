import { REQUEST_FIELDS } from '../../../core/send/request.ts';
import { base64, errorOf, preparedOf, request, template } from './requests.ts';

type Over = { readonly [field: string]: unknown };
const attachment = (over: Over) => request({ attachments: [{ content: '', ...over }] });
const calendar = (method: string, content = 'BEGIN:VCALENDAR\r\n') => request({ calendar: { method, content } });

/** What each field takes at its edges, and what it refuses just beyond. */
const EDGES: readonly (readonly [field: string, input: (value: string) => unknown, good: string[], bad: string[]])[] = [
  [
    'contentType',
    (contentType) => attachment({ contentType }),
    [
      'a/b',
      'application/vnd.a+b-c_d.e',
      'text/plain; charset=utf-8',
      'text/plain ;x=y',
      `${'a'.repeat(127)}/${'b'.repeat(127)}`,
      `a/b;${'x'.repeat(500)}`,
      'text/plain; x="multipart/"',
    ],
    [
      '(a/b',
      'a/b)',
      'a/b c',
      `${'a'.repeat(128)}/b`,
      `a/${'b'.repeat(128)}`,
      `a/b;${'x'.repeat(501)}`,
      'a/b;\u00e9',
      'Multipart/mixed',
    ],
  ],
  [
    'filename',
    (filename) => attachment({ filename }),
    ['a', 'x'.repeat(255), 'é'],
    ['x'.repeat(256), 'a\tb', '\ta', 'a\t'],
  ],
  [
    'contentId',
    (contentId) => attachment({ contentId }),
    ['!', '~'.repeat(255)],
    ['a b', ' a', 'a ', 'a<', '>a', 'x'.repeat(256)],
  ],
  [
    'calendar.method',
    (method) => calendar(method),
    ['REQUEST', 'x'.repeat(40)],
    ['', 'A1', '1A', 'A B', 'x'.repeat(41)],
  ],
  [
    'calendar.content',
    (content) => calendar('REQUEST', content),
    ['begin:vcalendar\n', ' \r\n BEGIN:VCALENDAR\r\n'],
    ['BEGIN:VCALENDAR', 'BEGIN:VCALENDARX\r\n', 'X BEGIN:VCALENDAR\r\n'],
  ],
  ['template.name', (name) => template({ template: { name } }), ['a b'], ['', 'x'.repeat(256)]],
  ['stream', (stream) => request({ stream }), ['a', `-_9${'z'.repeat(253)}`], ['', 'a.b', 'z'.repeat(257)]],
  ['subject', (subject) => request({ subject }), ['', 'x'.repeat(10_000)], ['x'.repeat(10_001)]],
];

test.each(EDGES.flatMap(([field, input, good]) => good.map((value) => [field, value, input] as const)))(
  '%s may be %j',
  (_field, value, input) => {
    preparedOf(input(value));
  },
);

test.each(EDGES.flatMap(([field, input, , bad]) => bad.map((value) => [field, value, input] as const)))(
  '%s may not be %j',
  (field, value, input) => {
    const { code, message } = errorOf(input(value));
    expect(code).toBe('InvalidRequest');
    expect(message).toMatch(new RegExp(`^(?:attachments\\[0\\]\\.)?${field.replace('.', '\\.')}: .*, got `));
  },
);

test.each([
  ['headers', 'text', 'headers: expected an object, got "text"'],
  ['headers', ['X-A'], 'headers: expected an object, got a list of 1'],
  ['headers', null, 'headers: expected an object, got null'],
  ['headers', 7, 'headers: expected an object, got 7'],
  ['tags', 'text', 'tags: expected an object, got "text"'],
  ['tags', [], 'tags: expected an object, got a list of 0'],
  ['tags', null, 'tags: expected an object, got null'],
  ['tags', { run: 7 }, 'tags.run: 1 to 256 of the characters A-Z a-z 0-9 _ -, got 7'],
  ['tags', { 'a b': '1' }, 'tags.a b: a tag name has 1 to 256 of the characters A-Z a-z 0-9 _ -, got "a b"'],
  ['headers', { 'X-A': 7 }, 'headers.X-A: expected text, got 7'],
  ['template', { name: 'a', data: 'x' }, 'template.data: expected an object, got "x"'],
  ['template', { name: 'a', data: [1] }, 'template.data: expected an object, got a list of 1'],
  ['template', { name: 'a', data: null }, 'template.data: expected an object, got null'],
  ['template', { name: 'a', data: 7 }, 'template.data: expected an object, got 7'],
])('%s that is %j is refused: %s', (field, value, message) => {
  const { message: told } = errorOf({ ...(field === 'template' ? template() : request()), [field]: value });
  expect(told).toBe(message);
});

test('every field at fault is named, with its value', () => {
  expect(errorOf(request({ stream: 'a b', tags: { 'c d': '1' }, unsubscribe: 'no' })).message.split('; ')).toEqual([
    'stream: 1 to 256 of the characters A-Z a-z 0-9 _ -, got "a b"',
    expect.stringMatching(/^tags\.c d: /),
    'unsubscribe: expected true or false, got "no"',
  ]);
});

describe('a field that is none', () => {
  test.each([
    ['subjekt', 'did you mean "subject"?'],
    ['Subject', 'did you mean "subject"?'],
    ['sbj', `there are ${REQUEST_FIELDS.join(', ')}`],
    ['htlm', 'did you mean "html"?'],
    ['tagz', 'did you mean "tags"?'],
    ['too', 'did you mean "to"?'],
    ['xy', `there are ${REQUEST_FIELDS.join(', ')}`],
    ['cb', 'did you mean "cc"?'],
    ['bc', 'did you mean "cc"?'],
    ['bccc', 'did you mean "bcc"?'],
    ['sbjct', 'did you mean "subject"?'],
    ['rawtext', `there are ${REQUEST_FIELDS.join(', ')}`],
  ])('is met with what may be meant: %s', (field, hint) => {
    expect(errorOf(request({ [field]: 1 })).message).toBe(`"${field}" is no field of a send request; ${hint}`);
  });

  test('of an attachment is met with those of attachments', () => {
    expect(errorOf(attachment({ contentid: 'x' })).message).toBe(
      '"attachments[0].contentid" is no field of a send request; did you mean "contentId"?',
    );
    expect(errorOf(attachment({ path: 'x' })).message).toContain('there are filename, contentType, content, contentId');
  });

  test('of no known place is met with nothing but its name', () => {
    expect(errorOf(request({ 'a.b': 1 })).message).toMatch(/^"a\.b" is no field/);
    expect(errorOf(request({ '.to': 1 })).message).toMatch(/^"\.to" is no field/);
  });
});

describe('a message that is attached', () => {
  const attached = (content: string, type: Over = { contentType: 'message/rfc822' }) =>
    request({ attachments: [{ content: base64(Buffer.from(content, 'latin1')), ...type }] });
  const LINE = 'x'.repeat(998);

  test.each([
    ['a line of 998 characters', LINE],
    ['lines that end with CR LF, LF or CR', [LINE, LINE, LINE, LINE].join('\r\n')],
    ['lines that end with LF', [LINE, LINE].join('\n')],
    ['lines that end with CR', [LINE, LINE].join('\r')],
    ['a DEL', '\x7f'],
    ['nothing', ''],
  ])('may hold %s', (_what, content) => {
    preparedOf(attached(content));
  });

  test.each([
    ['a line of 999 characters', `${LINE}x`],
    ['a NUL', 'a\0b'],
    ['a byte beyond ASCII', '\x80'],
  ])('may not hold %s', (_what, content) => {
    expect(errorOf(attached(content)).message).toContain('attachments[0]: a file of type message/rfc822');
  });

  test('is told by its type alone', () => {
    preparedOf(attached('\x80', { contentType: 'application/message' }));
    preparedOf(attached('\x80', { contentType: 'x-message/rfc822' }));
    preparedOf(attached('\x80', {}));
  });
});

test('a built message says what was given, and no more', () => {
  const files = [{ content: '' }, { content: base64('Hi'), filename: 'a', contentType: 'text/plain', contentId: 'x' }];
  expect(preparedOf(request({ text: undefined, attachments: files })).content).toStrictEqual({
    kind: 'built',
    message: {
      subject: 'Hi',
      attachments: [
        { content: Buffer.alloc(0) },
        { content: Buffer.from('Hi'), filename: 'a', contentType: 'text/plain', contentId: 'x' },
      ],
      headers: [],
    },
  });
  expect(preparedOf(request({ html: '<p>' })).content).toMatchObject({ message: { text: 'Hi', html: '<p>' } });
});

test('data that cannot be written as JSON is refused', () => {
  expect(errorOf(template({ template: { name: 'a', data: { n: 1n } } })).message).toBe(
    'template.data: cannot be written as JSON',
  );
});

test.each([
  ['nobody', 'Subject: Hi', 'raw: its From header names 0 mailboxes; write the sender there'],
  [
    'two',
    'From: a@x.example, b@x.example',
    'raw: its From header names 2 mailboxes; give the one that sends as "from"',
  ],
])('a raw message from %s needs a sender', (_what, line, message) => {
  expect(errorOf({ raw: base64(`${line}\r\nTo: pat@target.example\r\n\r\nHi`) }).message).toBe(message);
});

test('a raw message from nobody is not from whom the request says', () => {
  const raw = base64('Subject: Hi\r\n\r\nHi');
  expect(errorOf({ raw, from: 'a@x.example', to: ['pat@target.example'] }).message).toContain('names nobody');
});
