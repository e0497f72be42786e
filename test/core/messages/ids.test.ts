import { hashKey, readKeyHash } from '../../../core/messages/key-hash.ts';
import { messageIdHeader } from '../../../core/messages/message-id-header.ts';
import { bracketed } from '../../../core/messages/message-ids.ts';

test('the hash of a key is one that a tag can carry, and that is read back from it', () => {
  for (const key of ['order-4711', '', 'ключ', 'x'.repeat(1000)]) {
    expect(hashKey(key)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(readKeyHash(hashKey(key))).toBe(hashKey(key));
  }
  expect(hashKey('order-4711')).not.toBe(hashKey('order-4712'));
});

test.each(['', 'order-4711', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)}=`, `${'x'.repeat(42)}\n`])(
  'the tag %j is no hash of a key',
  (tag) => {
    expect(readKeyHash(tag)).toBeUndefined();
  },
);

test.each([
  ['us-east-1', '<0100-1@email.amazonses.com>'],
  ['eu-west-1', '<0100-1@eu-west-1.amazonses.com>'],
])('recipients of mail from %s see %s', (region, header) => {
  expect(messageIdHeader('0100-1', region)).toBe(header);
});

test.each(['order@ledger.example', '<order@ledger.example>', '  <order@ledger.example> '])(
  '%j is looked up bracketed',
  (id) => {
    expect(bracketed(id)).toBe('<order@ledger.example>');
  },
);
