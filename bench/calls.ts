import { DynamoDbLedger } from '../adapters/dynamodb-ledger.ts';
import { DynamoDbSends } from '../adapters/dynamodb-sends.ts';
import { dynamoDbSettling } from '../adapters/dynamodb-settling.ts';
import { fingerprint } from '../core/address/fingerprint.ts';
import { DEFAULT_POLICY } from '../core/contract/index.ts';
import { hashKey, type KeyHash } from '../core/messages/key-hash.ts';
import type { SendRecord } from '../core/messages/send-record.ts';
import { makeHandler } from '../lambda/feedback/handler.ts';
import { startDynamoDb } from '../local/dynamodb.ts';
import { countRequests, QUIET, take } from './counted.ts';
import { againstLimit, count, type Row } from './row.ts';
import { bounceBody, deliveryBody, MAILED_AT, recordOf } from './subjects/bodies.ts';

const ADDRESSES = 250;
const addresses = Array.from({ length: ADDRESSES }, (_, i) => `pat${i}@target.example`);
const batchOf = (bodies: readonly string[]) => ({ Records: bodies.map((body, i) => recordOf(String(i), body)) });

const ofUnknownOutcome = (key: KeyHash, token: string): SendRecord => ({
  key,
  token,
  digest: 'bench',
  begunAt: MAILED_AT,
  runsUntil: MAILED_AT,
  draft: { status: 'sent', sent: [], suppressed: [], refused: [] },
  progress: { state: 'unknown', message: 'bench' },
});

/** Requests of feedback batches, against the fewest that could do. */
export const calls = async (): Promise<Row[]> => {
  const dynamodb = await startDynamoDb('bench');
  try {
    const { client, table, messages: messagesTable } = dynamodb;
    const requests = countRequests(client);
    const feedback = makeHandler({
      ...QUIET,
      ledger: new DynamoDbLedger({ client, table }),
      settling: dynamoDbSettling({ client, table, messagesTable, region: 'us-east-1' }),
      deadLetters: { park: async () => undefined },
      policy: DEFAULT_POLICY,
      fingerprint: fingerprint('bench'),
    });
    const reads = () => take(requests, 'BatchGetItem');
    const writes = () => take(requests);
    const bounces = addresses.map((address, i) => bounceBody(i, address));
    const batch = batchOf([
      ...bounces,
      ...bounces,
      ...bounces,
      ...addresses.map((_, i) => deliveryBody(i, `ok${i}@target.example`)),
    ]);
    const keys = 2 * ADDRESSES;
    await feedback(batch);
    const first = { reads: reads(), writes: writes() };
    await feedback(batch);
    const again = { reads: reads(), writes: writes() };
    await feedback(batchOf(addresses.map((_, i) => deliveryBody(i, `ok${i}@target.example`))));
    const clean = { reads: reads(), writes: writes() };
    const sends = new DynamoDbSends({ client, table: messagesTable });
    const sendKeys = addresses.map((_, i) => hashKey(`order-${i}`));
    for (const key of sendKeys) await sends.begin(ofUnknownOutcome(key, sends.token()), undefined);
    const keyed = batchOf(sendKeys.map((key, i) => deliveryBody(i, `ok${i}@target.example`, key)));
    take(requests);
    await feedback(keyed);
    const settling = { reads: reads(), writes: writes() };
    await feedback(keyed);
    const settled = { reads: reads(), writes: writes() };
    return [
      count(`BatchGetItem for 1,000 records, ${keys} keys`, first.reads, Math.ceil(keys / 100)),
      count(`PutItem for 1,000 records, ${ADDRESSES} changed entries`, first.writes, ADDRESSES),
      againstLimit('PutItem for the same 1,000 records again', again.writes, 'calls', 0, 0),
      count(`BatchGetItem for ${ADDRESSES} deliveries of clean addresses`, clean.reads, Math.ceil(ADDRESSES / 100)),
      againstLimit('PutItem for these deliveries', clean.writes, 'calls', 0, 0),
      count(
        `BatchGetItem for ${ADDRESSES} deliveries of keyed mails, both tables`,
        settling.reads,
        Math.ceil(keys / 100),
      ),
      count(`PutItem for these, ${ADDRESSES} unknown outcomes settled`, settling.writes, ADDRESSES),
      againstLimit('PutItem for the same deliveries again', settled.writes, 'calls', 0, 0),
    ];
  } finally {
    await dynamodb.stop();
  }
};
