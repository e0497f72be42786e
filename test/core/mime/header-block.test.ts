import fc from 'fast-check';
import { prependHeaders, readMessage, textOf, valuesOf, writeMessage } from '../../../core/mime/header-block.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const fieldsOf = (text: string) => {
  const read = readMessage(bytes(text));
  if (!read.ok) throw new Error(read.error);
  return read.value.fields;
};

test('reads names without their case, and values without their folds', () => {
  const fields = fieldsOf('Subject: one\r\n two\r\n\tthree\r\nX-A : 1\r\nx-a:2\r\n\r\nBody: no\r\n');
  expect(fields.map(({ name }) => name)).toEqual(['subject', 'x-a', 'x-a']);
  expect(valuesOf(fields, 'subject')).toEqual(['one two\tthree']);
  expect(valuesOf(fields, 'x-a')).toEqual(['1', '2']);
});

test('keeps blanks as they are but for folds', () => {
  const fields = fieldsOf('To: "a  b\tc"@x.example,\r\n\td@x.example\r\n   ,\n e@x.example\r\n\r\n');
  expect(valuesOf(fields, 'to')).toEqual(['"a  b\tc"@x.example,\td@x.example   , e@x.example']);
});

test('reads bytes of a value as UTF-8 and leaves them as they are', () => {
  const raw = Buffer.from('From: Zoë <zoe@x.example>\nX: \xff\n\n', 'utf8');
  const read = readMessage(raw);
  expect(read.ok && read.value.fields.map(textOf)).toEqual(['Zoë <zoe@x.example>', '\u00ff']);
  expect(read.ok && Buffer.from(writeMessage(read.value))).toEqual(raw);
});

test.each<[what: string, raw: string, problem: string]>([
  ['no bytes', '', 'no blank line'],
  ['headers alone', 'From: a@x.example\r\nSubject: Hi\r\n', 'no blank line'],
  ['a first line that continues nothing', ' From: a@x.example\r\n\r\n', 'is no header'],
  ['a line without a colon', 'From: a@x.example\r\nHello there\r\n\r\n', '"Hello there" is no header'],
  ['an envelope line of a mailbox file', 'From a@x.example Thu Jan 1\n\n', 'is no header'],
  ['a CR that begins a line', 'Subject: Hi\r\n\rBcc: eve@x.example\r\n\r\n', 'a CR that ends no line'],
  ['a line feed after some letter', 'A: b\nx\n', 'no blank line'],
  ['a CR within a line', 'Subject: Hi\rBcc: eve@x.example\r\n\r\n', 'a CR that ends no line'],
])('refuses %s', (_what, raw, problem) => {
  expect(readMessage(bytes(raw))).toEqual({ ok: false, error: expect.stringContaining(problem) });
});

test('takes a message without a header and one without a body', () => {
  expect(readMessage(bytes('\r\nbody'))).toMatchObject({ ok: true, value: { fields: [] } });
  expect(fieldsOf('A: 1\n\n')).toHaveLength(1);
});

test('never throws, and what it reads it writes back byte by byte', () => {
  const pieces = fc.constantFrom('A', 'b', ':', ' ', '\t', '\r\n', '\n', '\r', '\0', '\xff', 'Bcc: x', '\n\n');
  const random = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(pieces, { maxLength: 30 }).map((parts) => bytes(parts.join(''))),
  );
  fc.assert(
    fc.property(random, (raw) => {
      const read = readMessage(raw);
      if (read.ok) expect(Buffer.from(writeMessage(read.value))).toEqual(Buffer.from(raw));
    }),
    { numRuns: 500 },
  );
});

test('reads thousands of folds without trouble', () => {
  expect(valuesOf(fieldsOf(`X: 0${'\r\n 1'.repeat(200_000)}\r\n\r\n`), 'x')[0]).toHaveLength(400_001);
});

test.each(['\r\n', '\n'])('puts headers in front with the line ends that are there, %j', (end) => {
  const raw = bytes(`From: a@x.example${end}${end}Hi${end}`);
  const added = Buffer.from(prependHeaders(raw, [{ name: 'X-A', value: '1' }])).toString('latin1');
  expect(added).toBe(`X-A: 1${end}From: a@x.example${end}${end}Hi${end}`);
});
