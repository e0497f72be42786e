import { prepare } from '../../../core/send/prepare.ts';

const SETS = { configurationSet: 'main', configurationSets: ['main', 'other'] };
const request = (over: { readonly [field: string]: unknown } = {}) => ({
  from: 'Ledger <no-reply@ledger.example>',
  to: ['pat@target.example'],
  subject: 'Hi',
  text: 'Hi',
  ...over,
});
const errorOf = (raw: unknown) => {
  const prepared = prepare(raw, SETS);
  if (prepared.ok) throw new Error('the request was accepted');
  return prepared.error;
};

test('fills in the defaults', () => {
  expect(prepare(request(), SETS)).toMatchObject({
    ok: true,
    value: {
      from: { name: 'Ledger', address: 'no-reply@ledger.example' },
      configurationSet: 'main',
      request: { cc: [], bcc: [], replyTo: [], tags: {}, onSuppressed: 'drop' },
    },
  });
});

test.each([
  ['no sender', request({ from: undefined }), 'from is missing'],
  ['a sender that is no mailbox', request({ from: 'ledger' }), 'from: "ledger" is not one mailbox'],
  ['two senders', request({ from: 'a@x.example, b@x.example' }), 'from: "a@x.example, b@x.example" is not one mailbox'],
  ['a reply-to that is no mailbox', request({ replyTo: ['x'] }), 'replyTo: "x" is not one mailbox'],
  ['no subject', request({ subject: undefined }), 'subject is missing'],
  ['neither text nor html', request({ text: undefined }), 'neither text nor html'],
  ['recipients as text', request({ to: 'pat@target.example' }), 'to: expected a list, got "pat@target.example"'],
  ['a recipient that is no text', request({ to: [7] }), 'to[0]: expected text, got 7'],
  ['no recipient', request({ to: [] }), 'no recipient'],
  ['a field it does not know', request({ subjekt: 'Hi' }), '"subjekt" is no field of a send request'],
  ['a stream with a space', request({ stream: 'my receipts' }), 'stream: 1 to 256 of the characters'],
  ['a tag named stream', request({ tags: { stream: 'x' } }), 'stream: any tag name but stream and suppressor-key'],
  ['a tag named suppressor-key', request({ tags: { 'suppressor-key': 'x' } }), 'any tag name but stream'],
  ['a tag of SES itself', request({ tags: { 'ses:from-domain': 'x' } }), 'of the characters'],
  ['a tag value with a space', request({ tags: { run: 'a b' } }), 'tags.run: 1 to 256 of the characters'],
  [
    'an unknown onSuppressed',
    request({ onSuppressed: 'ignore' }),
    'onSuppressed: expected "drop" or "reject", got "ignore"',
  ],
  ['a list', [request()], 'expected one request, got a list of 1'],
  ['null', null, 'the request: expected an object, got null'],
])('rejects %s, naming the field and the value', (_name, raw, message) => {
  expect(errorOf(raw)).toMatchObject({
    code: 'InvalidRequest',
    retryable: false,
    message: expect.stringContaining(message),
  });
});

test.each(['from', 'subject'])('rejects a line break in %s, which would become a header', (field) => {
  expect(errorOf(request({ [field]: 'Hi\r\nBcc: victim@elsewhere.example' }))).toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(`${field}: one line`),
  });
});

test.each(['to', 'cc', 'bcc', 'replyTo'])('rejects a line break in %s', (field) => {
  expect(errorOf(request({ [field]: ['pat@target.example\nBcc: victim@elsewhere.example'] }))).toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(`${field}[0]: one line`),
  });
});

test('rejects a request in which every recipient is malformed, and says which', () => {
  expect(errorOf(request({ to: ['x'], cc: ['y'] }))).toMatchObject({
    code: 'InvalidRequest',
    refused: [{ given: 'x' }, { given: 'y' }],
  });
});

test('cuts a malformed recipient to the length of an address, and keeps one element for each', () => {
  const long = `${'x'.repeat(319)}🚫${'y'.repeat(450_000)}`;
  const prepared = prepare(request({ cc: [long, 'x'.repeat(320), long] }), SETS);
  expect(prepared.ok && prepared.value.recipients.refused.map(({ given }) => given)).toEqual([
    `${'x'.repeat(319)}\ufffd…`,
    'x'.repeat(320),
    `${'x'.repeat(319)}\ufffd…`,
  ]);
});

test('takes 50 recipients and rejects 51, telling both numbers', () => {
  const people = Array.from({ length: 51 }, (_, i) => `pat${i}@target.example`);
  expect(prepare(request({ to: people.slice(0, 50) }), SETS).ok).toBe(true);
  expect(errorOf(request({ to: people })).message).toBe(
    '51 recipients in one message; SES takes at most 50, split the request',
  );
});

test('counts a mailbox once, however often it is given', () => {
  const again = Array.from({ length: 60 }, () => 'pat@target.example');
  const prepared = prepare(request({ to: again }), SETS);
  expect(prepared.ok && prepared.value.recipients.usable).toHaveLength(1);
});

test('takes a configuration set that is wired and rejects any other', () => {
  expect(prepare(request({ configurationSet: 'other' }), SETS)).toMatchObject({ value: { configurationSet: 'other' } });
  expect(errorOf(request({ configurationSet: 'elsewhere' }))).toMatchObject({
    code: 'ConfigurationSetNotFound',
    message: 'configurationSet "elsewhere" is not wired to the feedback; wired: main, other',
  });
});
