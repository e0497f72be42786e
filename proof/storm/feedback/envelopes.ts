import { toIso } from '../../../core/instant.ts';
import type { Draw } from '../draw.ts';
import type { Fields } from './shape.ts';

/** How an event gets to the function: in a queue's batch, or as an event of its own. */
export type Way = 'queue' | 'direct';

/** A message in its envelopes. */
export interface Enveloped {
  readonly way: Way;
  /** The body of the queue's message, or the JSON of the event. */
  readonly body: string;
}

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:feedback';

const notification = (message: string, at: number): Fields => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: TOPIC,
  Subject: 'Amazon SES Email Event Notification',
  Message: message,
  Timestamp: toIso(at),
  SignatureVersion: '1',
  Signature: 'EXAMPLE',
});

const snsEvent = (message: string, at: number): Fields => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: `${TOPIC}:1`,
      Sns: { ...notification(message, at), Subject: null, MessageAttributes: {} },
    },
  ],
});

const eventBridge = (detail: unknown, at: number): Fields => ({
  version: '0',
  id: '12345678-1234-1234-1234-123456789012',
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  account: '111122223333',
  time: toIso(at),
  region: 'eu-west-1',
  resources: [],
  detail,
});

/** What Lambda writes when an asynchronous invoke came to nothing. */
export const onFailure = (requestPayload: unknown): Fields => ({
  version: '1.0',
  timestamp: '2026-09-01T00:00:00.000Z',
  requestContext: { requestId: 'e4b46cbf', condition: 'RetriesExhausted', approximateInvokeCount: 3 },
  requestPayload,
  responsePayload: { errorMessage: 'Task timed out' },
});

/** A record of a queue as a function gets it. */
export const queueRecord = (messageId: string, body: string, sentAt: number, receives = 1): Fields => ({
  messageId,
  receiptHandle: `handle-${messageId}-${receives}`,
  body,
  attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: String(sentAt), SenderId: 'AIDAEXAMPLE' },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:feedback',
  awsRegion: 'eu-west-1',
});

type Wrap = (message: unknown, text: string, at: number) => unknown;
interface Choice {
  readonly weight: number;
  readonly ways: readonly Way[];
  readonly wrap: Wrap;
}

const QUEUE: readonly Way[] = ['queue'];
const MOSTLY_QUEUE: readonly Way[] = ['queue', 'queue', 'queue', 'direct'];

/** Every envelope that feedback comes in; the weights make the usual one usual. */
const CHOICES: readonly Choice[] = [
  { weight: 60, ways: QUEUE, wrap: (_message, text, at) => notification(text, at) },
  { weight: 12, ways: QUEUE, wrap: (message) => message },
  { weight: 6, ways: MOSTLY_QUEUE, wrap: (_message, text, at) => snsEvent(text, at) },
  { weight: 8, ways: MOSTLY_QUEUE, wrap: (message, _text, at) => eventBridge(message, at) },
  { weight: 4, ways: QUEUE, wrap: (_message, text, at) => onFailure(snsEvent(text, at)) },
  { weight: 3, ways: QUEUE, wrap: (message, _text, at) => onFailure(eventBridge(message, at)) },
  { weight: 3, ways: QUEUE, wrap: (message, _text, at) => notification(JSON.stringify(eventBridge(message, at)), at) },
  {
    weight: 4,
    ways: QUEUE,
    wrap: (_message, text, at) =>
      onFailure({ Records: [queueRecord('inner', JSON.stringify(notification(text, at)), at)] }),
  },
];

/** Puts a message of SES into one of its envelopes; the configuration-set family ends in a line break, as from SES. */
export const enveloped = (message: Fields, at: number, draw: Draw): Enveloped => {
  const { ways, wrap } = draw.weighted(CHOICES);
  const text = `${JSON.stringify(message)}${'eventType' in message ? '\n' : ''}`;
  return { way: draw.pick(ways), body: JSON.stringify(wrap(message, text, at)) };
};

/** A text that is no message of SES, as SNS delivers it. */
export const envelopedText = (text: string, at: number, draw: Draw): Enveloped => ({
  way: 'queue',
  body: draw.is(0.8) ? JSON.stringify(notification(text, at)) : text,
});
