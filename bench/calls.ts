import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { composeMime } from '../adapters/compose-mime.ts';
import { DynamoDbLedger } from '../adapters/dynamodb-ledger.ts';
import { sesClient } from '../adapters/ses-client.ts';
import { SesMailer } from '../adapters/ses-mailer.ts';
import { fingerprint } from '../core/address/fingerprint.ts';
import { DEFAULT_POLICY } from '../core/contract/index.ts';
import { makeHandler as makeFeedback } from '../lambda/feedback/handler.ts';
import { makeHandler as makeSend } from '../lambda/send/handler.ts';
import { startDynamoDb } from '../local/dynamodb.ts';
import { againstLimit, count, type Row } from './row.ts';
import { bounceBody, deliveryBody, recordOf } from './subjects/bodies.ts';

const silent = () => undefined;
const QUIET = { log: { info: silent, warn: silent, error: silent }, counts: { add: silent, flush: silent } };

/** Counts the requests of a client by operation. */
const countRequests = (client: DynamoDBClient): Map<string, number> => {
  const counted = new Map<string, number>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        counted.set(commandName, (counted.get(commandName) ?? 0) + 1);
        return next(args);
      },
    { step: 'initialize' },
  );
  return counted;
};

const ADDRESSES = 250;
const addresses = Array.from({ length: ADDRESSES }, (_, i) => `pat${i}@target.example`);
const batchOf = (bodies: readonly string[]) => ({ Records: bodies.map((body, i) => recordOf(String(i), body)) });

/** Requests of a batch of 1,000 records and of one send, against the fewest that could do. */
export const calls = async (): Promise<Row[]> => {
  const dynamodb = await startDynamoDb('bench');
  try {
    const requests = countRequests(dynamodb.client);
    const taken = (operation: string): number => {
      const count = requests.get(`${operation}Command`) ?? 0;
      requests.delete(`${operation}Command`);
      return count;
    };
    const ledger = new DynamoDbLedger({ client: dynamodb.client, table: dynamodb.table });
    const feedback = makeFeedback({
      ...QUIET,
      ledger,
      deadLetters: { park: async () => undefined },
      policy: DEFAULT_POLICY,
      fingerprint: fingerprint('bench'),
    });
    const bounces = addresses.map((address, i) => bounceBody(i, address));
    const batch = batchOf([
      ...bounces,
      ...bounces,
      ...bounces,
      ...addresses.map((_, i) => deliveryBody(i, `ok${i}@target.example`)),
    ]);
    const keys = 2 * ADDRESSES;
    await feedback(batch);
    const first = { reads: taken('BatchGetItem'), writes: taken('PutItem') };
    await feedback(batch);
    const again = { reads: taken('BatchGetItem'), writes: taken('PutItem') };
    let handedOver = 0;
    const ses = sesClient({ region: 'us-east-1', credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' } });
    ses.middlewareStack.add(
      () => async () => {
        handedOver += 1;
        return { output: { MessageId: 'bench', $metadata: {} }, response: {} };
      },
      { step: 'initialize' },
    );
    const send = makeSend({
      ...QUIET,
      ledger,
      mailer: new SesMailer({ client: ses }),
      compose: composeMime,
      policy: DEFAULT_POLICY,
      configurationSet: 'bench',
      configurationSets: ['bench'],
      now: Date.now,
      tryMs: 0,
    });
    const to = Array.from({ length: 50 }, (_, i) => `ok${i}@target.example`);
    const request = { from: 'a@ledger.example', to, subject: 'Hi', text: 'Hi', stream: 'receipts' };
    await send(request, { getRemainingTimeInMillis: () => 60_000 });
    return [
      count(`BatchGetItem for 1,000 records, ${keys} keys`, first.reads, Math.ceil(keys / 100)),
      count(`PutItem for 1,000 records, ${ADDRESSES} changed entries`, first.writes, ADDRESSES),
      againstLimit('PutItem for the same 1,000 records again', again.writes, 'calls', 0, 0),
      count('BatchGetItem for a send to 50 in one stream', taken('BatchGetItem'), 1),
      count('SES calls for a send to 50', handedOver, 1),
    ];
  } finally {
    await dynamodb.stop();
  }
};
