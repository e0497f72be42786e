import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { sqsPostpone } from '../../adapters/sqs-postpone.ts';

const client = new SQSClient({ region: 'eu-west-1' });
const sqs = mockClient(client);
const postpone = sqsPostpone({ client, queueUrl: 'https://sqs.example/send' });
beforeEach(() => sqs.reset());

test('sets the visibility of the message on its queue', async () => {
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
  await postpone('handle-1', 42);
  expect(sqs.commandCalls(ChangeMessageVisibilityCommand).map(({ args: [{ input }] }) => input)).toEqual([
    { QueueUrl: 'https://sqs.example/send', ReceiptHandle: 'handle-1', VisibilityTimeout: 42 },
  ]);
});

test('fails where SQS does not take it', async () => {
  sqs.on(ChangeMessageVisibilityCommand).rejects(new Error('Total VisibilityTimeout is beyond the limit'));
  await expect(postpone('handle-1', 43_200)).rejects.toThrow('beyond the limit');
});
