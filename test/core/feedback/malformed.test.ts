import { eventBridge, onFailure, snsBody, sqsEvent } from '../envelopes.ts';
import { bounce, complaint, delay, delivery, PAT, preferences, subscription } from '../messages.ts';
import { classified, codeOf } from '../verdicts.ts';

const nested = (levels: number): unknown => {
  let input: unknown = { eventType: 'Send' };
  for (let i = 0; i < levels; i += 1) input = onFailure(input);
  return input;
};

const stringified = (times: number): string => {
  let text = '{"eventType":"Send"}';
  for (let i = 0; i < times; i += 1) text = JSON.stringify(text);
  return text;
};

test.each([
  ['NotJson', ''],
  ['NotJson', '  \n'],
  ['NotJson', 'Hello'],
  ['NotJson', '{"eventType":"Bounce"'],
  ['NotJson', '\ufeff'],
  ['NotJson', 'Please note: Successfully validated SNS topic for Amazon SES event publishing.'],
  ['NotJson', sqsEvent('no JSON')],
  ['NotJson', snsBody('no JSON')],
  ['NotAnObject', null],
  ['NotAnObject', undefined],
  ['NotAnObject', 7],
  ['NotAnObject', true],
  ['NotAnObject', []],
  ['NotAnObject', '[]'],
  ['NotAnObject', 'null'],
  ['NotAnObject', { Records: [null] }],
  ['NotAnObject', { Type: 'Notification', Message: null }],
  ['NotAnObject', onFailure([])],
  ['NoType', {}],
  ['NoType', { mail: {}, bounce: {} }],
  ['NoType', { eventType: '' }],
  ['NoType', { notificationType: '' }],
  ['NoType', { eventType: 5, notificationType: null }],
  ['NoType', { Sns: 'text' }],
  ['NoType', { detail: { eventType: 'Bounce' } }],
  ['NoType', snsBody({ receipt: {} })],
  ['BadEnvelope', { Records: {} }],
  ['BadEnvelope', { Records: null }],
  ['BadEnvelope', { body: 7 }],
  ['BadEnvelope', { body: null }],
  ['BadEnvelope', eventBridge('text')],
  ['BadEnvelope', eventBridge(undefined)],
  ['TooDeep', nested(17)],
  ['TooDeep', '\ufeff'.repeat(40)],
  ['TooDeep', stringified(17)],
  ['RecipientsNotAList', bounce({ recipients: 'pat@target.example' })],
  ['RecipientsNotAList', bounce({ recipients: { emailAddress: 'pat@target.example' } })],
  ['RecipientsNotAList', complaint({ recipients: 7 })],
  ['RecipientsNotAList', delivery({ recipients: 'pat@target.example' })],
  ['RecipientsNotAList', delay({ recipients: true })],
  ['RecipientsNotAList', { eventType: 'Bounce', bounce: 'General' }],
  ['RecipientsNotAList', { eventType: 'Complaint', complaint: [] }],
  ['RecipientsNotAList', subscription({}, {}, { mail: { destination: 'pat@target.example' } })],
  ['NoUsableTime', bounce({ mail: { timestamp: undefined }, detail: { timestamp: undefined } })],
  ['NoUsableTime', delivery({ mail: { timestamp: 'x' }, detail: { timestamp: '2026-02-30T00:00:00Z' } })],
  [
    'NoUsableTime',
    subscription(preferences({}), preferences({}), { mail: { timestamp: 1 }, detail: { timestamp: 1 } }),
  ],
  ['NoUsableAddress', bounce({ recipients: [{}], mail: { destination: undefined } })],
  ['NoUsableAddress', bounce({ recipients: [null], mail: { destination: undefined } })],
  ['NoUsableAddress', bounce({ recipients: [{ emailAddress: 7 }, { emailAddress: '' }], mail: { destination: [] } })],
  ['NoUsableAddress', complaint({ recipients: [{ emailAddress: 'a b@c.d' }], mail: { destination: ['a b@c.d'] } })],
  ['NoUsableAddress', delivery({ recipients: ['nobody'] })],
  ['NoUsableAddress', subscription({}, {}, { mail: { destination: ['nobody'] } })],
])('%s is the code of %j', (code, input) => {
  expect(codeOf(input)).toBe(code);
});

test('the message says what stood where, quoted and short', () => {
  const [found] = classified(bounce({ recipients: `x\r\n${'y'.repeat(5000)}` }));
  const message = found?.kind === 'malformed' ? found.problem.message : '';
  expect(message).toMatch(/^bounce\.bouncedRecipients: expected a list, got "x\\r\\ny+"$/);
  expect(message.length).toBeLessThan(160);
});

test('what cannot be read does not hide what can', () => {
  const found = classified(sqsEvent('no JSON', bounce(), { eventType: 'Bounce', bounce: 'x' }));
  expect(found.map((c) => (c.kind === 'malformed' ? c.problem.code : c.type))).toEqual([
    'NotJson',
    'Bounce',
    'RecipientsNotAList',
  ]);
});

test.each([
  ['', 'expected JSON, got nothing'],
  [' Hello\n', 'expected JSON, got "Hello"'],
  [7, 'expected a JSON object, got 7'],
  [nested(17), 'more than 16 steps into envelopes around each other'],
  [{ Records: 'all' }, 'Records: expected a list, got "all"'],
  [eventBridge('text'), 'detail: expected an object, got "text"'],
  [{ body: 7 }, 'body: expected text, got 7'],
  [{ eventType: 'Bounce', bounce: 'General' }, 'bounce: expected an object, got "General"'],
  [subscription({}, {}, { mail: { destination: PAT } }), `mail.destination: expected a list, got "${PAT}"`],
  [delivery({ mail: { timestamp: 1 }, detail: { timestamp: 1 } }), 'Delivery: neither the event, its envelope nor'],
  [subscription({}, {}, { mail: { timestamp: 1 }, detail: { timestamp: 1 } }), 'Subscription: neither the event'],
  [delivery({ recipients: [7] }), 'delivery.recipients: expected an address as text, got 7'],
  [subscription({}, {}, { mail: { destination: ['nobody'] } }), 'mail.destination: '],
])('%j is explained: %s', (input, explanation) => {
  const [found] = classified(input);
  expect(found?.kind === 'malformed' ? found.problem.message : found).toContain(explanation);
});

test('sixteen steps into envelopes are taken, which is more than any path needs', () => {
  expect(classified(nested(16))).toMatchObject([{ kind: 'decided', type: 'Send' }]);
});

test('an empty list needs no time: nothing is learnt from it', () => {
  const message = bounce({ recipients: [], mail: { timestamp: undefined }, detail: { timestamp: undefined } });
  expect(classified(message)).toMatchObject([{ kind: 'decided', type: 'Bounce' }]);
});
