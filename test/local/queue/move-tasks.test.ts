import {
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import { LocalQueue } from '../../../local/queue/local-queue.ts';
import { type SqsServer, startSqsServer } from '../../../local/queue/sqs-server.ts';

const code = { code: { DataType: 'String', StringValue: 'InvalidRequest' } };
let work: LocalQueue;
let other: LocalQueue;
let dead: LocalQueue;
let server: SqsServer;
let client: SQSClient;

beforeEach(async () => {
  dead = new LocalQueue({ name: 'dead', visibilityTimeoutMs: 30_000 });
  const redrive = { maxReceiveCount: 1, deadLetterQueue: dead };
  work = new LocalQueue({ name: 'work', visibilityTimeoutMs: 30_000, redrive });
  other = new LocalQueue({ name: 'other', visibilityTimeoutMs: 30_000, redrive });
  server = await startSqsServer([work, other, dead]);
  client = new SQSClient({ ...DUMMY_CREDENTIALS, endpoint: server.url, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

/** A message that had all its tries. */
const bury = (queue: LocalQueue, body: string) => {
  const id = queue.send(body);
  queue.receive(1);
  queue.showAll();
  queue.receive(1);
  return id;
};
const start = (DestinationArn?: string, SourceArn = dead.arn) =>
  client.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
const tasks = async (MaxResults?: number) =>
  (await client.send(new ListMessageMoveTasksCommand({ SourceArn: dead.arn, MaxResults }))).Results;

describe('Feeding dead letters back, asked by the real client', () => {
  test('moves each to the queue it came from, new and with no receives', async () => {
    const id = bury(work, 'a');
    bury(other, 'b');
    expect((await start()).TaskHandle).toEqual(expect.any(String));
    expect(dead.size).toBe(0);
    const [again] = work.receive(10);
    expect(again).toMatchObject({ body: 'a', receiveCount: 1 });
    expect(again?.messageId).not.toBe(id);
    expect(other.receive(10)).toMatchObject([{ body: 'b', receiveCount: 1 }]);
    expect(await tasks()).toMatchObject([
      { Status: 'COMPLETED', SourceArn: dead.arn, ApproximateNumberOfMessagesMoved: 2 },
    ]);
  });

  test('moves all to the destination, attributes and all, those somebody has just read too', async () => {
    dead.send('parked', code);
    bury(work, 'a');
    dead.receive(1);
    await start(other.arn);
    expect(other.receive(10)).toMatchObject([
      { body: 'parked', receiveCount: 1, attributes: code },
      { body: 'a', receiveCount: 1 },
    ]);
    expect(await tasks()).toMatchObject([{ Status: 'COMPLETED', DestinationArn: other.arn }]);
  });

  test('fails without a destination at what a program has sent to the dead letters, as SQS does', async () => {
    dead.send('parked', code);
    bury(work, 'a');
    await start();
    expect([dead.size, work.size]).toEqual([2, 0]);
    await start(work.arn);
    expect([dead.size, work.size]).toEqual([0, 2]);
    expect(await tasks(10)).toMatchObject([
      { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2 },
      { Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource', ApproximateNumberOfMessagesToMove: 2 },
    ]);
    expect(await tasks()).toHaveLength(1);
  });

  test('tells a receiver from which queue a dead letter came', async () => {
    bury(work, 'a');
    const { Messages } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: server.urlOf(dead), MessageSystemAttributeNames: ['All'] }),
    );
    expect(Messages?.[0]?.Attributes).toMatchObject({ DeadLetterQueueSourceArn: work.arn });
  });

  test('rejects a queue that does not exist or has no dead letters, by the names SQS uses', async () => {
    await expect(start(undefined, work.arn)).rejects.toThrow('must be configured as a Dead Letter Queue');
    await expect(start(dead.arn)).rejects.toThrow('cannot be the same');
    for (const refused of [start(undefined, `${dead.arn}-not`), start(`${dead.arn}-not`)])
      await expect(refused).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        $metadata: { httpStatusCode: 404 },
      });
    expect(await tasks()).toEqual([]);
  });
});
