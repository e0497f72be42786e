import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import { LocalQueue } from '../../../local/queue/local-queue.ts';
import { md5OfAttributes } from '../../../local/queue/message-attributes.ts';
import { type SqsServer, startSqsServer } from '../../../local/queue/sqs-server.ts';

const dead = new LocalQueue({ name: 'dead', visibilityTimeoutMs: 30_000 });
const work = new LocalQueue({
  name: 'work',
  visibilityTimeoutMs: 30_000,
  redrive: { maxReceiveCount: 3, deadLetterQueue: dead },
});
let server: SqsServer;
let client: SQSClient;
let QueueUrl: string;

beforeAll(async () => {
  server = await startSqsServer([work, dead]);
  client = new SQSClient({ ...DUMMY_CREDENTIALS, endpoint: server.url, maxAttempts: 1 });
  QueueUrl = server.urlOf(work);
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

describe('The SQS endpoint, asked by the real client', () => {
  test('takes, gives and deletes a message, with checksums the client accepts', async () => {
    const attributes = {
      code: { DataType: 'String', StringValue: 'MalformedMessage' },
      count: { DataType: 'Number', StringValue: '3' },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
    };
    const sent = await client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'Grüße', MessageAttributes: attributes }),
    );
    expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
    const { Messages: [message] = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'Grüße',
      Attributes: { ApproximateReceiveCount: '1' },
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    });
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(['code', 'count', 'bytes']);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    expect(work.visible + work.inFlight).toBe(0);
  });

  test('gives only the attributes that were asked for', async () => {
    work.send('a', { code: { DataType: 'String', StringValue: 'x' } });
    const { Messages: [message] = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(message).not.toHaveProperty('MessageAttributes');
    expect(message?.Attributes ?? {}).toEqual({});
    work.delete(message?.ReceiptHandle ?? '');
  });

  test('sends and deletes in batches', async () => {
    const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: `body ${Id}` }));
    const { Successful } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(Successful).toHaveLength(2);
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle })),
      }),
    );
    expect(work.visible + work.inFlight).toBe(0);
  });

  test('waits for a message as long as the receiver says', async () => {
    const receipt = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    setTimeout(() => work.send('late'), 30);
    const { Messages: [message] = [] } = await receipt;
    expect(message?.Body).toBe('late');
    work.delete(message?.ReceiptHandle ?? '');
    expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  });

  test('tells a queue by name, and its numbers', async () => {
    expect(await client.send(new GetQueueUrlCommand({ QueueName: 'work' }))).toMatchObject({ QueueUrl });
    work.send('a');
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      QueueArn: 'arn:aws:sqs:us-east-1:123456789012:work',
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 }),
    });
    const [message] = work.receive(1);
    await client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.receiptHandle, VisibilityTimeout: 0 }),
    );
    expect(work.visible).toBe(1);
    work.delete(message?.receiptHandle ?? '');
  });

  test('holds a message back as long as its sender says, alone and in a batch', async () => {
    const count = async () => {
      const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      return [
        Attributes?.ApproximateNumberOfMessages,
        Attributes?.ApproximateNumberOfMessagesNotVisible,
        Attributes?.ApproximateNumberOfMessagesDelayed,
      ];
    };
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'alone', DelaySeconds: 900 }));
    const { Successful, Failed } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'late', MessageBody: 'late', DelaySeconds: 900 },
          { Id: 'now', MessageBody: 'now', DelaySeconds: 0 },
          { Id: 'never', MessageBody: 'never', DelaySeconds: 901 },
        ],
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(['late', 'now']);
    expect(Failed).toMatchObject([{ Id: 'never', SenderFault: true, Code: 'InvalidParameterValue' }]);
    expect(await count()).toEqual(['1', '0', '2']);
    expect(work.receive(10).map(({ body }) => body)).toEqual(['now']);
    await expect(client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: -1 }))).rejects.toThrow(
      'DelaySeconds',
    );
    work.showAll();
    const rest = work.receive(10);
    expect(rest.map(({ body }) => body)).toEqual(['alone', 'late', 'now']);
    for (const { receiptHandle } of rest) work.delete(receiptHandle);
  });

  test('lists the queues whose names begin as asked', async () => {
    const urls = async (QueueNamePrefix?: string) =>
      (await client.send(new ListQueuesCommand({ QueueNamePrefix }))).QueueUrls;
    expect(await urls()).toEqual([QueueUrl, server.urlOf(dead)]);
    expect(await urls('de')).toEqual([server.urlOf(dead)]);
    expect(await urls('nothing')).toBeUndefined();
    await expect(client.send(new GetQueueUrlCommand({ QueueName: 'nothing' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  test('lets a receiver that waits go when it stops', async () => {
    const other = await startSqsServer([dead]);
    const url = other.urlOf(dead);
    const waiting = fetch(other.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
      body: JSON.stringify({ QueueUrl: url, WaitTimeSeconds: 20 }),
    }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await other.stop();
    await waiting;
    dead.send('wake');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [message] = dead.receive(1);
    expect(message).toMatchObject({ body: 'wake', receiveCount: 1 });
    dead.delete(message?.receiptHandle ?? '');
  });

  test('rejects a queue, a handle, a number or an operation it does not know, by the names SQS uses', async () => {
    const nowhere = `${server.url}/123456789012/nowhere`;
    await expect(client.send(new SendMessageCommand({ QueueUrl: nowhere, MessageBody: 'x' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    await expect(
      client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: 'x', VisibilityTimeout: 0 })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
    await expect(client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 }))).rejects.toThrow(
      'MaxNumberOfMessages',
    );
    await expect(client.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toThrow('Unknown operation');
  });

  test('computes the checksum of attributes as SQS documents it', () => {
    const attributes = { b: { DataType: 'Number', StringValue: '3' }, a: { DataType: 'String', StringValue: 'x' } };
    const pieces = ['\0\0\0\x01a\0\0\0\x06String\x01\0\0\0\x01x', '\0\0\0\x01b\0\0\0\x06Number\x01\0\0\0\x013'];
    const { createHash } = jest.requireActual<typeof import('node:crypto')>('node:crypto');
    expect(md5OfAttributes(attributes)).toBe(createHash('md5').update(pieces.join(''), 'latin1').digest('hex'));
    expect(md5OfAttributes({})).toBeUndefined();
  });
});
