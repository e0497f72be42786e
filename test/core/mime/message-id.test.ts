import { isMessageId, messageIdIn } from '../../../core/mime/message-id.ts';

test.each([
  ['<a@x.example>', true],
  [`<${'x'.repeat(500)}>`, true],
  [`<${'x'.repeat(501)}>`, false],
  ['a@x.example', false],
  ['<>', false],
  ['<a b@x.example>', false],
  ['<a@x.example> <b@x.example>', false],
  ['<é@x.example>', false],
  ['<a\u0000@x.example>', false],
])('says whether %j is one message id', (value, is) => {
  expect(isMessageId(value)).toBe(is);
});

test.each([
  ['<a@x.example>', '<a@x.example>'],
  ['<a@x.example> (comment)', '<a@x.example>'],
  ['(one) <a@x.example> (two) (three)', '<a@x.example>'],
  ['<a(1)@x.example>', '<a(1)@x.example>'],
  ['<a@x.example> <b@x.example>', undefined],
  ['<a@x.example> (open', undefined],
  ['mine', undefined],
  ['', undefined],
])('finds in %j the id %j', (value, id) => {
  expect(messageIdIn(value)).toBe(id);
});
