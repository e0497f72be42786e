import {
  bounce,
  bounceOf,
  complaint,
  complaintOf,
  type Make,
  preferences,
  quiet,
  recipient,
  subscriptionOf,
  TOPICS,
  tenantTags,
  unsubscribed,
} from './shape.ts';

/** A shape, and how often it comes. */
interface Weighted {
  readonly weight: number;
  readonly make: Make;
}

/**
 * Every row of the decision table, in shapes as SES documents or as they were seen in the wild, with what the table says
 * of them. The weights make a storm: far more bad news than any sender would have.
 */
const BAD_NEWS: readonly Weighted[] = [
  { weight: 9, make: bounce('hard-bounce', 'Permanent', 'General', ['5.1.1', '5.0.0', '', undefined]) },
  { weight: 1, make: bounce('hard-bounce', 'Permanent', 'NoEmail', ['5.1.1', undefined]) },
  { weight: 1, make: bounce('hard-bounce', 'Permanent', 'NewIn2027', ['5.3.0']) },
  { weight: 2, make: bounce('listed-global', 'Permanent', 'Suppressed', ['5.1.1']) },
  { weight: 2, make: bounce('listed-account', 'Permanent', 'OnAccountSuppressionList', ['5.1.1']) },
  { weight: 1, make: bounce('unlikely-address', 'Permanent', 'EmailValidationSuppressed', [undefined]) },
  { weight: 3, make: bounce('delayed-recipient', 'Permanent', 'General', ['4.4.7', '4.0.0']) },
  { weight: 14, make: bounce('soft-bounce', 'Transient', 'General', ['4.4.7', '5.7.1', '5.2.2']) },
  { weight: 6, make: bounce('soft-bounce', 'Transient', 'MailboxFull', ['4.2.2', undefined]) },
  { weight: 2, make: bounce('soft-bounce', 'Undetermined', 'Undetermined', [undefined, '5.0.0']) },
  { weight: 2, make: bounce('dead-address', 'Transient', 'General', ['5.1.1', '5.1.10']) },
  { weight: 2, make: bounce('dead-domain', 'Transient', 'General', ['5.4.4', '5.1.2']) },
  { weight: 2, make: bounce('auto-reply', 'Transient', 'General', [undefined]) },
  { weight: 1, make: bounce('message-fault', 'Transient', 'MessageTooLarge', ['5.3.4']) },
  { weight: 1, make: bounce('message-fault', 'Transient', 'ContentRejected', ['5.6.1', undefined]) },
  { weight: 2, make: unsubscribed },
  {
    weight: 1,
    make: ({ written }, draw) =>
      bounceOf(['tenant-listed'], 'Permanent', 'OnTenantSuppressionList', [recipient(written, undefined, draw)], {
        inBothFamilies: false,
        ...tenantTags(draw),
      }),
  },
  {
    weight: 1,
    make: ({ written }, draw) =>
      bounceOf(['not-bounced'], 'Permanent', 'General', [
        recipient(written, '2.0.0', draw, draw.pick(['delivered', 'Relayed', 'expanded'])),
      ]),
  },
  {
    // one notification about two, of whom one is only late
    weight: 3,
    make: ({ written, other }, draw) =>
      bounceOf(
        ['hard-bounce', 'delayed-recipient'],
        'Permanent',
        'General',
        [recipient(written, '5.0.0', draw), recipient(other, '4.0.0', draw, 'delayed')],
        { destination: [written, other] },
      ),
  },
  {
    // a remote server that names another address: the mail had one recipient
    weight: 1,
    make: (_person, draw) =>
      bounceOf(['hard-bounce'], 'Permanent', 'General', [recipient('forwarded@elsewhere.example', '5.1.1', draw)]),
  },
  {
    weight: 1,
    make: ({ written, other }, draw) =>
      bounceOf(['foreign-recipient'], 'Permanent', 'General', [recipient('victim@elsewhere.example', '5.1.1', draw)], {
        destination: [written, other],
      }),
  },
  {
    weight: 1,
    make: ({ written, other }, draw) =>
      bounceOf(
        ['soft-bounce', 'unusable'],
        'Transient',
        'General',
        [recipient(written, '4.4.7', draw), recipient('not an address', '4.4.7', draw)],
        { destination: [written, other] },
      ),
  },
  { weight: 4, make: complaint('complaint', { complaintSubType: null, complaintFeedbackType: 'abuse' }) },
  { weight: 1, make: complaint('complaint', { complaintSubType: null }) },
  { weight: 2, make: complaint('not-spam', { complaintSubType: null, complaintFeedbackType: 'not-spam' }) },
  { weight: 1, make: complaint('listed-complaint', { complaintSubType: 'OnAccountSuppressionList' }) },
  {
    weight: 1,
    make: ({ written, other }) =>
      complaintOf(
        ['not-spam', 'not-spam'],
        {
          complainedRecipients: [{ emailAddress: written }, { emailAddress: other }],
          complaintFeedbackType: 'not-spam',
        },
        { destination: [written, other] },
      ),
  },
  {
    weight: 1,
    make: ({ written }, draw) =>
      complaintOf(
        ['tenant-listed'],
        { complainedRecipients: [{ emailAddress: written }], complaintSubType: 'OnTenantSuppressionList' },
        { inBothFamilies: false, ...tenantTags(draw) },
      ),
  },
  {
    weight: 2,
    make: (_person, draw) => {
      const topic = draw.pick(TOPICS);
      const [from, to] = draw.is(0.6) ? ['OptIn', 'OptOut'] : ['OptOut', 'OptIn'];
      const rule = to === 'OptOut' ? 'unsubscribed' : 'opted-in';
      return subscriptionOf([rule], preferences({ [topic]: from }), preferences({ [topic]: to }));
    },
  },
  {
    weight: 1,
    make: (_person, draw) =>
      subscriptionOf(
        ['unsubscribed', 'unsubscribed'],
        preferences({ news: 'OptIn' }),
        preferences({ news: 'OptIn' }, true),
        { tags: { stream: [draw.pick(['offers', 'receipts'])] } },
      ),
  },
  { weight: 1, make: () => subscriptionOf(['other'], preferences({ news: 'OptIn' }), preferences({ news: 'OptIn' })) },
];

