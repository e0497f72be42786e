import { createHash } from 'node:crypto';
import { bodyDigest } from '../../../core/send/body-digest.ts';
import { buildMail } from '../../../core/send/build-mail.ts';
import type { MessageParts } from '../../../core/send/mailer.ts';
import { parseSendRequest } from '../../../core/send/request.ts';
import { keyOfMessage } from '../../../core/send/with-key.ts';
import { base64, errorOf, preparedOf, raw, request, template } from './requests.ts';

const headers = (all: object) => request({ headers: all });

describe('a header of the request', () => {
  const name = (length: number) => `X-${'n'.repeat(length - 2)}`;
  const word = (length: number) => 'v'.repeat(length);

  test('has a name of at most 76 characters', () => {
    preparedOf(headers({ [name(76)]: '1' }));
    expect(errorOf(headers({ [name(77)]: '1' })).message).toContain('a header name has 1 to 76');
  });

  test('has no word that is too long for a line with its name', () => {
    preparedOf(headers({ [name(10)]: `${word(986)} ${word(986)}` }));
    for (const value of [word(987), `a ${word(987)}`, `${word(987)} a`])
      expect(errorOf(headers({ [name(10)]: value })).message).toContain('a line of mail has at most 998 characters');
  });

  test('has no field of its own', () => {
    expect(errorOf(headers({ Cc: 'eve@x.example' })).message).toContain('a field of its own, "cc"');
  });

  test('is only then one that unsubscribe writes when it begins like one', () => {
    const unsubscribe = { unsubscribe: true, stream: 'news' };
    preparedOf(request({ ...unsubscribe, headers: { 'X-List-Unsubscribe': '1' } }));
    for (const own of ['List-Unsubscribe', 'list-unsubscribe-post'])
      expect(errorOf(request({ ...unsubscribe, headers: { [own]: '1' } })).message).toContain(
        `headers.${own}: written by`,
      );
  });
});

test.each([
  [
    'raw',
    { raw: base64('From: a@x.example\r\n\r\n'), text: 'Hi' },
    'text does not go with raw: a raw message has its own',
  ],
  ['template', template({ text: 'Hi' }), 'text does not go with template: SES fills in the template'],
])('a field that does not go with %s is told why', (_form, input, message) => {
  expect(errorOf(input).message).toContain(message);
});

describe('a calendar', () => {
  const of = (content: string, method = 'REQUEST') => request({ calendar: { method, content } });
  const contentOf = (input: unknown) => {
    const { content } = preparedOf(input);
    return content.kind === 'built' ? content.message.calendar?.content : undefined;
  };

  test('that names its method, blanks or none, is left as it is', () => {
    for (const line of ['METHOD:REQUEST', 'METHOD: request ', 'method;X-A=1:Request']) {
      const content = `BEGIN:VCALENDAR\r\n${line}\r\nEND:VCALENDAR\r\n`;
      expect(contentOf(of(content))).toBe(content);
    }
  });

  test('that names none gets it, with its own line ends', () => {
    expect(contentOf(of('BEGIN:VCALENDAR\nX-METHOD:CANCEL\n', 'cancel'))).toBe(
      'BEGIN:VCALENDAR\nMETHOD:CANCEL\nX-METHOD:CANCEL\n',
    );
    expect(contentOf(of('\r\n BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'))).toBe(
      'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n',
    );
  });
});

describe('the tags in the headers of a raw message', () => {
  const tagged = (value: string, over: object = {}) =>
    raw(['To: a@x.example', `X-SES-MESSAGE-TAGS: ${value}`], over as never);

  test('may have blanks and empty places, and the stream of the request among them', () => {
    expect(preparedOf(tagged(' ; a = b ,; ; stream = news , c=news', { stream: 'news' })).tags).toEqual({
      a: 'b',
      c: 'news',
    });
  });

  test.each([
    ['a , b=c', {}, '"a" is no name=value'],
    ['=b', {}, 'a tag name has 1 to 256 of the characters A-Z a-z 0-9 _ -, got "=b"'],
    ['x=y; a= b c ; z=1', {}, '1 to 256 of the characters A-Z a-z 0-9 _ -, got "a= b c"'],
    ['stream=news', {}, 'the stream is "news", but the request\'s is not given; set "stream"'],
    ['stream=news', { stream: 'receipts' }, 'the stream is "news", but the request\'s is "receipts"; set "stream"'],
  ])('may not be %j', (value, over, message) => {
    expect(errorOf(tagged(value, over)).message).toContain(`raw: X-SES-MESSAGE-TAGS: ${message}`);
  });
});

test.each([
  'From',
  'Sender',
  'Reply-To',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Return-Path',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'DKIM-Signature',
])('a raw message has the header %s once', (name) => {
  const twice = raw(['To: a@x.example', `${name}: a@x.example`, `${name.toUpperCase()}: b@x.example`]);
  expect(errorOf(twice).message).toContain(`the header ${name.toLowerCase()} twice`);
});

test('a raw message has other headers as often as it likes', () => {
  preparedOf(raw(['To: a@x.example', 'Received: a', 'Received: b', 'X-A: 1', 'X-A: 2']));
});

