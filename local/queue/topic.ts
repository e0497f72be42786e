import { randomBytes, randomUUID } from 'node:crypto';
import { ACCOUNT, arn, REGION } from '../arn.ts';
import type { LocalQueue } from './local-queue.ts';

/** A message that was published. */
export interface Published {
  readonly at: Date;
  readonly message: string;
  readonly subject: string | null;
}

/** A topic with one subscriber, a queue without raw delivery. */
export class Topic {
  readonly arn: string;
  readonly #queue: LocalQueue;
  readonly #onPublished: (published: Published) => void;

  /** @param onPublished - told of each message, before the queue has it */
  constructor(name: string, queue: LocalQueue, onPublished: (published: Published) => void = () => undefined) {
    this.arn = arn('sns', name);
    this.#queue = queue;
    this.#onPublished = onPublished;
  }

  /**
   * Delivers a message in the envelope SNS puts around it.
   *
   * @param subject - absent from the envelope when not given, as for identity notifications
   */
  publish(message: string, subject?: string): void {
    const at = new Date();
    const host = `https://sns.${REGION}.amazonaws.com`;
    const envelope = {
      Type: 'Notification',
      MessageId: randomUUID(),
      TopicArn: this.arn,
      Subject: subject,
      Message: message,
      Timestamp: at.toISOString(),
      SignatureVersion: '1',
      // no one has AWS's key here; the right length is all that can be had
      Signature: randomBytes(256).toString('base64'),
      SigningCertURL: `${host}/SimpleNotificationService-${ACCOUNT}.pem`,
      UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${this.arn}:${randomUUID()}`,
    };
    this.#onPublished({ at, message, subject: subject ?? null });
    this.#queue.send(JSON.stringify(envelope, null, 2));
  }
}
