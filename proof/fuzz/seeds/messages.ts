import type { Json } from '../json.ts';

type Fields = { readonly [name: string]: Json };

export const PAT = 'pat@target.example';
const SAM = 'sam@target.example';

const mail = (over: Fields = {}): Fields => ({
  timestamp: '2026-01-02T03:04:05.678Z',
  source: 'no-reply@ledger.example',
  sourceArn: 'arn:aws:ses:us-east-1:111122223333:identity/ledger.example',
  sendingAccountId: '111122223333',
  messageId: '0100019b7d4e8c2e-6a1f0e52-7c1b-4d0e-9f3a-2b8f5d1c7e90-000000',
  destination: [PAT],
  headersTruncated: false,
  headers: [
    { name: 'From', value: 'Ledger <no-reply@ledger.example>' },
    { name: 'To', value: 'Pat <pat@target.example>' },
  ],
  commonHeaders: { from: ['no-reply@ledger.example'], to: [PAT], subject: 'Your receipt' },
  tags: { 'ses:configuration-set': ['ledger'], 'ses:operation': ['SendRawEmail'], stream: ['receipts'] },
  ...over,
});

const bounce = (detail: Fields, over: Fields = {}): Fields => ({
  eventType: 'Bounce',
  mail: mail(over),
  bounce: {
    feedbackId: '0100019b7d4e9b51-0f9d7c3a-51d2-4c55-8a37-9e0b1f6a2c44-000000',
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [
      { emailAddress: PAT, action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
    ],
    timestamp: '2026-01-02T03:04:09.000Z',
    reportingMTA: 'dns; mx.target.example',
    ...detail,
  },
});

const recipient = (status: string, action = 'failed'): Json => [
  { emailAddress: PAT, action, status, diagnosticCode: `smtp; ${status}` },
];

const complaint = (detail: Fields): Fields => ({
  notificationType: 'Complaint',
  mail: mail(),
  complaint: {
    feedbackId: '0100019b7d4e9b51-0f9d7c3a-51d2-4c55-8a37-9e0b1f6a2c45-000000',
    complaintSubType: null,
    complainedRecipients: [{ emailAddress: PAT }],
    timestamp: '2026-01-02T03:04:09.000Z',
    userAgent: 'Example-Feedback-Loop/2.1',
    complaintFeedbackType: 'abuse',
    arrivalDate: '2026-01-02T03:04:08-05:00',
    ...detail,
  },
});

const subscription = (from: string, to: string): Fields => ({
  eventType: 'Subscription',
  mail: mail(),
  subscription: {
    contactList: 'customers',
    timestamp: '2026-01-02T03:04:09.000Z',
    source: 'UnsubscribeHeader',
    oldTopicPreferences: {
      unsubscribeAll: false,
      topicSubscriptionStatus: [{ topicName: 'news', subscriptionStatus: from }],
    },
    newTopicPreferences: {
      unsubscribeAll: false,
      topicSubscriptionStatus: [{ topicName: 'news', subscriptionStatus: to }],
    },
  },
});

/** Recipients without a usable address, beside a good one. */
const UNUSABLE: Json = [
  PAT,
  '',
  'pät@target.example',
  'a@[192.0.2.1]',
  'a@b',
  'a, b@c.example',
  'a b@c.example',
  'x\r\n@y.example',
  null,
  { $repeat: ['a', 400] },
].map((emailAddress) => ({ emailAddress }));

/** One message for each row of the decision table that a subtype or a status makes. */
const BY_RULE: readonly Fields[] = [
  ...['OnAccountSuppressionList', 'Suppressed', 'EmailValidationSuppressed', 'NoEmail'].map((bounceSubType) =>
    bounce({ bounceSubType }),
  ),
  ...['MessageTooLarge', 'ContentRejected', 'AttachmentRejected', 'CustomTimeoutExceeded'].map((bounceSubType) =>
    bounce({ bounceType: 'Transient', bounceSubType }),
  ),
  ...['5.1.1', '5.1.2', '5.4.4'].map((status) =>
    bounce({ bounceType: 'Transient', bouncedRecipients: recipient(status) }),
  ),
  ...['delivered', 'relayed', 'expanded', 'delayed'].map((action) =>
    bounce({ bouncedRecipients: recipient('2.0.0', action) }),
  ),
  bounce({ bouncedRecipients: UNUSABLE }, { destination: [PAT, SAM] }),
  bounce({ bouncedRecipients: UNUSABLE }, { destination: [] }),
  bounce({ bouncedRecipients: [] }),
  bounce({ timestamp: 'yesterday' }, { timestamp: 'today' }),
  bounce(
    { bouncedRecipients: [{ emailAddress: 'bounce+1@simulator.amazonses.com' }] },
    { destination: ['bounce+1@simulator.amazonses.com'] },
  ),
  complaint({ complaintSubType: 'OnAccountSuppressionList' }),
  complaint({ complainedRecipients: [] }),
  complaint({ complainedRecipients: [{ emailAddress: 'complaint@simulator.amazonses.com' }] }),
  { notificationType: 'Received', mail: mail() },
];

/** Messages of SES, of every type it documents. */
export const MESSAGES: readonly Fields[] = [
  bounce({}),
  bounce({ bounceType: 'Transient', bouncedRecipients: recipient('4.2.2') }),
  bounce({ bounceType: 'Undetermined', bounceSubType: 'Undetermined' }),
  bounce({ bounceType: 'Transient', bouncedRecipients: [{ emailAddress: PAT }] }),
  bounce(
    {
      bouncedRecipients: [
        { emailAddress: PAT, status: '5.1.1' },
        { emailAddress: SAM, action: 'delayed', status: '4.4.7' },
      ],
    },
    { destination: [PAT, SAM] },
  ),
  bounce({ bouncedRecipients: [{ emailAddress: 'victim@elsewhere.example' }] }, { destination: [PAT, SAM] }),
  bounce(
    { bounceSubType: 'UnsubscribedRecipient' },
    { headers: [{ name: 'X-SES-LIST-MANAGEMENT-OPTIONS', value: 'customers; topic=news' }] },
  ),
  bounce({ bounceSubType: 'OnTenantSuppressionList' }, { tags: { 'ses:tenant-name': ['blue'] } }),
  complaint({}),
  complaint({ complaintFeedbackType: 'not-spam' }),
  subscription('OptIn', 'OptOut'),
  subscription('OptOut', 'OptIn'),
  {
    eventType: 'Delivery',
    mail: mail({ tags: { stream: ['receipts'], 'suppressor-key': ['a'.repeat(64)] } }),
    delivery: {
      timestamp: '2026-01-02T03:04:09.000Z',
      processingTimeMillis: 3322,
      recipients: [PAT],
      smtpResponse: '250 2.6.0 Message received',
      reportingMTA: 'a48-29.smtp-out.amazonses.com',
    },
  },
  {
    eventType: 'DeliveryDelay',
    mail: mail(),
    deliveryDelay: {
      delayType: 'MailboxFull',
      timestamp: '2026-01-02T03:04:09.000Z',
      expirationTime: '2026-01-02T17:04:05.678Z',
      delayedRecipients: [{ emailAddress: PAT, status: '4.2.2', diagnosticCode: 'smtp; 452 4.2.2 full' }],
    },
  },
  { eventType: 'Send', mail: mail(), send: {} },
  { eventType: 'Reject', mail: mail(), reject: { reason: 'Bad content' } },
  {
    eventType: 'Open',
    mail: mail(),
    open: { ipAddress: '192.0.2.1', timestamp: '2026-01-02T03:04:09.000Z', userAgent: 'agent' },
  },
  {
    eventType: 'Click',
    mail: mail(),
    click: { link: 'https://ledger.example/', timestamp: '2026-01-02T03:04:09.000Z' },
  },
  {
    eventType: 'Rendering Failure',
    mail: mail(),
    failure: { errorMessage: 'Attribute is not present', templateName: 'welcome' },
  },
  { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'You have successfully subscribed' },
  ...BY_RULE,
];

const SET_UP = 'Successfully validated SNS topic for Amazon SES event publishing.';

/** SNS's envelope as a queue has it. */
export const sns = (message: Json): Fields => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:eu-west-1:111122223333:feedback',
  Message: message,
  Timestamp: '2026-01-02T03:04:10.123Z',
});

