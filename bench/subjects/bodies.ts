import { KEY_TAG } from '../../core/contract/index.ts';

const TIMESTAMP = '2026-01-02T03:04:05.678Z';

/** When the mails were accepted. */
export const MAILED_AT = Date.parse(TIMESTAMP);

const MAIL = {
  timestamp: TIMESTAMP,
  source: 'no-reply@ledger.example',
  sourceArn: 'arn:aws:ses:us-east-1:111122223333:identity/ledger.example',
  sendingAccountId: '111122223333',
  headersTruncated: false,
  headers: [
    { name: 'From', value: 'Ledger <no-reply@ledger.example>' },
    { name: 'To', value: 'Pat <pat@target.example>' },
    { name: 'Subject', value: 'Your receipt of January' },
    { name: 'MIME-Version', value: '1.0' },
    { name: 'Content-Type', value: 'multipart/alternative; boundary="----=_Part_0_1"' },
  ],
  commonHeaders: {
    from: ['Ledger <no-reply@ledger.example>'],
    to: ['Pat <pat@target.example>'],
    messageId: '0100019b7d4e8c2e-6a1f0e52-7c1b-4d0e-9f3a-2b8f5d1c7e90-000000',
    subject: 'Your receipt of January',
  },
  tags: {
    'ses:operation': ['SendRawEmail'],
    'ses:configuration-set': ['ledger'],
    'ses:source-ip': ['192.0.2.1'],
    'ses:from-domain': ['ledger.example'],
    'ses:caller-identity': ['ledger'],
    stream: ['receipts'],
  },
};

/** An SES message of the event family about this address, as SNS writes it into a queue. */
const body = (detail: object, id: string, address: string, tags: object = {}): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: 'arn:aws:sns:us-east-1:111122223333:Suppressor-Topic',
    Subject: 'Amazon SES Email Event Notification',
    Message: `${JSON.stringify({ ...detail, mail: { ...MAIL, messageId: id, destination: [address], tags: { ...MAIL.tags, ...tags } } })}\n`,
    Timestamp: '2026-01-02T03:04:10.123Z',
    SignatureVersion: '1',
    Signature: 'S'.repeat(344),
    SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789.pem',
    UnsubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=arn:aws:sns',
  });

/** A hard bounce of this address; `n` makes it one of its own. */
export const bounceBody = (n: number, address = 'pat@target.example'): string =>
  body(
    {
      eventType: 'Bounce',
      bounce: {
        feedbackId: `0100019b7d4e9b51-0f9d7c3a-51d2-4c55-8a37-${String(n).padStart(12, '0')}-000000`,
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: [
          { emailAddress: address, action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
        ],
        timestamp: '2026-01-02T03:04:09.000Z',
        reportingMTA: 'dns; mx.target.example',
      },
    },
    `0100019b7d4e8c2e-6a1f0e52-7c1b-4d0e-9f3a-${String(n).padStart(12, '0')}-000000`,
    address,
  );

/** A delivery to this address; `key` is the hash of an idempotency key the mail was sent with. */
export const deliveryBody = (n: number, address = 'pat@target.example', key?: string): string =>
  body(
    {
      eventType: 'Delivery',
      delivery: {
        timestamp: '2026-01-02T03:04:09.000Z',
        processingTimeMillis: 3322,
        recipients: [address],
        smtpResponse: '250 2.6.0 Message received',
        reportingMTA: 'a48-29.smtp-out.amazonses.com',
      },
    },
    `0100019b7d4e8c2e-6a1f0e52-7c1b-4d0e-9f3a-${String(n).padStart(12, '0')}-000000`,
    address,
    key === undefined ? {} : { [KEY_TAG]: [key] },
  );

/** The body as the record of a queue. */
export const recordOf = (messageId: string, text: string) => ({
  messageId,
  body: text,
  attributes: { SentTimestamp: '1767323050123' },
  eventSource: 'aws:sqs',
});
