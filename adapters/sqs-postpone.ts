import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Postpone } from '../core/rate/postpone.ts';

/**
 * Postpones messages of an SQS queue: they come back when their visibility timeout is over.
 *
 * @example await sqsPostpone({ client: sqsClient(), queueUrl })(record.receiptHandle, 30)
 */
export const sqsPostpone =
  ({ client, queueUrl }: { readonly client: SQSClient; readonly queueUrl: string }): Postpone =>
  async (receiptHandle, seconds) => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  };