export const sqs = (body: Json): Fields => ({
  messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
  receiptHandle: 'AQEB',
  body,
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767323050123' },
  messageAttributes: {},
  eventSource: 'aws:sqs',
});

const eventBridge = (detail: Json): Fields => ({
  version: '0',
  id: '12345678-1234-1234-1234-123456789012',
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  time: '2026-01-02T03:04:10Z',
  detail,
});

const onFailure = (requestPayload: Json): Fields => ({
  version: '1.0',
  timestamp: '2026-01-02T03:10:00.000Z',
  requestContext: {
    requestId: 'e4b46cbf',
    functionArn: 'arn',
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  },
  requestPayload,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorMessage: 'Task timed out' },
});

/** The same messages in every envelope they come in, one after the other. */
export const ENVELOPED: readonly Json[] = MESSAGES.map((message, i): Json => {
  const envelopes: readonly (() => Json)[] = [
    () => ({ $json: sns({ $json: message }) }),
    () => ({ $json: message }),
    () => ({ $json: eventBridge(message) }),
    () => ({ $json: onFailure({ Records: [{ EventSource: 'aws:sns', Sns: sns({ $json: message }) }] }) }),
    () => ({ $json: sns({ $json: sns({ $json: message }) }) }),
  ];
  return envelopes[i % envelopes.length]?.() ?? null;
});

