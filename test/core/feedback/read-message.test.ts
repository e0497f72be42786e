import { openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { readMessage } from '../../../core/feedback/read-message.ts';
import { delivery, type Fields, HAPPENED, MESSAGE_ID, PAT, preferences, subscription } from '../messages.ts';

const read = (message: Fields): unknown => {
  const [opened] = openEnvelope(message);
  if (opened?.kind !== 'message') throw new Error('no message');
  return readMessage(opened);
};

const SHARED = {
  recipient: PAT,
  at: Date.parse(HAPPENED),
  messageId: MESSAGE_ID,
  reported: undefined,
  stream: undefined,
};

test('a delivery is an event of what every event tells, and nothing else', () => {
  const id = `${MESSAGE_ID}/Delivery/${HAPPENED}#${PAT}`;
  const event = { type: 'Delivery', id, ...SHARED };
  expect(read(delivery())).toStrictEqual({ ok: true, value: [{ kind: 'event', event }] });
});

test('a subscription is one event a change, all of one id', () => {
  const id = `${MESSAGE_ID}/Subscription/${HAPPENED}#${PAT}`;
  const events = [
    { type: 'Subscription', id, ...SHARED, change: 'OptOut', topic: 'a' },
    { type: 'Subscription', id, ...SHARED, change: 'OptIn', topic: 'b' },
  ];
  const from = preferences({ a: 'OptIn', b: 'OptOut' });
  expect(read(subscription(from, preferences({ a: 'OptOut', b: 'OptIn' })))).toStrictEqual({
    ok: true,
    value: events.map((event) => ({ kind: 'event', event })),
  });
  expect(read(subscription(from, from))).toStrictEqual({
    ok: true,
    value: [{ kind: 'event', event: { type: 'Subscription', id, ...SHARED, change: undefined, topic: undefined } }],
  });
});

test('a subscription whose mail is unreadable is about nobody', () => {
  expect(read({ ...subscription({}, {}), mail: 'x' })).toEqual({ ok: true, value: [] });
});
