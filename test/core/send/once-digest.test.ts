import fc from 'fast-check';
import { bodyDigest } from '../../../core/send/body-digest.ts';
import { parseSendRequest } from '../../../core/send/request.ts';

const digestOf = (over: { readonly [field: string]: unknown } = {}): string => {
  const parsed = parseSendRequest({
    from: 'no-reply@ledger.example',
    to: ['pat@target.example'],
    subject: 'Your receipt',
    text: 'Thank you.',
    idempotencyKey: 'order-4711',
    ...over,
  });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return bodyDigest(parsed.value);
};

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
