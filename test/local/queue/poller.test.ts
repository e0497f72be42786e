import { LocalQueue } from '../../../local/queue/local-queue.ts';
import { type InvokeBatch, Poller } from '../../../local/queue/poller.ts';

interface SqsEvent {
  readonly Records: readonly {
    messageId: string;
    receiptHandle: string;
    body: string;
    attributes: { ApproximateReceiveCount: string };
  }[];
}

const dead = new LocalQueue({ name: 'dead', visibilityTimeoutMs: 60_000 });
let poller: Poller | undefined;

afterEach(() => poller?.stop());

/** Polls a queue with `bodies` until it is empty; `batches` are what the function was given. */
async function work(
  bodies: readonly string[],
  invoke: (event: SqsEvent, queue: LocalQueue) => object | null,
  retryDelayMs = 5,
) {
  const redrive = { maxReceiveCount: 3, deadLetterQueue: dead };
  const queue = new LocalQueue({ name: 'work', visibilityTimeoutMs: 60_000, redrive });
  const batches: SqsEvent[] = [];
  const run: InvokeBatch = async (payload) => {
    const event: SqsEvent = JSON.parse(payload);
    batches.push(event);
    const answer = invoke(event, queue);
    return answer === null ? null : JSON.stringify(answer);
  };
  for (const body of bodies) queue.send(body, { code: { DataType: 'String', StringValue: 'x' } });
  poller = new Poller({ queue, invoke: run, batchSize: 10, windowMs: 1, concurrency: 1, retryDelayMs });
  await poller.drain(2000);
  expect(poller.isIdle).toBe(true);
  return batches.map(({ Records }) => Records);
}

const failures = (records: SqsEvent['Records']) => ({
  batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});
const bodies = (batch: SqsEvent['Records'] | undefined) => batch?.map(({ body }) => body);

describe('The poller', () => {
  test('hands over records in the shape of an event source mapping', async () => {
    const [batch] = await work(['a'], () => ({ batchItemFailures: [] }));
    expect(batch).toEqual([
      {
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: 'a',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          code: { stringValue: 'x', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:work',
        awsRegion: 'us-east-1',
      },
    ]);
  });

  test('brings back only the records that the function names', async () => {
    const batches = await work(['a', 'b', 'c'], ({ Records }) =>
      failures(Records.filter(({ body, attributes }) => body === 'b' && attributes.ApproximateReceiveCount === '1')),
    );
    expect(batches.map(bodies)).toEqual([['a', 'b', 'c'], ['b']]);
  });

  test('lets the visibility stand that the function gave to a record it brings back', async () => {
    const batches = await work(
      ['now', 'never before the end'],
      ({ Records }, queue) => {
        const [first] = Records;
        if (Records.length === 1) return {};
        queue.changeVisibility(first?.receiptHandle ?? '', 0);
        return failures(Records.slice(0, 1));
      },
      60_000,
    );
    expect(batches.map(bodies)).toEqual([['now', 'never before the end'], ['now']]);
  });

  test.each<[string, (event: SqsEvent) => object | null]>([
    ['fails', () => null],
    ['names a record it was never given', () => ({ batchItemFailures: [{ itemIdentifier: 'unknown' }] })],
    ['answers something that is no list', () => ({ batchItemFailures: 'all' })],
  ])('brings back the whole batch when the function %s', async (_what, first) => {
    let calls = 0;
    const batches = await work(['a', 'b'], (event) => {
      calls += 1;
      return calls === 1 ? first(event) : {};
    });
    expect(batches.map(bodies)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  test('leaves what fails every time to the dead-letter queue', async () => {
    const batches = await work(['a', 'poison'], ({ Records }) =>
      failures(Records.filter(({ body }) => body === 'poison')),
    );
    expect(batches.map(bodies)).toEqual([['a', 'poison'], ['poison'], ['poison']]);
    expect(dead.receive(10).map(({ body }) => body)).toEqual(['poison']);
  });

  test('is at work until a delayed message has been dealt with', async () => {
    const queue = new LocalQueue({ name: 'work', visibilityTimeoutMs: 60_000 });
    const given: string[] = [];
    const invoke: InvokeBatch = async (payload) => {
      given.push(...JSON.parse(payload).Records.map(({ body }: { body: string }) => body));
      return '{}';
    };
    queue.send('later', {}, 200);
    poller = new Poller({ queue, invoke, batchSize: 10, windowMs: 1, concurrency: 1, retryDelayMs: 5 });
    await poller.drain(100);
    expect([given, poller.isIdle]).toEqual([[], false]);
    await poller.drain(2000);
    expect([given, poller.isIdle]).toEqual([['later'], true]);
  });

  test('gives ten records at most at a time', async () => {
    const batches = await work(
      Array.from({ length: 23 }, (_, n) => String(n)),
      () => ({}),
    );
    expect(batches.map(({ length }) => length)).toEqual([10, 10, 3]);
  });
});
