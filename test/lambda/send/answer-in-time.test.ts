import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ok } from '../../../core/result.ts';
import { ANSWER_MS, CONCLUDE_MS, sendingFrom } from '../../../lambda/send/from-environment.ts';
import { makeHandler } from '../../../lambda/send/handler.ts';
import { RecordedCounts, RecordedLog } from '../recorders.ts';
import { NOW, request } from './stage.ts';

const ENVIRONMENT = {
  SUPPRESSOR_TABLE: 'list',
  SUPPRESSOR_MESSAGES_TABLE: 'messages',
  SUPPRESSOR_CONFIGURATION_SET: 'main',
  AWS_REGION: 'eu-west-1',
};
const ACCEPTED = ok({ messageId: '0100-1', messageIdHeader: '<0100-1@x>' });

beforeEach(() => jest.useFakeTimers({ now: NOW }));
afterEach(() => jest.useRealTimers());

test.each([
  ['with a key', { idempotencyKey: 'order-4711' }],
  ['without one', {}],
])('the caller hears that SES accepted, whatever the table of sends does afterwards: %s', async (_name, over) => {
  let accepted = false;
  const client = {
    send: () => (accepted ? new Promise(() => undefined) : Promise.resolve({})),
  } as unknown as DynamoDBClient;
  const log = new RecordedLog();
  const handler = makeHandler({
    ...sendingFrom(ENVIRONMENT, client),
    mailer: {
      send: async () => {
        accepted = true;
        return ACCEPTED;
      },
    },
    compose: async () => Buffer.from('Subject: Hi\r\n\r\nHi\r\n'),
    counts: new RecordedCounts(),
    log,
    tryMs: 10_000,
  });
  const event = request({ headers: { 'Message-ID': '<order-4711@ledger.example>' }, ...over });
  const invoked = handler(event, { getRemainingTimeInMillis: () => 60_000 });
  await jest.advanceTimersByTimeAsync(ANSWER_MS);
  expect(await invoked).toMatchObject({ status: 'sent', messageId: '0100-1' });
  expect(log.lines.map(({ cause }) => cause)).toEqual(
    Array.from({ length: 'idempotencyKey' in over ? 2 : 1 }, () => `Error: no answer within ${CONCLUDE_MS} ms`),
  );
});

test('a function that begins its last try in time has time to write down both and to answer', () => {
  expect(CONCLUDE_MS).toBeLessThan(ANSWER_MS);
});
