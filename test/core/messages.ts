/** Messages from SES as it really sends them, in both families, for any test to vary. */

/** The key that names a message's type: identity notifications have one, configuration-set events the other. */
export const FAMILIES = ['notificationType', 'eventType'] as const;
export type Family = (typeof FAMILIES)[number];

export type Fields = { readonly [field: string]: unknown };

export const PAT = 'pat@target.example';
export const SAM = 'sam@target.example';
export const STRANGER = 'victim@elsewhere.example';
export const MESSAGE_ID = '0100019b7d4e8c2e-6a1f0e52-7c1b-4d0e-9f3a-2b8f5d1c7e90-000000';
export const FEEDBACK_ID = '0100019b7d4e9b51-0f9d7c3a-51d2-4c55-8a37-9e0b1f6a2c44-000000';
/** When SES accepted the mail, when it bounced, when the envelope was made. */
export const ACCEPTED = '2026-01-02T03:04:05.678Z';
export const HAPPENED = '2026-01-02T03:04:09.000Z';
export const ENVELOPED = '2026-01-02T03:04:10.123Z';

const AUTO_TAGS = {
  'ses:configuration-set': ['ledger'],
  'ses:from-domain': ['ledger.example'],
  'ses:operation': ['SendRawEmail'],
};

export interface MessageOptions {
  readonly family?: Family;
  /** Fields of `mail` to change; `undefined` leaves one out. */
  readonly mail?: Fields;
  /** Tags of the sender; only events carry any. */
  readonly tags?: { readonly [name: string]: readonly string[] };
  /** Fields of the detail (`bounce`, `complaint`, …) to change. */
  readonly detail?: Fields;
}

/** The `mail` object of either family. */
export const mailOf = ({ family = 'eventType', mail = {}, tags = {} }: MessageOptions): Fields => ({
  timestamp: ACCEPTED,
  source: '"Ledger" <no-reply@ledger.example>',
  sourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/ledger.example',
  sendingAccountId: '111122223333',
  messageId: MESSAGE_ID,
  destination: [PAT],
  headersTruncated: false,
  headers: [
    { name: 'From', value: '"Ledger" <no-reply@ledger.example>' },
    { name: 'To', value: 'Pat <pat@target.example>' },
    { name: 'Subject', value: 'Your statement' },
  ],
  commonHeaders: {
    from: ['"Ledger" <no-reply@ledger.example>'],
    to: ['Pat <pat@target.example>'],
    subject: 'Your statement',
  },
  ...(family === 'eventType'
    ? { tags: { ...AUTO_TAGS, ...tags } }
    : { sourceIp: '192.0.2.7', callerIdentity: 'ledger-sender' }),
  ...mail,
});

const message = (type: string, place: string, detail: Fields, options: MessageOptions): Fields => ({
  [options.family ?? 'eventType']: type,
  mail: mailOf(options),
  [place]: { ...detail, ...options.detail },
});

/** One bounced recipient with a delivery status, as a remote server reports it. */
export const bounced = (emailAddress: unknown = PAT, over: Fields = {}): Fields => ({
  emailAddress,
  action: 'failed',
  status: '5.1.1',
  diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  ...over,
});

export interface BounceOptions extends MessageOptions {
  readonly type?: unknown;
  readonly subtype?: unknown;
  readonly recipients?: unknown;
}

export const bounce = ({
  type = 'Permanent',
  subtype = 'General',
  recipients,
  ...options
}: BounceOptions = {}): Fields =>
  message(
    'Bounce',
    'bounce',
    {
      feedbackId: FEEDBACK_ID,
      bounceType: type,
      bounceSubType: subtype,
      bouncedRecipients: recipients ?? [bounced()],
      timestamp: HAPPENED,
      reportingMTA: 'dns; mx.target.example',
      remoteMtaIp: '192.0.2.25',
    },
    options,
  );

export interface ComplaintOptions extends MessageOptions {
  readonly subtype?: unknown;
  readonly feedbackType?: unknown;
  readonly recipients?: unknown;
}

export const complaint = ({
  subtype = null,
  feedbackType = 'abuse',
  recipients,
  ...options
}: ComplaintOptions = {}): Fields =>
  message(
    'Complaint',
    'complaint',
    {
      feedbackId: FEEDBACK_ID,
      complaintSubType: subtype,
      complainedRecipients: recipients ?? [{ emailAddress: PAT }],
      timestamp: HAPPENED,
      userAgent: 'Example-Feedback-Loop/2.1',
      ...(feedbackType === undefined ? {} : { complaintFeedbackType: feedbackType }),
      arrivalDate: '2026-01-02T03:04:08-05:00',
    },
    options,
  );

export const delivery = ({ recipients = [PAT], ...options }: MessageOptions & { recipients?: unknown } = {}): Fields =>
  message(
    'Delivery',
    'delivery',
    {
      timestamp: HAPPENED,
      processingTimeMillis: 3322,
      recipients,
      smtpResponse: '250 2.6.0 Message received',
      reportingMTA: 'a48-29.smtp-out.amazonses.com',
    },
    options,
  );

export const delay = ({ recipients, ...options }: MessageOptions & { recipients?: unknown } = {}): Fields =>
  message(
    'DeliveryDelay',
    'deliveryDelay',
    {
      delayType: 'MailboxFull',
      timestamp: HAPPENED,
      expirationTime: '2026-01-02T17:04:05.678Z',
      delayedRecipients: recipients ?? [{ emailAddress: PAT, status: '4.2.2', diagnosticCode: 'smtp; 452 4.2.2 full' }],
    },
    options,
  );

/** Statuses of topics, by name. */
interface Topics {
  readonly [name: string]: string;
}

const topicList = (topics: Topics) =>
  Object.entries(topics).map(([topicName, subscriptionStatus]) => ({ topicName, subscriptionStatus }));

/** A contact's preferences; the defaults are a list as SES documents it, or one word as some senders have it. */
export const preferences = (
  topics: Topics,
  { unsubscribeAll = false, byDefault = undefined as string | Topics | undefined } = {},
): Fields => ({
  unsubscribeAll,
  topicSubscriptionStatus: topicList(topics),
  ...(byDefault !== undefined && {
    topicDefaultSubscriptionStatus: typeof byDefault === 'string' ? byDefault : topicList(byDefault),
  }),
});

export const subscription = (from: unknown, to: unknown, options: MessageOptions = {}): Fields =>
  message(
    'Subscription',
    'subscription',
    {
      contactList: 'customers',
      timestamp: HAPPENED,
      source: 'UnsubscribeHeader',
      oldTopicPreferences: from,
      newTopicPreferences: to,
    },
    options,
  );
