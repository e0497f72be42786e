import { composeMime } from '../adapters/compose-mime.ts';
import { DynamoDbLedger } from '../adapters/dynamodb-ledger.ts';
import { DynamoDbLimiter } from '../adapters/dynamodb-limiter.ts';
import { DynamoDbSends } from '../adapters/dynamodb-sends.ts';
import { sleep } from '../adapters/pause.ts';
import { SesMailer } from '../adapters/ses-mailer.ts';
import { DEFAULT_POLICY } from '../core/contract/index.ts';
import { makeLimiter } from '../core/rate/limiter.ts';
import { makeHandler } from '../lambda/queue/handler.ts';
import { startDynamoDb } from '../local/dynamodb.ts';
import { countingSes, countRequests, QUIET, take } from './counted.ts';
import { againstLimit, count, type Row } from './row.ts';

const BATCH = 10;
const PAUSE_MS = 5000;
const RATE = 500;

const batch = (first: number) =>
  Array.from({ length: BATCH }, (_, i) => ({
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

/** Requests of a batch of the send queue, against the fewest that could do; the first batch has read the quota. */
export const queueCalls = async (): Promise<Row[]> => {
  const dynamodb = await startDynamoDb('bench');
  try {
    const { client, table, messages } = dynamodb;
    const requests = countRequests(client);
    const ses = countingSes();
    let paused = 0;
    const now = () => Date.now() + paused;
    const quota = { maxSendRate: RATE, max24HourSend: -1, sentLast24Hours: 0 };
    const handler = makeHandler({
      ...QUIET,
      ledger: new DynamoDbLedger({ client, table }),
      mailer: new SesMailer({ client: ses.client, rateTries: 1 }),
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
    const run = async (first: number): Promise<void> => {
      const { batchItemFailures } = await handler(
        { Records: batch(first) },
        { getRemainingTimeInMillis: () => 60_000 },
      );
      if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} of ${BATCH} were not sent`);
    };
    await run(0);
    take(requests);
    await run(BATCH);
    const atOnce = take(requests, 'UpdateItem');
    paused = PAUSE_MS;
    take(requests);
    take(ses.requests);
    await run(2 * BATCH);
    const limiter = take(requests, 'UpdateItem');
    const mails = take(ses.requests);
    const all = limiter + mails + take(requests);
    await run(2 * BATCH);
    return [
      count(`limiter writes for a queue batch of ${BATCH}`, limiter, 1),
      // whether others send too shows when the write is refused
      againstLimit('limiter writes for one right after another', atOnce, 'calls', 1, 2),
      count(`SES calls for a queue batch of ${BATCH}`, mails, BATCH),
      // a mail: the list is read, its record is read, begun and answered, SES is asked
      count(`requests of a queue batch of ${BATCH}`, all, 1 + 5 * BATCH),
      againstLimit('SES calls for the same batch again', take(ses.requests), 'calls', 0, 0),
    ];
  } finally {
    await dynamodb.stop();
  }
};