/** What is said of people nobody has trouble with, and of mail in general. */
const GOOD_NEWS: readonly Weighted[] = [
  {
    weight: 20,
    make: ({ written }) => ({
      type: 'Delivery',
      place: 'delivery',
      rules: ['delivered'],
      detail: { processingTimeMillis: 3322, recipients: [written], smtpResponse: '250 2.6.0 Message received' },
    }),
  },
  {
    weight: 3,
    make: ({ written, other }) => ({
      type: 'Delivery',
      place: 'delivery',
      rules: ['delivered', 'delivered'],
      detail: { processingTimeMillis: 901, recipients: [written, other], smtpResponse: '250 ok' },
      destination: [written, other],
    }),
  },
  {
    weight: 2,
    make: ({ written }) => ({
      type: 'DeliveryDelay',
      place: 'deliveryDelay',
      rules: ['other'],
      detail: { delayType: 'MailboxFull', delayedRecipients: [{ emailAddress: written, status: '4.2.2' }] },
      inBothFamilies: false,
    }),
  },
  { weight: 1, make: quiet('Open', 'open', { ipAddress: '192.0.2.1', userAgent: 'Mozilla/5.0' }) },
  { weight: 1, make: quiet('Click', 'click', { link: 'https://ledger.example/', linkTags: null }) },
  { weight: 1, make: quiet('Send', 'send', {}) },
  { weight: 1, make: quiet('Reject', 'reject', { reason: 'Bad content' }) },
  { weight: 1, make: quiet('Rendering Failure', 'failure', { templateName: 'welcome', errorMessage: 'no name' }) },
  { weight: 1, make: quiet('Teleported', 'teleport', { to: 'orbit' }) },
  { weight: 1, make: quiet('Bounce', 'bounce', { bounceType: 'Permanent', bounceSubType: 'General' }) },
  { weight: 1, make: quiet('Complaint', 'complaint', { complainedRecipients: [] }) },
];

/** Shapes for somebody with trouble, and for somebody without. */
export const SHAPES: { readonly [kind in 'troubled' | 'fine']: readonly Weighted[] } = {
  troubled: [...BAD_NEWS, ...GOOD_NEWS],
  fine: GOOD_NEWS,
};
