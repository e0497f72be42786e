import type { Marks } from './hostile.ts';

const MINUTE_MS = 60_000;
const AT = new Date(Date.now() - 2 * MINUTE_MS).toISOString();
const LATER = new Date(Date.now() - MINUTE_MS).toISOString();

/** As SES writes it where everything is reported that it can report. */
const mail = (to: string) => ({
  timestamp: AT,
  messageId: '0100019ab0c0ffee-11111111-2222-3333-4444-555555555555-000000',
  source: 'Ledger <no-reply@ledger.example>',
  sourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/ledger.example',
  sourceIp: '127.0.0.1',
  callerIdentity: 'local',
  sendingAccountId: '123456789012',
  destination: [to],
  headersTruncated: false,
  headers: [{ name: 'Subject', value: 'Your receipt' }],
  commonHeaders: {
    from: ['Ledger <no-reply@ledger.example>'],
    to: [to],
    cc: ['Kim <kim@target.example>'],
    replyTo: ['help@ledger.example'],
    returnPath: 'no-reply@ledger.example',
    date: 'Tue, 24 Nov 2026 08:00:00 +0000',
    messageId: '<1@ledger.example>',
    subject: 'Your receipt',
  },
  tags: {
    stream: ['receipts'],
    campaign: ['spring'],
    'ses:source-ip': ['127.0.0.1'],
    'ses:caller-identity': ['local'],
    'ses:tenant-name': ['acme'],
  },
});

const bounce = (to: string) => ({
  bounceType: 'Permanent',
  bounceSubType: 'General',
  feedbackId: `f-${to}`,
  timestamp: LATER,
  reportingMTA: 'dns; mx.target.example',
  remoteMtaIp: '127.0.2.1',
  bouncedRecipients: [
    { emailAddress: to, action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
  ],
});

const complaint = (to: string) => ({
  feedbackId: `c-${to}`,
  timestamp: LATER,
  arrivalDate: LATER,
  complaintSubType: null,
  complaintFeedbackType: 'abuse',
  userAgent: 'Feedback-Loop/1.0',
  complainedRecipients: [{ emailAddress: to }],
});

const delivery = (to: string) => ({
  timestamp: LATER,
  processingTimeMillis: 812,
  recipients: [to],
  smtpResponse: '250 2.6.0 Message received',
  reportingMTA: 'a8-50.smtp-out.amazonses.com',
  remoteMtaIp: '127.0.2.1',
});

const deliveryDelay = (to: string) => ({
  timestamp: LATER,
  delayType: 'MailboxFull',
  expirationTime: LATER,
  reportingMTA: 'a8-50.smtp-out.amazonses.com',
  delayedRecipients: [{ emailAddress: to, status: '4.2.2', diagnosticCode: 'smtp; 452 4.2.2 mailbox full' }],
});

const preferences = (unsubscribeAll: boolean, subscriptionStatus: string) => ({
  unsubscribeAll,
  topicSubscriptionStatus: [{ topicName: 'Offers', subscriptionStatus }],
});

const subscription = () => ({
  contactList: 'Contacts',
  timestamp: LATER,
  source: 'UnsubscribeHeader',
  newTopicPreferences: preferences(true, 'OptOut'),
  oldTopicPreferences: preferences(false, 'OptIn'),
});

const click = () => ({
  ipAddress: '127.0.0.1',
  timestamp: LATER,
  userAgent: 'Mozilla/5.0',
  link: 'https://ledger.example',
});

type Message = Readonly<Record<string, unknown>>;

/** One message of every kind, all fields filled, about one recipient. */
const everyKind = (to: string): readonly Message[] => [
  { eventType: 'Bounce', mail: mail(to), bounce: bounce(to) },
  { notificationType: 'Bounce', mail: mail(to), bounce: bounce(to) },
  { eventType: 'Complaint', mail: mail(to), complaint: complaint(to) },
  { eventType: 'Delivery', mail: mail(to), delivery: delivery(to) },
  { eventType: 'DeliveryDelay', mail: mail(to), deliveryDelay: deliveryDelay(to) },
  { eventType: 'Subscription', mail: mail(to), subscription: subscription() },
  { eventType: 'Reject', mail: mail(to), reject: { reason: 'Bad content' } },
  { eventType: 'Rendering Failure', mail: mail(to), failure: { templateName: 'welcome', errorMessage: 'no name' } },
  { eventType: 'Send', mail: mail(to), send: {} },
  { eventType: 'Open', mail: mail(to), open: { ipAddress: '127.0.0.1', timestamp: LATER, userAgent: 'Mozilla/5.0' } },
  { eventType: 'Click', mail: mail(to), click: { ...click(), linkTags: { place: ['top'] } } },
  { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'You have subscribed your topic.' },
];

/** Fields by which a message is read: where one of them is hostile, little else of it is looked at. */
const STEERS =
  /(?:eventType|notificationType|timestamp|emailAddress|bounceType|unsubscribeAll|subscriptionStatus)$|destination|recipients\[/;

/** What a leaf becomes. */
type Leaf = (place: string, value: unknown) => unknown;

const mapped = (value: unknown, leaf: Leaf, place = ''): unknown => {
  if (Array.isArray(value)) return value.map((each, at) => mapped(each, leaf, `${place}[${at}]`));
  if (typeof value !== 'object' || value === null) return leaf(place, value);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapped(each, leaf, place === '' ? name : `${place}.${name}`)]),
  );
};

const placesOf = (message: Message): string[] => {
  const places: string[] = [];
  mapped(message, (place) => places.push(place));
  return places;
};

/** Names, too, are whatever a sender or a stranger says. */
const withNames = (message: Message, text: (place: string) => string): Message => {
  const of = message.mail as ReturnType<typeof mail> | undefined;
  if (of === undefined) return { ...message, [text('name')]: 1 };
  return {
    ...message,
    mail: { ...of, tags: { ...of.tags, [text('mail.tags name')]: [text('mail.tags value')] } },
    [text('name')]: text('value'),
  };
};

/**
 * Messages of every kind that SES publishes, as JSON: for each kind one with a hostile text in every field that does not steer
 * how it is read, and for each field that does one where it alone is hostile.
 *
 * @param to - whom they are about
 */
export const hostileMessages = (marks: Marks, to: string): string[] =>
  everyKind(to).flatMap((message) => {
    const kind = String(message.eventType ?? message.notificationType);
    const text = (place: string) => marks.in(`${kind} ${place}`);
    const most = mapped(message, (place, value) => (STEERS.test(place) ? value : text(place)));
    const steered = placesOf(message)
      .filter((place) => STEERS.test(place))
      .map((hostile) => mapped(message, (place, value) => (place === hostile ? text(place) : value)));
    return [withNames(most as Message, text), ...steered].map((each) => JSON.stringify(each));
  });
