import { composeMime } from '../adapters/compose-mime.ts';
import { DynamoDbLedger } from '../adapters/dynamodb-ledger.ts';
import { DynamoDbLimiter } from '../adapters/dynamodb-limiter.ts';
import { DynamoDbSends } from '../adapters/dynamodb-sends.ts';
import { SesMailer } from '../adapters/ses-mailer.ts';
import { DEFAULT_POLICY } from '../core/contract/index.ts';
import { makeLimiter } from '../core/rate/limiter.ts';
import { makeHandler } from '../lambda/queue/handler.ts';
import { type LocalDynamoDb, startDynamoDb } from '../local/dynamodb.ts';
import { countingSes, countRequests, QUIET, take } from './counted.ts';
import { againstLimit, count, type Row } from './row.ts';
import { virtualClock } from './virtual-clock.ts';

const BATCH = 10;
const PAUSE_MS = 5000;
const RATE = 500;

const batch = (first: number, size: number) =>
  Array.from({ length: size }, (_, i) => ({
    messageId: `message-${first + i}`,
    receiptHandle: `${first + i}`,
    body: JSON.stringify({
      from: 'a@ledger.example',
      to: [`ok${first + i}@target.example`],
      subject: 'Hi',
      text: 'Hi',
      stream: 'receipts',
    }),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(Date.now()),
      SenderId: 'bench',
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:bench',
    awsRegion: 'us-east-1',
  }));

/** Requests of one batch. */
export interface QueueRequests {
  readonly limiter: number;
  readonly mails: number;
  readonly all: number;
}

/** A send queue whose requests are counted. */
export interface CountedQueue {
  /**
   * Sends mails `first` and on; the same ones again are the same mails.
   *
   * @throws if one of them was not sent
   */
  run(first: number, size: number): Promise<QueueRequests>;
  /** Lets time pass, as between batches that do not follow one another at once. */
  pause(): void;
}

/** The function behind the send queue over this table; the first batch reads the quota. */
export const countedQueue = ({ client, table, messages }: LocalDynamoDb): CountedQueue => {
  const requests = countRequests(client);
  const ses = countingSes();
  // by the machine's own clock a slow emulator makes mails late, and a late mail takes one slot more
  const clock = virtualClock(Date.now());
  clock.watch(client);
  const { now, sleep } = clock;
  const quota = { maxSendRate: RATE, max24HourSend: -1, sentLast24Hours: 0 };
  const handler = makeHandler({
    ...QUIET,
    ledger: new DynamoDbLedger({ client, table }),
    mailer: new SesMailer({ client: ses.client, rateTries: 1, now, sleep }),
    sends: new DynamoDbSends({ client, table: messages }),
    limiter: makeLimiter({
      store: new DynamoDbLimiter({ client, table: messages }),
      quota: { read: async () => quota },
      holder: 'bench',
      now,
      sleep,
      log: QUIET.log,
    }),
    deadLetters: { park: async () => undefined },
    postpone: async () => undefined,
    compose: composeMime,
    policy: DEFAULT_POLICY,
    configurationSet: 'bench',
    configurationSets: ['bench'],
    now,
    sleep,
    random: Math.random,
    tryMs: 0,
  });
  return {
    pause: () => clock.skip(PAUSE_MS),
    async run(first, size) {
      take(requests);
      take(ses.requests);
      const { batchItemFailures } = await handler(
        { Records: batch(first, size) },
        { getRemainingTimeInMillis: () => 60_000 },
      );
      if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} of ${size} were not sent`);
      const limiter = take(requests, 'UpdateItem');
      const mails = take(ses.requests);
      return { limiter, mails, all: limiter + mails + take(requests) };
    },
  };
};

/** The fewest requests of a batch: one of the limiter; a mail: the list is read, its record is read, begun and answered, SES is asked. */
export const fewestOfQueue = (size: number): number => 1 + 5 * size;

/** Requests of a batch of the send queue, against the fewest that could do. */
export const queueCalls = async (): Promise<Row[]> => {
  const dynamodb = await startDynamoDb('bench');
  try {
    const queue = countedQueue(dynamodb);
    await queue.run(0, BATCH);
    const atOnce = await queue.run(BATCH, BATCH);
    queue.pause();
    const later = await queue.run(2 * BATCH, BATCH);
    const again = await queue.run(2 * BATCH, BATCH);
    return [
      count(`limiter writes for a queue batch of ${BATCH}`, later.limiter, 1),
      // whether others send too shows when the write is refused
      againstLimit('limiter writes for one right after another', atOnce.limiter, 'calls', 1, 2),
      count(`SES calls for a queue batch of ${BATCH}`, later.mails, BATCH),
      count(`requests of a queue batch of ${BATCH}`, later.all, fewestOfQueue(BATCH)),
      againstLimit('SES calls for the same batch again', again.mails, 'calls', 0, 0),
    ];
  } finally {
    await dynamodb.stop();
  }
};
