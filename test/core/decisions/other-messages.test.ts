import { eventBridge } from '../envelopes.ts';
import {
  bounce,
  complaint,
  delay,
  delivery,
  FAMILIES,
  mailOf,
  PAT,
  preferences,
  SAM,
  subscription,
} from '../messages.ts';
import { classified, summary, verdictOf, verdictsOf } from '../verdicts.ts';

describe.each(FAMILIES)('a message named by %s', (family) => {
  test('of type Delivery resets each recipient, also those whose mail named nobody', () => {
    const found = verdictsOf(delivery({ family, recipients: [PAT, SAM], mail: { destination: [] } }));
    expect(found.map(summary)).toEqual(
      [PAT, SAM].map((address) => ({ address, rule: 'delivered', effect: 'reset', reason: 'delivered', scope: '*' })),
    );
  });

  test('of type DeliveryDelay is never a strike: SES is still trying', () => {
    expect(summary(verdictOf(delay({ family })))).toEqual({
      address: PAT,
      rule: 'other',
      effect: 'none',
      reason: 'DeliveryDelay',
      scope: null,
    });
  });

  test.each([
    'Send',
    'Reject',
    'Open',
    'Click',
    'Rendering Failure',
    'Received',
    'NewIn2031',
    'bounce',
    'toString',
    '__proto__',
  ])('of type %s is about nobody and gives one line that names the type', (type) => {
    const mail = mailOf({ family });
    const found = verdictsOf({ [family]: type, mail, bounce: { bouncedRecipients: [{ emailAddress: PAT }] } });
    expect(found).toEqual([
      {
        type,
        address: null,
        event: undefined,
        decision: { rule: 'other', effect: 'none', reason: type, scope: null, until: null },
      },
    ]);
  });

  test.each([
    ['a bounce', 'Bounce', bounce({ family, detail: { bouncedRecipients: [] } })],
    ['a bounce without a list', 'Bounce', bounce({ family, detail: { bouncedRecipients: undefined } })],
    ['a bounce whose list is null', 'Bounce', bounce({ family, detail: { bouncedRecipients: null } })],
    ['a bounce without detail', 'Bounce', { [family]: 'Bounce', mail: mailOf({ family }) }],
    ['a bounce without anything', 'Bounce', { [family]: 'Bounce' }],
    [
      'a complaint off the account list',
      'Complaint',
      complaint({ family, subtype: 'OnAccountSuppressionList', detail: { complainedRecipients: [] } }),
    ],
    ['a delivery', 'Delivery', delivery({ family, recipients: [] })],
    ['a delay', 'DeliveryDelay', delay({ family, detail: { delayedRecipients: [] } })],
  ])('about no recipient, %s, is one line without an address', (_name, type, message) => {
    expect(verdictsOf(message).map((v) => ({ type: v.type, ...summary(v) }))).toEqual([
      { type, address: null, rule: 'other', effect: 'none', reason: type, scope: null },
    ]);
  });
});

test.each([
  ['SES, as text', 'Successfully validated SNS topic for Amazon SES event publishing.', 'SetUp'],
  [
    'SES, as JSON',
    { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'You have subscribed' },
    'AmazonSnsSubscriptionSucceeded',
  ],
  ['SNS', { Type: 'SubscriptionConfirmation', Message: 'You have chosen to subscribe' }, 'SubscriptionConfirmation'],
  ['SNS at its end', { Type: 'UnsubscribeConfirmation', Message: 'You have left' }, 'UnsubscribeConfirmation'],
  [
    'EventBridge that is no mail event',
    eventBridge({ version: '1.0.0', data: {} }, { 'detail-type': 'Advisor Recommendation Status Open' }),
    'Advisor Recommendation Status Open',
  ],
])('a notice from %s is one line that names it', (_name, message, type) => {
  expect(verdictsOf(message)).toEqual([
    {
      type,
      address: null,
      event: undefined,
      decision: { rule: 'other', effect: 'none', reason: type, scope: null, until: null },
    },
  ]);
});

test('a notice is decided, whatever it calls itself', () => {
  const named = eventBridge({ version: '1.0.0' }, { 'detail-type': 'Bounce' });
  expect(classified(named)).toMatchObject([{ kind: 'decided', type: 'Bounce', lines: [{ address: null }] }]);
});

test('a type of a stranger is bounded and one line before it is shown', () => {
  const { type, decision } = verdictOf({ eventType: `Odd\r\n${'x'.repeat(500)}` });
  expect(type).toMatch(/^Odd x{59}$/);
  expect(decision.reason).toBe(type);
});

test('a subscription gives one decision a topic that changed, each in its own scope', () => {
  const from = preferences({ offers: 'OptIn', digest: 'OptOut', news: 'OptIn' });
  const to = preferences({ offers: 'OptOut', digest: 'OptIn', news: 'OptIn' });
  expect(verdictsOf(subscription(from, to)).map(summary)).toEqual([
    { address: PAT, rule: 'unsubscribed', effect: 'suppress', reason: 'unsubscribe', scope: 'offers' },
    { address: PAT, rule: 'opted-in', effect: 'lift', reason: 'opted-in', scope: 'digest' },
  ]);
});

test('a subscription to all again says nothing of a stream that is a topic without a status now', () => {
  const from = preferences({ news: 'OptOut' }, { unsubscribeAll: true });
  const found = verdictOf(subscription(from, preferences({}), { tags: { stream: ['news'] } }));
  expect(summary(found)).toMatchObject({ rule: 'opted-in', effect: 'none', scope: null });
});

test('a subscription that changes nothing does nothing', () => {
  const same = preferences({ offers: 'OptIn' });
  expect(summary(verdictOf(subscription(same, same)))).toEqual({
    address: PAT,
    rule: 'other',
    effect: 'none',
    reason: 'Subscription',
    scope: null,
  });
});

test.each([
  [true, 'unsubscribed', 'unsubscribe'],
  [false, 'opted-in', 'opted-in'],
])('a changed unsubscribeAll (now %p) without topic or stream does nothing, never everywhere', (now, rule, reason) => {
  const found = verdictOf(
    subscription(preferences({}, { unsubscribeAll: !now }), preferences({}, { unsubscribeAll: now })),
  );
  expect(summary(found)).toEqual({ address: PAT, rule, effect: 'none', reason, scope: null });
});

test('the verdicts of several records stay apart and in order', () => {
  const records = [{ body: JSON.stringify(bounce()) }, { body: 'no JSON' }, { body: JSON.stringify(complaint()) }];
  expect(classified({ Records: records }).map((c) => (c.kind === 'decided' ? c.type : c.problem.code))).toEqual([
    'Bounce',
    'NotJson',
    'Complaint',
  ]);
});
