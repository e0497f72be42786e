import { type Opened, openEnvelope } from '../../../core/feedback/open-envelope.ts';
import { eventBridge, onFailure, snsBody, snsEvent, sqsEvent, sqsRecord } from '../envelopes.ts';
import { bounce, ENVELOPED, FAMILIES, type Fields } from '../messages.ts';

const ENVELOPE_TIME = Date.parse(ENVELOPED);
const EVENT_BRIDGE_TIME = Date.parse('2026-01-02T03:04:10Z');
const NO_TIME = undefined;

const only = (input: unknown): Opened => {
  const [first, ...others] = openEnvelope(input);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} messages where one belongs`);
  return first;
};

/** Every way a message may come, and the time of the innermost envelope that tells one. */
const WAYS: readonly (readonly [string, (message: Fields) => unknown, number | undefined])[] = [
  ['bare', (m) => m, NO_TIME],
  ['as text', (m) => JSON.stringify(m), NO_TIME],
  ['as text with white space around', (m) => ` \n${JSON.stringify(m, null, 2)}\n`, NO_TIME],
  ['as text with a byte order mark', (m) => `\ufeff${JSON.stringify(m)}`, NO_TIME],
  ['as text in text', (m) => JSON.stringify(JSON.stringify(m)), NO_TIME],
  ["in SNS's envelope", (m) => snsBody(m), ENVELOPE_TIME],
  ["in SNS's envelope as text", (m) => JSON.stringify(snsBody(m)), ENVELOPE_TIME],
  ["in SNS's envelope without a time", (m) => snsBody(m, { Timestamp: undefined }), NO_TIME],
  ['in SNS in SQS', (m) => sqsEvent(snsBody(m)), ENVELOPE_TIME],
  ['raw in SQS', (m) => sqsEvent(m), ENVELOPE_TIME],
  ['raw in one SQS record', (m) => sqsRecord(m), ENVELOPE_TIME],
  ['in one SQS record whose body is an object', (m) => ({ ...sqsRecord(''), body: m }), ENVELOPE_TIME],
  ['in an SQS record without attributes', (m) => ({ body: JSON.stringify(m) }), NO_TIME],
  ['in a Lambda event of SNS', (m) => snsEvent(m), ENVELOPE_TIME],
  ['from EventBridge', (m) => eventBridge(m), EVENT_BRIDGE_TIME],
  ['from EventBridge without a source', (m) => eventBridge(m, { source: undefined }), EVENT_BRIDGE_TIME],
  ['as a detail with a source alone', (m) => ({ detail: m, source: 'aws.ses' }), NO_TIME],
  ['as a detail with a type alone', (m) => ({ detail: m, 'detail-type': 'Email Bounced' }), NO_TIME],
  ['from EventBridge in SQS', (m) => sqsEvent(eventBridge(m)), EVENT_BRIDGE_TIME],
  ['from EventBridge in SNS in SQS', (m) => sqsEvent(snsBody(eventBridge(m))), EVENT_BRIDGE_TIME],
  ['in an on-failure record around the bare message', (m) => onFailure(m), NO_TIME],
  ['in an on-failure record around SNS', (m) => onFailure(snsEvent(m)), ENVELOPE_TIME],
  ['in an on-failure record around EventBridge', (m) => onFailure(eventBridge(m)), EVENT_BRIDGE_TIME],
  ['in an on-failure record in SQS', (m) => sqsEvent(onFailure(snsEvent(m))), ENVELOPE_TIME],
  ['in an on-failure record in SNS in SQS', (m) => sqsEvent(snsBody(onFailure(snsEvent(m)))), ENVELOPE_TIME],
  [
    'in an on-failure record in SNS in SQS, as text',
    (m) => JSON.stringify(sqsEvent(snsBody(onFailure(snsEvent(m))))),
    ENVELOPE_TIME,
  ],
];

describe.each(FAMILIES)('a message named by %s', (family) => {
  test.each(WAYS)('is taken out when it comes %s', (_name, wrap, sentAt) => {
    const message = bounce({ family });
    expect(only(wrap(message))).toEqual({
      kind: 'message',
      type: 'Bounce',
      message: JSON.parse(JSON.stringify(message)),
      sentAt,
    });
  });
});

test('every record counts, in order, not only the first', () => {
  const messages = ['Bounce', 'Complaint', 'Send'].map((eventType) => ({ eventType }));
  for (const event of [sqsEvent(...messages), sqsEvent(...messages.map((m) => snsBody(m))), snsEvent(...messages)])
    expect(openEnvelope(event).map((opened) => opened.kind === 'message' && opened.type)).toEqual([
      'Bounce',
      'Complaint',
      'Send',
    ]);
});

test("SNS's own time wins over the queue's, which may be a redelivery days later", () => {
  const record = sqsRecord(snsBody({ eventType: 'Send' }), '2026-01-09T00:00:00Z');
  expect(only(record)).toMatchObject({ sentAt: ENVELOPE_TIME });
});

test("the queue's time stands in where SNS tells none", () => {
  const record = sqsRecord(snsBody({ eventType: 'Send' }, { Timestamp: 'soon' }), '2026-01-09T00:00:00Z');
  expect(only(record)).toMatchObject({ sentAt: Date.parse('2026-01-09T00:00:00Z') });
});

test('a time from outside is used until an envelope tells a better one', () => {
  expect(openEnvelope({ eventType: 'Send' }, 5)).toMatchObject([{ sentAt: 5 }]);
  expect(openEnvelope(snsBody({ eventType: 'Send' }), 5)).toMatchObject([{ sentAt: ENVELOPE_TIME }]);
  expect(openEnvelope(snsBody('{"eventType":"Send"}', { Timestamp: 7 }), 5)).toMatchObject([{ sentAt: 5 }]);
});

test.each([
  ['eventType', { eventType: 'Bounce', notificationType: 'Complaint' }, 'Bounce'],
  ['notificationType where eventType is empty', { eventType: '', notificationType: 'Complaint' }, 'Complaint'],
  ['notificationType where eventType is no text', { eventType: 7, notificationType: 'Complaint' }, 'Complaint'],
])('the type is that of %s', (_name, message, type) => {
  expect(only(message)).toMatchObject({ kind: 'message', type });
});

describe('a set-up message is a notice', () => {
  const SENTENCE = 'Successfully validated SNS topic for Amazon SES event publishing.';
  const SUCCEEDED = { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'You have subscribed your topic' };

  test.each([
    ['bare text', SENTENCE],
    ['text with blanks around it', ` ${SENTENCE}\n`],
    ['text in JSON', JSON.stringify(SENTENCE)],
    ['text in SNS', snsBody(SENTENCE)],
    ['text in SNS in SQS', sqsEvent(snsBody(SENTENCE))],
    ['raw text in SQS', sqsEvent(SENTENCE)],
    ['text in a Lambda event of SNS', snsEvent(SENTENCE)],
  ])('that is %s', (_name, input) => {
    expect(only(input)).toEqual({ kind: 'notice', type: 'SetUp' });
  });

  test.each([SUCCEEDED, snsBody(SUCCEEDED), sqsEvent(SUCCEEDED)])('that is JSON: %#', (input) => {
    expect(only(input)).toEqual({ kind: 'notice', type: 'AmazonSnsSubscriptionSucceeded' });
  });

  test.each([
    ['with a message', { Message: 'You have chosen', SubscribeURL: 'https://…' }],
    ['without one', {}],
  ])('that asks to confirm a subscription %s', (_name, rest) => {
    for (const type of ['SubscriptionConfirmation', 'UnsubscribeConfirmation']) {
      const asked = { Type: type, ...rest };
      expect(only(asked)).toEqual({ kind: 'notice', type });
      expect(only(sqsEvent(asked))).toEqual({ kind: 'notice', type });
    }
  });

  test('that EventBridge sends without a type, named by its detail-type where there is one', () => {
    expect(only(eventBridge({ version: '1' }))).toEqual({ kind: 'notice', type: 'Email Bounced' });
    expect(only(eventBridge({}, { 'detail-type': 7 }))).toEqual({ kind: 'notice', type: 'EventBridge' });
    expect(only(eventBridge({}, { 'detail-type': undefined }))).toEqual({ kind: 'notice', type: 'EventBridge' });
  });
});

test('no records are no messages', () => {
  expect(openEnvelope({ Records: [] })).toEqual([]);
});
