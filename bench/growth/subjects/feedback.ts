// The feedback function over a DynamoDB that answers at once: processor time an event and live heap of a batch, against
// parsing the same bodies and making the same requests bare.
import { BatchGetItemCommand, PutItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoDbLedger } from '../../../adapters/dynamodb-ledger.ts';
import { fingerprint } from '../../../core/address/fingerprint.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { inParallel } from '../../../core/in-parallel.ts';
import { makeHandler } from '../../../lambda/feedback/handler.ts';
import { QUIET } from '../../counted.ts';
import { pairOf } from '../../median.ts';
import { bounceBody, recordOf } from '../../subjects/bodies.ts';
import { liveMb } from '../heap.ts';
import { emptyDynamoDb } from '../instant-clients.ts';
import { cpuMs, type Sample, sweep } from '../sweep.ts';

const TABLE = 'bench';
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 10_000];
const MOST = SIZES.at(-1) ?? 0;
const ROUNDS = 5;
/** Requests under way at once, as the function has them. */
const READS = 4;
const WRITES = 16;

let onWrite = (): void => undefined;
const client = emptyDynamoDb((operation) => operation === 'PutItem' && onWrite());
const writes: PutItemCommandInput[] = [];
let isKept = true;
client.middlewareStack.add(
  (next) => (args) => {
    if (isKept && 'Item' in args.input) writes.push(args.input as PutItemCommandInput);
    return next(args);
  },
  { step: 'initialize' },
);
const handler = makeHandler({
  ...QUIET,
  ledger: new DynamoDbLedger({ client, table: TABLE }),
  deadLetters: { park: async () => undefined },
  policy: DEFAULT_POLICY,
  fingerprint: fingerprint('bench'),
});

const bodies = Array.from({ length: MOST }, (_, i) => bounceBody(i, `pat${i}@target.example`));
const records = bodies.map((body, i) => recordOf(String(i), body));
await handler({ Records: records });
isKept = false;
const keys = writes.map(({ Item }) => ({ address: Item?.address ?? { S: '' }, scope: Item?.scope ?? { S: '' } }));
if (keys.length !== MOST) throw new Error(`${keys.length} of ${MOST} entries were written`);

/** What nobody can avoid: both parses of every body, a read of 100 keys at a time, a write an entry. */
const bare = async (size: number): Promise<void> => {
  for (let i = 0; i < size; i += 1) JSON.parse(JSON.parse(bodies[i] ?? '').Message);
  const chunks = Array.from({ length: Math.ceil(size / 100) }, (_, i) =>
    keys.slice(100 * i, Math.min(size, 100 * (i + 1))),
  );
  await inParallel(READS, chunks, async (Keys) => {
    await client.send(new BatchGetItemCommand({ RequestItems: { [TABLE]: { Keys, ConsistentRead: true } } }));
  });
  await inParallel(WRITES, writes.slice(0, size), async (input) => {
    await client.send(new PutItemCommand(input));
  });
};

const perEventUs = async (size: number, work: () => unknown): Promise<number> => ((await cpuMs(work)) / size) * 1000;

const cpu = await sweep(
  SIZES,
  ROUNDS,
  (size) => {
    const Records = records.slice(0, size);
    return perEventUs(size, () => handler({ Records }));
  },
  (size) => perEventUs(size, () => bare(size)),
);

/** An event of its own, as Lambda parses one; in a function of its own, lest the text it came from live on in the caller. */
const eventOf = (size: number): { Records: unknown[] } =>
  JSON.parse(JSON.stringify({ Records: records.slice(0, size) }));

/** Live heap in the middle of a batch: what the event alone is, and that with all the function holds. */
const heapOf = async (size: number): Promise<{ event: number; middle: number }> => {
  const before = liveMb();
  const event = eventOf(size);
  const own = liveMb() - before;
  let left = Math.ceil(size / 2);
  let middle = 0;
  onWrite = () => {
    left -= 1;
    if (left === 0) middle = liveMb() - before;
  };
  await handler(event);
  onWrite = () => undefined;
  return { event: own, middle };
};

const heap: Sample[] = [];
for (const size of SIZES.filter((each) => each >= 100)) {
  const rounds = [await heapOf(size), await heapOf(size), await heapOf(size)];
  heap.push({
    x: size,
    pair: pairOf(
      rounds.map(({ middle }) => middle),
      rounds.map(({ event }) => event),
    ),
  });
}
process.stdout.write(JSON.stringify({ cpu, heap }));
