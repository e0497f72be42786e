import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { SES_CONNECTION_TIMEOUT_MS, SES_REQUEST_TIMEOUT_MS } from '../../../adapters/ses-client.ts';
import { makeLimiter } from '../../../core/rate/limiter.ts';
import {
  LIMITER_MS,
  type QueueFromEnvironment,
  queueFrom,
  SETTLE_MS,
  SQS_MS,
  TABLE_CLIENT,
} from '../../../lambda/queue/from-environment.ts';
import { makeHandler } from '../../../lambda/queue/handler.ts';
import { type FakeSes, replies, startFakeSes } from '../../adapters/fake-ses.ts';
import { RecordedCounts, RecordedLog } from '../recorders.ts';
import { MAIL, request } from './stage.ts';

const ENVIRONMENT = {
  SUPPRESSOR_TABLE: 'list',
  SUPPRESSOR_MESSAGES_TABLE: 'messages',
  SUPPRESSOR_CONFIGURATION_SET: 'main',
  SUPPRESSOR_SEND_QUEUE: 'https://sqs.example/send',
  SUPPRESSOR_SEND_DEAD_LETTER_QUEUE: 'https://sqs.example/dead',
};
const SECRETS = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
const never = () => new Promise(() => undefined);

const before = { ...process.env };
beforeAll(() => Object.assign(process.env, SECRETS));
afterAll(() => {
  process.env = before;
});
afterEach(async () => {
  jest.useRealTimers();
  // what is loaded early is loaded by then
  await import('../../../adapters/compose-mime.ts');
  await new Promise(setImmediate);
});

test('a try of the queue function has time for SES and for all that follows', () => {
  expect(queueFrom(ENVIRONMENT).tryMs).toBe(SES_CONNECTION_TIMEOUT_MS + SES_REQUEST_TIMEOUT_MS + SETTLE_MS);
});

test('without the name of a queue or table, or without keys, the function does not start', () => {
  for (const name of Object.keys(ENVIRONMENT))
    expect(() => queueFrom({ ...ENVIRONMENT, [name]: undefined })).toThrow(name);
  expect(() => queueFrom({ ...ENVIRONMENT, SUPPRESSOR_IDEMPOTENCY: 'off' })).toThrow('SUPPRESSOR_IDEMPOTENCY');
});

describe('with SES', () => {
  let ses: FakeSes;
  beforeAll(async () => {
    ses = await startFakeSes();
    process.env.AWS_ENDPOINT_URL_SES = ses.endpoint;
  });
  afterAll(() => {
    process.env.AWS_ENDPOINT_URL_SES = undefined;
    return ses.close();
  });

  test('the mailer asks once where SES throttles: a second call would be outside of the slot', async () => {
    ses.reply(replies.refused('Throttling', 'Maximum sending rate exceeded.'), replies.accepted('0100-2'));
    const result = await queueFrom(ENVIRONMENT).mailer.send(MAIL, Date.now() + 60_000);
    expect(result).toMatchObject({ ok: false, error: { code: 'RateExceeded' } });
    expect(ses.seen).toHaveLength(1);
  });
});

describe('with tables', () => {
  let tables: FakeSes;
  beforeAll(async () => {
    tables = await startFakeSes();
    process.env.AWS_ENDPOINT_URL_DYNAMODB = tables.endpoint;
  });
  afterAll(() => {
    process.env.AWS_ENDPOINT_URL_DYNAMODB = undefined;
    // not waited for: a request that is still open would keep it
    void tables.close();
  });

  test('that fail, a request is made three times', async () => {
    tables.reply(replies.empty(500));
    await expect(queueFrom(ENVIRONMENT).sends.read('key' as never)).rejects.toThrow();
    expect(tables.seen).toHaveLength(TABLE_CLIENT.maxAttempts);
  });

  test('that never answer, the shared rate is given up after two seconds', async () => {
    tables.reply(replies.never);
    const began = Date.now();
    await expect(queueFrom(ENVIRONMENT).store.read()).rejects.toThrow(`no answer within ${LIMITER_MS} ms`);
    expect(Date.now() - began).toBeLessThan(LIMITER_MS + 1000);
  });
});

/** The function with clients that stop answering as soon as SES was asked, and what it takes from then on. */
const settleAfter = async (said: 'RateExceeded' | 'MessageRejected' | 'accepted') => {
  jest.useFakeTimers({ now: Date.parse('2026-01-02T03:04:05.678Z') });
  let askedAt = 0;
  const client = {
    send: ({
      constructor: { name },
      input,
    }: {
      constructor: { name: string };
      input: { UpdateExpression?: string };
    }) => {
      if (askedAt > 0) return never();
      const item = {
        next: { N: String((Date.now() + 2000) * 1000) },
        rate: { N: '14' },
        readAt: { N: `${Date.now()}` },
      };
      if (name === 'UpdateItemCommand') return Promise.resolve({ Attributes: item });
      return Promise.resolve(
        name === 'GetItemCommand' && JSON.stringify(input).includes('"limiter"') ? { Item: item } : {},
      );
    },
  } as unknown as DynamoDBClient;
  const sqs = { send: never } as unknown as SQSClient;
  const log = new RecordedLog();
  const { store, ...deps }: QueueFromEnvironment = queueFrom(ENVIRONMENT, { dynamoDb: client, sqs });
  const quota = { read: async () => ({ maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 0 }) };
  const sleep = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));
  const ends: number[] = [];
  const handler = makeHandler({
    ...deps,
    log,
    counts: new RecordedCounts(),
    compose: async () => Buffer.from('Subject: Hi\r\n\r\nHi\r\n'),
    limiter: makeLimiter({ store, quota, holder: 'a', log, now: deps.now, sleep }),
    sleep,
    mailer: {
      send: async () => {
        askedAt = Date.now();
        return said === 'accepted'
          ? { ok: true as const, value: { messageId: '0100-1', messageIdHeader: '<0100-1@x>' } }
          : { ok: false as const, error: { code: said, message: 'no', retryable: false, remedy: '' } };
      },
    },
  });
  const record = { messageId: 'm-1', receiptHandle: 'h-1', body: JSON.stringify(request()), attributes: {} };
  const done = handler({ Records: [record as never] }, { getRemainingTimeInMillis: () => 120_000 }).then((answer) => {
    ends.push(Date.now() - askedAt);
    return answer;
  });
  await jest.advanceTimersByTimeAsync(100_000);
  return { answer: await done, took: ends[0] ?? Number.POSITIVE_INFINITY, log };
};

test.each([
  ['RateExceeded', ['m-1']],
  ['MessageRejected', ['m-1']],
  ['accepted', []],
] as const)(
  'where nothing answers any more after SES said %s, the function comes to its end in the time for that',
  async (said, given) => {
    const { answer, took } = await settleAfter(said);
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(given);
    expect(took).toBeLessThanOrEqual(SETTLE_MS - 1000);
  },
);

test('a mail that is begun at the last moment, with tables as slow as can be, is given back within the time of a try', () => {
  const { maxAttempts, requestHandler } = TABLE_CLIENT;
  const pauses = 1000;
  const operation = maxAttempts * (requestHandler.connectionTimeout + requestHandler.requestTimeout) + pauses;
  const readAndTakeKey = 2 * operation;
  expect(readAndTakeKey + SETTLE_MS - 2 * LIMITER_MS).toBeLessThan(queueFrom(ENVIRONMENT).tryMs);
  expect(2 * SQS_MS).toBeLessThan(SETTLE_MS);
});
