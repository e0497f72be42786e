import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Postpone } from '../core/rate/postpone.ts';
import { inTime } from './in-time.ts';

/** What postpones messages is made of. */
export interface SqsPostponeOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** Milliseconds in which a message is postponed, or never will be. @default - as long as the client takes */
  readonly withinMs?: number;
}

/**
 * Postpones messages of an SQS queue: they come back when their visibility timeout is over.
 *
 * @example await sqsPostpone({ client: sqsClient(), queueUrl })(record.receiptHandle, 30)
 */
export const sqsPostpone =
  ({ client, queueUrl, withinMs }: SqsPostponeOptions): Postpone =>
  async (receiptHandle, seconds) => {
    const asked = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
    await inTime(withinMs, (how) => client.send(new ChangeMessageVisibilityCommand(asked), how));
  };