/** An envelope in an envelope, and so on. */
export const nested = (depth: number): Json =>
  depth === 0 ? (MESSAGES[0] ?? null) : { Type: 'Notification', Message: { $json: nested(depth - 1) } };

/** The same about addresses of the mailbox simulator. */
const SIMULATED: readonly Json[] = MESSAGES.map((message) =>
  JSON.parse(JSON.stringify(message).replaceAll(PAT, 'bounce+7@simulator.amazonses.com')),
);

/** Whole events of the feedback function. */
export const EVENTS: readonly Json[] = [
  { Records: [sqs({ $join: ['{"Records":[', { $repeat: ['1,', 130_000] }, '1]}'] })] },
  { Records: [sqs({ $json: nested(12) })] },
  { Type: 'UnsubscribeConfirmation', Token: 'x', TopicArn: 'arn' },
  ...SIMULATED.map((message) => ({ Records: [sqs({ $json: message })] })),
  ...ENVELOPED.map((body) => ({ Records: [sqs(body)] })),
  { Records: ENVELOPED.slice(0, 10).map(sqs) },
  { Records: [sqs({ $json: sns(SET_UP) }), sqs(SET_UP), sqs('\u0000raw bytes')] },
  { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: sns({ $json: MESSAGES[0] ?? null }) }] },
  eventBridge(MESSAGES[0] ?? null),
  onFailure({ Records: [{ EventSource: 'aws:sns', Sns: sns({ $json: MESSAGES[1] ?? null }) }] }),
  { Type: 'SubscriptionConfirmation', Token: 'x', TopicArn: 'arn', SubscribeURL: 'https://sns.example/' },
];

/** Words of SES's feedback. */
export const FEEDBACK_WORDS: readonly string[] = [
  ...['Bounce', 'Complaint', 'Delivery', 'DeliveryDelay', 'Subscription', 'Send', 'eventType', 'notificationType'],
  ...['Permanent', 'Transient', 'Undetermined', 'General', 'NoEmail', 'Suppressed', 'OnAccountSuppressionList'],
  ...['OnTenantSuppressionList', 'UnsubscribedRecipient', 'EmailValidationSuppressed', 'MailboxFull'],
  ...['MessageTooLarge', 'ContentRejected', 'AttachmentRejected', 'CustomTimeoutExceeded', 'not-spam', 'abuse'],
  ...['delayed', 'delivered', 'relayed', 'expanded', 'failed', '5.1.1', '5.1.2', '5.1.3', '5.1.10', '5.4.4', '4.4.7'],
  ...['OptIn', 'OptOut', 'unsubscribeAll', 'stream', 'ses:tenant-name', 'suppressor-key', 'topic=news'],
  ...[PAT, SAM, 'Pat <pat@target.example>', 'bounce@simulator.amazonses.com', 'complaint+7@simulator.amazonses.com'],
  ...['Records', 'Sns', 'Message', 'body', 'detail', 'requestPayload', 'aws:sqs', 'SubscriptionConfirmation'],
];
