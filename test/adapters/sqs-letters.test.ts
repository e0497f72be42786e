import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { SqsLetters, SqsOutbox, sqsWayBack } from '../../adapters/sqs-letters.ts';
import { LetterRefused } from '../../core/redrive/letters.ts';

const client = new SQSClient({ region: 'eu-west-1' });
const sqs = mockClient(client);
beforeEach(() => sqs.reset());

const QUEUES = { letters: 'https://sqs.example/dead', destination: 'https://sqs.example/live' };

const twoQueues = () => {
  sqs.on(GetQueueAttributesCommand, { QueueUrl: QUEUES.letters }).resolves({ Attributes: { QueueArn: 'arn:dead' } });
  sqs.on(GetQueueAttributesCommand, { QueueUrl: QUEUES.destination }).resolves({
    Attributes: { QueueArn: 'arn:live', RedrivePolicy: '{"deadLetterTargetArn":"arn:dead","maxReceiveCount":"7"}' },
  });
  return sqsWayBack(client, QUEUES);
};

test('reads a letter with all that stands beside it, hidden for a while, after asking every server', async () => {
  const bytes = Uint8Array.of(1, 2);
  sqs.on(ReceiveMessageCommand).resolves({
    Messages: [
      {
        MessageId: 'm',
        ReceiptHandle: 'r',
        Body: 'b',
        Attributes: { SentTimestamp: '1767323045678' },
        MessageAttributes: {
          code: { DataType: 'String', StringValue: 'NotJson' },
          trace: { DataType: 'Binary', BinaryValue: bytes },
        },
      },
    ],
  });
  expect(await new SqsLetters({ client, queueUrl: QUEUES.letters }).take(900)).toEqual([
    {
      messageId: 'm',
      receiptHandle: 'r',
      body: 'b',
      attributes: { code: { type: 'String', text: 'NotJson' }, trace: { type: 'Binary', bytes } },
      sentAt: 1_767_323_045_678,
    },
  ]);
  expect(sqs.commandCalls(ReceiveMessageCommand)[0]?.args[0].input).toMatchObject({
    VisibilityTimeout: 900,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 1,
  });
});

test('counts letters that somebody looks at as well', async () => {
  const Attributes = { ApproximateNumberOfMessages: '3', ApproximateNumberOfMessagesNotVisible: '2' };
  sqs.on(GetQueueAttributesCommand).resolves({ Attributes });
  expect(await new SqsLetters({ client, queueUrl: QUEUES.letters }).depth()).toBe(5);
});

test('puts a letter back with the attributes it has left', async () => {
  sqs.on(SendMessageCommand).resolves({ MessageId: 'new' });
  const { outbox } = await twoQueues();
  await outbox.put('{"a":"\ufffe"}', { trace: { type: 'Binary', bytes: Uint8Array.of(1) } });
  expect(sqs.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual({
    QueueUrl: QUEUES.destination,
    MessageBody: '{"a":"\\ufffe"}',
    MessageAttributes: { trace: { DataType: 'Binary', BinaryValue: Uint8Array.of(1) } },
  });
  expect(outbox.mostReceives).toBe(7);
});

test('tells a letter that is refused from a queue that cannot be reached', async () => {
  const outbox = new SqsOutbox({ client, queueUrl: QUEUES.destination }, undefined);
  const fault = (name: string) => sqs.on(SendMessageCommand).rejects(Object.assign(new Error('too long'), { name }));
  fault('InvalidParameterValue');
  await expect(outbox.put('x', {})).rejects.toBeInstanceOf(LetterRefused);
  fault('QueueDoesNotExist');
  await expect(outbox.put('x', {})).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});

test('starts a task that names its destination', async () => {
  sqs.on(StartMessageMoveTaskCommand).resolves({ TaskHandle: 't' });
  const { mover } = await twoQueues();
  await mover.start();
  const asked = sqs.commandCalls(StartMessageMoveTaskCommand)[0]?.args[0].input;
  expect(asked).toEqual({ SourceArn: 'arn:dead', DestinationArn: 'arn:live' });
});

test.each([
  ['RUNNING', 'running', undefined],
  ['CANCELLING', 'running', undefined],
  ['COMPLETED', 'done', undefined],
  ['CANCELLED', 'failed', 'somebody has cancelled it'],
  ['FAILED', 'failed', undefined],
])('a task that is %s is %s', async (Status, state, why) => {
  const task = { Status, ApproximateNumberOfMessagesMoved: 3, ApproximateNumberOfMessagesToMove: 9 };
  sqs.on(ListMessageMoveTasksCommand).resolves({ Results: [task] });
  const { mover } = await twoQueues();
  expect(await mover.progress()).toEqual({ state, moved: 3, toMove: 9, why });
});

test('a task that is not listed yet is running', async () => {
  sqs.on(ListMessageMoveTasksCommand).resolves({ Results: [] });
  const { mover } = await twoQueues();
  expect(await mover.progress()).toMatchObject({ state: 'running', moved: 0 });
});