describe('a name in a raw message that is longer than an address may be', () => {
  const usable = (mailbox: string) =>
    preparedOf(raw(['To: a@x.example', `Cc: ${mailbox}`])).recipients.usable.length === 2;
  const LONG = 'n'.repeat(400);

  test.each([
    ['plain', `${LONG} <pat@x.example>`],
    ['quoted', `"${LONG}" <pat@x.example>`],
    ['quoted, with signs that mean something', `"${LONG}, \\"the\\" <one>: @" <pat@x.example>`],
    ['as long as any name may be', `${'n'.repeat(10_000 - 16)} <pat@x.example>`],
  ])('is left out, and its address is mailed: %s', (_what, mailbox) => {
    expect(usable(mailbox)).toBe(true);
  });

  test('is kept where the whole is just as long as an address may be', () => {
    const mailbox = `${'n'.repeat(304)} <pat@x.example>`;
    expect(mailbox).toHaveLength(320);
    expect(preparedOf(raw([`To: ${mailbox}`])).recipients.usable).toMatchObject([{ given: mailbox }]);
  });

  test.each([
    ['with something after the address', `${LONG} <pat@x.example> x`],
    ['with two addresses', `${LONG} <eve@x.example> <pat@x.example>`],
    ['quoted without an end', `"${LONG} <pat@x.example>`],
    ['longer than any name', `${'n'.repeat(10_000)} <pat@x.example>`],
  ])('is not read, and nobody is mailed: %s', (_what, mailbox) => {
    expect(usable(mailbox)).toBe(false);
  });
});

test('of the same mailbox given twice the first one is used, as it was given', () => {
  const { recipients } = preparedOf(request({ to: ['Pat <pat@target.example>'], cc: ['PAT@target.example'] }));
  expect(recipients.usable).toMatchObject([{ field: 'to', given: 'Pat <pat@target.example>' }]);
});

describe('a mail', () => {
  const composed: MessageParts[] = [];
  const compose = async (parts: MessageParts) => {
    composed.push(parts);
    return Buffer.from('mime');
  };
  const build = (input: unknown, link?: string) => {
    const prepared = preparedOf(input);
    return buildMail(prepared, prepared.recipients.usable, {
      compose,
      ...(link === undefined ? {} : { unsubscribe: { link: async () => link } }),
    });
  };
  beforeEach(() => {
    composed.length = 0;
  });

  test('of no stream has no tag for one', async () => {
    const built = await build(request({ tags: { a: '1' } }));
    expect(built.ok && built.value.tags).toStrictEqual({ a: '1' });
  });

  test('of a template names everybody where the request does', async () => {
    const people = { to: ['Pat <pat@x.example>'], cc: ['c@x.example'], bcc: ['b@x.example'], replyTo: ['r@x.example'] };
    expect(await build(template(people))).toMatchObject({
      value: {
        to: [{ name: 'Pat', address: 'pat@x.example' }],
        cc: [{ name: '', address: 'c@x.example' }],
        bcc: [{ name: '', address: 'b@x.example' }],
        replyTo: [{ name: '', address: 'r@x.example' }],
      },
    });
  });

  test('with a link has it in both forms, escaped where it is HTML', async () => {
    const link = 'https://u.example/?a=1&b=2';
    const asked = { unsubscribe: true, stream: 'news' };
    await build(request({ ...asked, text: '{{unsubscribeUrl}}', html: '<a href="{{unsubscribeUrl}}">' }), link);
    await build(request({ ...asked, text: undefined, html: 'Hi' }), link);
    expect(composed[0]).toMatchObject({
      text: link,
      html: '<a href="https://u.example/?a=1&amp;b=2">',
    });
    expect(composed[1]).toMatchObject({ html: 'Hi' });
    expect(composed[1]).not.toHaveProperty('text');
  });

  test('cannot have a link that is not deployed', async () => {
    expect(await build(request({ unsubscribe: true, stream: 'news' }))).toMatchObject({
      ok: false,
      error: { code: 'UnsubscribeUnavailable', message: expect.stringContaining('is not deployed') },
    });
  });
});

test('the digest of a request is that of its JSON with fields in order, at every depth', () => {
  const data = {
    z: [1, 'a', null, [2, [], 3], { b: 1, a: [true] }],
    a: { y: undefined, x: -0.5, é: {} },
    b: [undefined, 1],
  };
  const parsed = parseSendRequest(template({ template: { name: 'welcome', data } }));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { from, to, onSuppressed } = parsed.value;
  const written = {
    from,
    onSuppressed,
    template: {
      data: { a: { x: -0.5, é: {} }, b: [null, 1], z: [1, 'a', null, [2, [], 3], { a: [true], b: 1 }] },
      name: 'welcome',
    },
    to,
  };
  expect(bodyDigest(parsed.value)).toBe(createHash('sha256').update(JSON.stringify(written)).digest('base64url'));
});

test('template data may hold null', () => {
  expect(preparedOf(template({ template: { name: 'a', data: { b: null } } })).content).toMatchObject({
    data: '{"b":null}',
  });
});

test('a message of the queue has a key of its own', () => {
  expect(keyOfMessage('059f36b4')).toBe('sqs-059f36b4');
});
