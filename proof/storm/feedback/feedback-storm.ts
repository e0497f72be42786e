import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../../adapters/attributes.ts';
import { DynamoDbSends } from '../../../adapters/dynamodb-sends.ts';
import { inParallel } from '../../../core/in-parallel.ts';
import type { KeyHash } from '../../../core/messages/key-hash.ts';
import { Dice } from '../../faults/dice.ts';
import { FaultLog, type InjectedFault } from '../../faults/fault-log.ts';
import { LaggingReplica } from '../../faults/stale-reads.ts';
import type { Claim } from '../claim.ts';
import { calmDynamoDb } from '../clients.ts';
import { arrivals } from './arrivals.ts';
import { type Aftermath, checkStorm, spoiltKeys } from './check.ts';
import { queueRecord } from './envelopes.ts';
import { feedbackHandler, type Tables } from './environment.ts';
import { eventOf, type StormSize } from './events.ts';
import { type Expectation, Oracle } from './expectation.ts';
import { digest, openLetterBox } from './letter-box.ts';
import { readTable } from './read-table.ts';
import { runStorm } from './run-storm.ts';

/** A storm, and the two sets of empty tables that it needs. */
export interface FeedbackStormOptions {
  readonly size: StormSize;
  readonly tables: Tables;
  /** For the same events without faults, duplicates and disorder. */
  readonly calmTables: Tables;
  /** The share of requests that meets a fault. */
  readonly share: number;
  readonly workers: number;
  readonly lifetime: number;
  /** Messages that are acknowledged without anybody reading them: what the checks must notice. @default - none */
  readonly skipped?: ReadonlySet<number>;
  /** Told of each fault, for runs that are to be compared. */
  readonly onFault?: (fault: InjectedFault) => void;
}

/** What a storm came to. */
export interface FeedbackStormResult {
  readonly claims: readonly Claim[];
  /** What the claims were judged by. */
  readonly aftermath: Aftermath;
  readonly messages: number;
  readonly faults: FaultLog;
  readonly seconds: number;
}

const PARALLEL = 32;
const CALM_BATCH = 500;

const spoiltItem = (key: string): Attributes => {
  const [address = '', scope = ''] = key.split('\n');
  return { address: { S: address }, scope: { S: scope }, status: { S: 'suppressed' }, note: { S: 'by hand' } };
};

/** What has to be known of the events before they come: poison by its body, and keys of sends. */
const survey = (size: StormSize) => {
  const poison = new Map<string, number>();
  const keys: KeyHash[] = [];
  for (let ordinal = 0; ordinal < size.events; ordinal += 1) {
    const { code, body, keyed } = eventOf(size, ordinal);
    if (code !== undefined) poison.set(digest(body), ordinal);
    if (keyed !== undefined) keys.push(keyed.key);
  }
  return { poison, keys };
};

/** Items of another program, and sends whose outcome nobody knows. */
const prepare = async (
  size: StormSize,
  keys: readonly KeyHash[],
  { url, table, messages }: Tables,
): Promise<Map<string, Attributes>> => {
  const client = calmDynamoDb(url);
  const spoilt = new Map(spoiltKeys(size).map((key) => [key, spoiltItem(key)]));
  for (const Item of spoilt.values()) await client.send(new PutItemCommand({ TableName: table, Item }));
  const sends = new DynamoDbSends({ client, table: messages });
  const draft = { status: 'sent', sent: [], suppressed: [], refused: [] } as const;
  await inParallel(PARALLEL, keys, async (key) => {
    const begun = { key, digest: '', token: `token-${key}`, begunAt: 0, runsUntil: 0, draft };
    await sends.begin({ ...begun, progress: { state: 'unknown', message: 'cut' } }, undefined);
  });
  client.destroy();
  return spoilt;
};

/** The same events in their order, each once, in large batches and with nothing going wrong; the oracle reads along. */
const runCalmly = async (size: StormSize, tables: Tables): Promise<Expectation> => {
  const client = calmDynamoDb(tables.url);
  const handler = feedbackHandler(client, tables, { park: async () => undefined });
  const oracle = new Oracle();
  for (let first = 0; first < size.events; first += CALM_BATCH) {
    const ordinals = Array.from({ length: Math.min(CALM_BATCH, size.events - first) }, (_, i) => first + i);
    const events = ordinals.map((ordinal) => eventOf(size, ordinal));
    for (const event of events) oracle.add(event);
    const Records = events
      .filter(({ way, isStuck }) => way === 'queue' && !isStuck)
      .map(({ body, sentAt }, i) => queueRecord(String(i), body, sentAt));
    const { batchItemFailures } = await handler({ Records });
    if (batchItemFailures.length > 0) throw new Error('the run without faults gave messages back');
    for (const { way, body } of events) if (way === 'direct') await handler(JSON.parse(body));
  }
  client.destroy();
  return oracle.tell();
};

const recordsOf = async (
  keys: Iterable<KeyHash>,
  { url, messages }: Tables,
): Promise<ReadonlyMap<KeyHash, string | undefined>> => {
  const client = calmDynamoDb(url);
  const sends = new DynamoDbSends({ client, table: messages });
  const records = new Map<KeyHash, string | undefined>();
  await inParallel(PARALLEL, keys, async (key) => {
    const progress = (await sends.read(key))?.progress;
    records.set(key, progress?.state === 'answered' ? progress.messageId : undefined);
  });
  client.destroy();
  return records;
};

/** Runs a storm of feedback against the real function, and checks what it left behind. */
export const feedbackStorm = async (options: FeedbackStormOptions): Promise<FeedbackStormResult> => {
  const { size, tables, calmTables, share, workers, lifetime, skipped = new Set(), onFault } = options;
  const began = performance.now();
  const { poison, keys } = survey(size);
  const spoilt = await prepare(size, keys, tables);
  const letters = await openLetterBox(poison);
  const faults = new FaultLog(onFault);
  const weather = { dice: new Dice(size.seed), log: faults, replica: new LaggingReplica(), share: () => share };
  const order = arrivals(size);
  try {
    const run = await runStorm({ size, arrivals: order, tables, letters, weather, workers, lifetime, skipped });
    const expectation = await runCalmly(size, calmTables);
    const aftermath: Aftermath = {
      run,
      expectation,
      items: await readTable(tables),
      calm: await readTable(calmTables),
      spoilt,
      letters,
      records: await recordsOf(expectation.keyed.keys(), tables),
    };
    const claims = checkStorm(aftermath, faults.inconsistentReads);
    return { claims, aftermath, messages: order.length, faults, seconds: (performance.now() - began) / 1000 };
  } finally {
    await letters.stop();
  }
};
