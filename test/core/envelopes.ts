import { ENVELOPED, type Fields } from './messages.ts';

/** The envelopes that messages from SES come in, around each other as the test likes. */

const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:feedback';

/** SNS's envelope as a queue or an HTTP endpoint sees it. */
export const snsBody = (message: unknown, over: Fields = {}): Fields => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: TOPIC_ARN,
  Subject: 'Amazon SES Email Event Notification',
  Message: typeof message === 'string' ? message : `${JSON.stringify(message)}\n`,
  Timestamp: ENVELOPED,
  SignatureVersion: '1',
  Signature: 'EXAMPLE',
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/cert.pem',
  UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
  ...over,
});

/** One record of a queue; `body` is text, or an object to be written as JSON. */
export const sqsRecord = (body: unknown, sent: string = ENVELOPED): Fields => ({
  messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
  receiptHandle: 'AQEB',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.parse(sent)), SenderId: 'AIDAEXAMPLE' },
  messageAttributes: {},
  md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:feedback',
  awsRegion: 'eu-west-1',
});

export const sqsEvent = (...bodies: readonly unknown[]): Fields => ({ Records: bodies.map((body) => sqsRecord(body)) });

/** The event Lambda gets straight from a topic: other capitals than in a queue. */
export const snsEvent = (...messages: readonly unknown[]): Fields => ({
  Records: messages.map((message) => {
    const { SigningCertURL, UnsubscribeURL, ...sns } = snsBody(message, { Subject: null });
    return {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: `${TOPIC_ARN}:2bcfbf39-05c3-41de-beaa-fcfcc21c8f55`,
      Sns: { ...sns, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL, MessageAttributes: {} },
    };
  }),
});

export const eventBridge = (detail: unknown, over: Fields = {}): Fields => ({
  version: '0',
  id: '12345678-1234-1234-1234-123456789012',
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  account: '111122223333',
  time: '2026-01-02T03:04:10Z',
  region: 'eu-west-1',
  resources: ['arn:aws:ses:eu-west-1:111122223333:identity/ledger.example'],
  detail,
  ...over,
});

/** What Lambda writes to an on-failure destination when an asynchronous invoke came to nothing. */
export const onFailure = (requestPayload: unknown): Fields => ({
  version: '1.0',
  timestamp: '2026-01-02T03:10:00.000Z',
  requestContext: {
    requestId: 'e4b46cbf',
    functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f',
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  },
  requestPayload,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorMessage: 'Task timed out' },
});
