import { subscriptionChanges } from '../../../core/feedback/subscription-changes.ts';
import { PAT, preferences, SAM, subscription } from '../messages.ts';
import { summary, verdictsOf } from '../verdicts.ts';

const ALL = { unsubscribeAll: true };
const out = (topic: string | undefined) => ({ change: 'OptOut', topic });
const into = (topic: string | undefined) => ({ change: 'OptIn', topic });

type Row = readonly [string, unknown, unknown, string | undefined, readonly object[]];

const ROWS: readonly Row[] = [
  ['nothing', preferences({ a: 'OptIn' }), preferences({ a: 'OptIn' }), 's', []],
  ['an opt-out', preferences({ a: 'OptIn' }), preferences({ a: 'OptOut' }), 's', [out('a')]],
  ['an opt-in', preferences({ a: 'OptOut' }), preferences({ a: 'OptIn' }), 's', [into('a')]],
  ['a topic that is new', preferences({}), preferences({ a: 'OptOut' }), 's', [out('a')]],
  ['a topic that is gone', preferences({ a: 'OptOut' }), preferences({}), 's', []],
  [
    'several, in order',
    preferences({ a: 'OptIn', b: 'OptIn', c: 'OptOut' }),
    preferences({ c: 'OptIn', b: 'OptIn', a: 'OptOut' }),
    's',
    [out('a'), into('c')],
  ],
  ['a default that says the same', preferences({}, { byDefault: 'OptOut' }), preferences({ a: 'OptOut' }), 's', []],
  [
    'a default that said otherwise',
    preferences({}, { byDefault: 'OptIn' }),
    preferences({ a: 'OptOut' }),
    's',
    [out('a')],
  ],
  ['a fall back to a default', preferences({ a: 'OptIn' }), preferences({}, { byDefault: 'OptOut' }), 's', [out('a')]],
  [
    'a list of defaults that says the same',
    preferences({}, { byDefault: { a: 'OptOut' } }),
    preferences({ a: 'OptOut' }, { byDefault: { a: 'OptOut' } }),
    's',
    [],
  ],
  [
    'a fall back to the default of its own topic',
    preferences({ a: 'OptOut', b: 'OptIn' }, { byDefault: { a: 'OptIn', b: 'OptIn' } }),
    preferences({}, { byDefault: { a: 'OptIn', b: 'OptIn' } }),
    's',
    [into('a')],
  ],
  [
    'a default that changed, of a topic nobody chose',
    preferences({ b: 'OptIn' }, { byDefault: { a: 'OptIn', b: 'OptIn' } }),
    preferences({ b: 'OptIn' }, { byDefault: { a: 'OptOut', b: 'OptOut' } }),
    's',
    [out('a')],
  ],
  [
    'all left by somebody who never chose: every topic with a default',
    preferences({}, { byDefault: { a: 'OptIn', b: 'OptOut' } }),
    preferences({}, { ...ALL, byDefault: { a: 'OptIn', b: 'OptOut' } }),
    undefined,
    [out('a'), out('b')],
  ],
  ['all left, one topic', preferences({ a: 'OptIn' }), preferences({ a: 'OptOut' }, ALL), undefined, [out('a')]],
  [
    'all left: every topic, also one that says OptIn, and the stream',
    preferences({ a: 'OptIn', b: 'OptOut' }),
    preferences({ a: 'OptIn', b: 'OptOut' }, ALL),
    's',
    [out('a'), out('b'), out('s')],
  ],
  [
    'all left: a stream that is a topic, once',
    preferences({ s: 'OptIn' }),
    preferences({ s: 'OptOut' }, ALL),
    's',
    [out('s')],
  ],
  ['all left, only the stream known', preferences({}), preferences({}, ALL), 's', [out('s')]],
  ['all left, nothing known', preferences({}), preferences({}, ALL), undefined, [out(undefined)]],
  [
    'all back: each topic as it stands now, and the stream',
    preferences({ a: 'OptOut', b: 'OptOut' }, ALL),
    preferences({ a: 'OptIn', b: 'OptOut' }),
    's',
    [into('a'), out('b'), into('s')],
  ],
  [
    'all back, by default',
    preferences({ a: 'OptOut' }, ALL),
    preferences({}, { byDefault: 'OptIn' }),
    undefined,
    [into('a')],
  ],
  ['all back, nothing known', preferences({}, ALL), preferences({}), undefined, [into(undefined)]],
  [
    'a topic set free while all stays left',
    preferences({ a: 'OptOut' }, ALL),
    preferences({ a: 'OptIn' }, ALL),
    's',
    [out('a')],
  ],
  ['no preferences at all', undefined, null, 's', []],
  ['preferences that are no object', 'all', ['none'], 's', []],
  ['only new preferences', undefined, preferences({ a: 'OptOut' }), 's', [out('a')]],
  [
    'topics that cannot be read beside one that can',
    {},
    {
      topicSubscriptionStatus: [
        null,
        7,
        { topicName: 'a' },
        { topicName: 'b', subscriptionStatus: 'Maybe' },
        { topicName: '*', subscriptionStatus: 'OptOut' },
        { topicName: 'tenant:x', subscriptionStatus: 'OptOut' },
        { topicName: 7, subscriptionStatus: 'OptOut' },
        { subscriptionStatus: 'OptOut' },
        { topicName: 'good', subscriptionStatus: 'OptOut', added: 2031 },
      ],
    },
    's',
    [out('good')],
  ],
  ['a status list that is none', preferences({ a: 'OptIn' }), { topicSubscriptionStatus: 'a' }, 's', []],
  ['an unsubscribeAll that is no boolean', { unsubscribeAll: 'true' }, { unsubscribeAll: null }, 's', []],
  ['an unsubscribeAll that was no boolean', { unsubscribeAll: 'yes' }, { unsubscribeAll: true }, 's', [out('s')]],
  [
    'a topic without a status, which is no topic, whatever the default becomes',
    { topicSubscriptionStatus: [{ topicName: 'a' }], topicDefaultSubscriptionStatus: 'OptIn' },
    { topicSubscriptionStatus: [{ topicName: 'a' }], topicDefaultSubscriptionStatus: 'OptOut' },
    's',
    [],
  ],
  ['an unsubscribeAll that was missing', {}, { unsubscribeAll: true }, 's', [out('s')]],
];

test.each(ROWS)('the change is of %s', (_name, from, to, stream, expected) => {
  expect(subscriptionChanges(from, to, stream)).toEqual(expected);
});

const leave = (mail: object, tags = {}) =>
  subscription(preferences({}), preferences({ a: 'OptOut' }, ALL), { mail: { ...mail }, tags });

test('a subscription is about the one person the mail went to', () => {
  expect(verdictsOf(leave({ destination: ['"Pat" <PAT@target.example>'] })).map((v) => v.address)).toEqual([PAT]);
});

test("a subscription that left all acts on the mail's stream too", () => {
  expect(verdictsOf(leave({}, { stream: ['newsletter'] })).map((v) => v.decision.scope)).toEqual(['a', 'newsletter']);
});

test.each([[[PAT, SAM]], [[]], [null], [undefined]])(
  'a subscription of a mail to %j is about nobody',
  (destination) => {
    expect(verdictsOf(leave({ destination })).map(summary)).toEqual([
      { address: null, rule: 'other', effect: 'none', reason: 'Subscription', scope: null },
    ]);
  },
);

test.each([undefined, null, 'x', []])('a subscription whose detail is %j changes nothing', (detail) => {
  expect(verdictsOf({ ...leave({}), subscription: detail }).map((v) => v.decision.effect)).toEqual(['none']);
});
