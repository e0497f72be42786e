import fc from 'fast-check';
import { KEY_TAG } from '../../../core/contract/index.ts';
import { keyedMail } from '../../../core/feedback/keyed-mail.ts';
import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { hashKey } from '../../../core/messages/key-hash.ts';
import { eventBridge, snsEvent, sqsEvent } from '../envelopes.ts';
import { ACCEPTED, bounce, complaint, delay, delivery, MESSAGE_ID, mailOf } from '../messages.ts';

const KEY = hashKey('order-4711');
const tags = { [KEY_TAG]: [KEY] };
const read = (input: unknown) =>
  openEnvelope(input).map((opened) => (opened.kind === 'message' ? keyedMail(opened) : opened.kind));
const FOUND = [{ key: KEY, messageId: MESSAGE_ID, timestamp: ACCEPTED, region: 'eu-west-1' }];

test.each([
  ['Bounce', bounce({ tags })],
  ['Complaint', complaint({ tags })],
  ['Delivery', delivery({ tags })],
  ['DeliveryDelay', delay({ tags })],
  ['Send', { eventType: 'Send', mail: mailOf({ tags }), send: {} }],
  ['Reject', { eventType: 'Reject', mail: mailOf({ tags }), reject: { reason: 'Bad content' } }],
  ['Rendering Failure', { eventType: 'Rendering Failure', mail: mailOf({ tags }), failure: {} }],
  ['a type of next year', { eventType: 'Teleported', mail: mailOf({ tags }) }],
  ['a bounce without recipients', bounce({ tags, recipients: [] })],
])('finds the mail with a key in a message of any type: %s', (_name, message) => {
  expect(read(message)).toEqual(FOUND);
});

test('finds it in any envelope', () => {
  for (const envelope of [snsEvent(delivery({ tags })), sqsEvent(delivery({ tags })), eventBridge(delivery({ tags }))])
    expect(read(envelope)).toEqual(FOUND);
});

test.each([
  ['no tag', delivery()],
  ['an identity notification, which has no tags', delivery({ family: 'notificationType', tags })],
  ['a tag that is no hash', delivery({ tags: { [KEY_TAG]: ['order-4711'] } })],
  ['a tag that is a list in a list', delivery({ mail: { tags: { [KEY_TAG]: [[KEY]] } } })],
  ['a tag without a value', delivery({ tags: { [KEY_TAG]: [] } })],
  ['a tag that is no list', delivery({ mail: { tags: { [KEY_TAG]: KEY } } })],
  ['no id', delivery({ tags, mail: { messageId: undefined } })],
  ['an empty id', delivery({ tags, mail: { messageId: '' } })],
  ['an id that is no text', delivery({ tags, mail: { messageId: 7 } })],
  ['no mail', { eventType: 'Delivery' }],
  ['mail that is a list', { eventType: 'Delivery', mail: [] }],
])('finds nothing in a message with %s', (_name, message) => {
  expect(read(message)).toEqual([undefined]);
});

test.each([
  ['its identity', 'arn:aws:ses:us-east-1:111122223333:identity/ledger.example', 'us-east-1'],
  [
    'its identity in another partition',
    'arn:aws-us-gov:ses:us-gov-west-1:111122223333:identity/a.example',
    'us-gov-west-1',
  ],
  ['an ARN in a list', ['arn:aws:ses:us-east-1:111122223333:identity/ledger.example'], undefined],
  ['an ARN in a text', 'see arn:aws:ses:us-east-1:111122223333:identity/ledger.example', undefined],
  ['an ARN of something else', 'arn:aws:sns:us-east-1:111122223333:Topic', undefined],
  ['no ARN', 'ledger.example', undefined],
  ['no text', 7, undefined],
])('knows the Region by %s', (_name, sourceArn, region) => {
  const { region: _region, ...mail } = FOUND[0] as (typeof FOUND)[number];
  const told = { ...mail, ...(region === undefined ? {} : { region }) };
  expect(read(delivery({ tags, mail: { sourceArn } }))).toStrictEqual([told]);
});

test('never throws, whatever the message is', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('mail', 'tags'), fc.anything()), fc.anything(), (message, tag) => {
      const opened = { kind: 'message', type: 'X', sentAt: undefined } as const;
      keyedMail({ ...opened, message });
      expect(keyedMail({ ...opened, message: { mail: { messageId: 'x', tags: { [KEY_TAG]: tag } } } })).toBeUndefined();
    }),
  );
});
