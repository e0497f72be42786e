import { MESSAGES_DAYS } from '../../../core/contract/index.ts';
import { DAY } from '../../../core/instant.ts';
import { bracketed, mailExpiryOf } from '../../../core/messages/message-ids.ts';
import { RecordTooLarge } from '../../../core/messages/record-too-large.ts';
import { RecordUnreadable } from '../../../core/messages/record-unreadable.ts';

test('a mail is known by its ids as long as the table says', () => {
  expect(mailExpiryOf({ sentAt: 5 })).toBe(5 + MESSAGES_DAYS * DAY);
});

test.each([
  ['<a@b.example>', '<a@b.example>'],
  [' <a@b.example> ', '<a@b.example>'],
  ['a@b.example', '<a@b.example>'],
  ['<a@b.example', '<<a@b.example>'],
  ['a@b.example>', '<a@b.example>>'],
])('the id %j is looked up as %j', (given, id) => {
  expect(bracketed(given)).toBe(id);
});

test('the errors of records are told apart by name and code', () => {
  for (const [error, name] of [
    [new RecordTooLarge('x'), 'RecordTooLarge'],
    [new RecordUnreadable('x'), 'RecordUnreadable'],
  ] as const)
    expect({ name: error.name, code: error.code }).toEqual({ name, code: name });
});
