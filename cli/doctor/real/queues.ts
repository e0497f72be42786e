import { GetQueueAttributesCommand, QueueDoesNotExist, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queues } from '../ports.ts';

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** SQS's queues. */
export const realQueues = (client: SQSClient): Queues => ({
  async size(url) {
    try {
      const asked = { QueueUrl: url, AttributeNames: [...COUNTS] };
      const { Attributes = {} } = await client.send(new GetQueueAttributesCommand(asked));
      return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    } catch (error) {
      if (error instanceof QueueDoesNotExist) return null;
      throw error;
    }
  },
});
