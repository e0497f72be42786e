import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { bodyDigest } from '../../../core/send/body-digest.ts';
import { parseSendRequest } from '../../../core/send/request.ts';

const read = (over: { readonly [field: string]: unknown } = {}) => {
  const parsed = parseSendRequest({
    from: 'no-reply@ledger.example',
    to: ['pat@target.example'],
    subject: 'Your receipt',
    text: 'Thank you.',
    idempotencyKey: 'order-4711',
    ...over,
  });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};
const digestOf = (over: { readonly [field: string]: unknown } = {}): string => bodyDigest(read(over));

test('is the same for the same message, however it is written down', () => {
  const same = [
    { idempotencyKey: 'order-4712' },
    { cc: [], bcc: [], replyTo: [], tags: {}, headers: {}, attachments: [], unsubscribe: false, onSuppressed: 'drop' },
    { html: undefined },
  ];
  expect(same.map((over) => digestOf(over))).toEqual(same.map(() => digestOf()));
  expect(digestOf({ tags: { a: '1', b: '2' } })).toBe(digestOf({ tags: { b: '2', a: '1' } }));
});

test('differs for everything that makes another message', () => {
  const others = [
    {},
    { from: 'other@ledger.example' },
    { to: ['sam@target.example'] },
    { to: [], cc: ['pat@target.example'] },
    { to: ['pat@target.example', 'sam@target.example'] },
    { to: ['sam@target.example', 'pat@target.example'] },
    { subject: 'Your receipt ' },
    { text: '' },
    { html: '' },
    { stream: 'receipts' },
    { tags: { a: '1' } },
    { tags: { a: '2' } },
    { headers: { 'X-Run': '1' } },
    { onSuppressed: 'reject' },
    { attachments: [{ filename: 'a.txt', contentType: 'text/plain', content: 'YQ==' }] },
    { attachments: [{ filename: 'a.txt', contentType: 'text/plain', content: 'Yg==' }] },
  ];
  expect(new Set(others.map((over) => digestOf(over))).size).toBe(others.length);
});

test('does not mind the order of fields at any depth, and does mind that of lists', () => {
  const template = (data: unknown) =>
    digestOf({ subject: undefined, text: undefined, template: { name: 'welcome', data } });
  const shuffled = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(shuffled)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, inner]) => [name, shuffled(inner)]),
          )
        : value;
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => template(data) === template(shuffled(data))),
  );
  expect(template({ list: [1, 2] })).not.toBe(template({ list: [2, 1] }));
});

test('is the hash of JSON with its fields in order: records that are written keep their meaning', () => {
  const { from, onSuppressed, subject, text, to } = read({ subject: 'Prüfung „ja“' });
  const json = JSON.stringify({ from, onSuppressed, subject, tags: { a: '1', b: '2' }, text, to });
  expect(digestOf({ subject, tags: { b: '2', a: '1' } })).toBe(createHash('sha256').update(json).digest('base64url'));
});

test('takes the request as it is given: another way to say the same is another body', () => {
  expect(digestOf({ configurationSet: 'main' })).not.toBe(digestOf());
  expect(digestOf({ to: ['PAT@target.example'] })).not.toBe(digestOf());
});

test.each(['[', '{"a":'])('can be taken of values nested without end: %s', (open) => {
  const depth = 100_000;
  const nested = (inner: unknown) => {
    let value = inner;
    for (let i = 0; i < depth; i += 1) value = open === '[' ? [value] : { a: value };
    return bodyDigest({ ...read(), template: { name: 'welcome', data: { value } } });
  };
  expect(nested(1)).toBe(nested(1));
  expect(nested(1)).not.toBe(nested(2));
});

test('tells lists, texts and nothing apart', () => {
  const data = [[], {}, [[]], [null], [undefined, 1], '[]', '', 0, null, { a: undefined, b: 1 }, { b: 2 }, '{"b":1}'];
  const digests = data.map((value) => bodyDigest({ ...read(), template: { name: 'welcome', data: { value } } }));
  expect(new Set(digests).size).toBe(data.length);
});
