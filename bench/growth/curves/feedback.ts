import { DynamoDbLedger } from '../../../adapters/dynamodb-ledger.ts';
import { fingerprint } from '../../../core/address/fingerprint.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { makeHandler } from '../../../lambda/feedback/handler.ts';
import { startDynamoDb } from '../../../local/dynamodb.ts';
import { countRequests, QUIET, type Requests, take } from '../../counted.ts';
import { bundleLikeAFunction, runBundle, withFolder } from '../../subject.ts';
import { bounceBody, deliveryBody, recordOf } from '../../subjects/bodies.ts';
import type { Curve, Point } from '../curve.ts';
import { type Sample, timedCurve } from '../sweep.ts';

const BATCHES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 10_000];
const RECORDS = 'records in the batch';

const batchOf = (bodies: readonly string[]) => ({ Records: bodies.map((body, i) => recordOf(String(i), body)) });

/** What a batch asks of the table: in which lines, how many requests each time, and how many there must be. */
const requestsOfBatches = async (): Promise<Curve> => {
  const dynamodb = await startDynamoDb('bench');
  try {
    const { client, table } = dynamodb;
    const requests: Requests = countRequests(client);
    const feedback = makeHandler({
      ...QUIET,
      ledger: new DynamoDbLedger({ client, table }),
      deadLetters: { park: async () => undefined },
      policy: DEFAULT_POLICY,
      fingerprint: fingerprint('bench'),
    });
    const points = new Map<string, Point[]>();
    const count = async (size: number, what: string, bodies: readonly string[], reads: number, writes: number) => {
      take(requests);
      const { batchItemFailures } = await feedback(batchOf(bodies));
      if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} of ${size} records failed`);
      const found = { reads: take(requests, 'BatchGetItem'), writes: take(requests) };
      const put = (line: string, y: number, should: number) =>
        points.set(line, [...(points.get(line) ?? []), { x: size, y, should }]);
      put(`reads, ${what}`, found.reads, reads);
      put(`writes, ${what}`, found.writes, writes);
    };
    for (const size of BATCHES) {
      const each = (what: string) => Array.from({ length: size }, (_, i) => `${what}${i}of${size}@target.example`);
      const bounces = each('pat').map((address, i) => bounceBody(i, address));
      const clean = each('ok').map((address, i) => deliveryBody(i, address));
      const one = Array.from({ length: size }, (_, i) => bounceBody(i, `same${size}@target.example`));
      const reads = Math.ceil(size / 100);
      await count(size, 'each of another address', bounces, reads, size);
      await count(size, 'the same again', bounces, reads, 0);
      await count(size, 'deliveries of clean addresses', clean, reads, 0);
      await count(size, 'all of one address', one, 1, 1);
    }
    return {
      name: 'feedback-requests',
      title: 'A feedback batch: one read per 100 addresses, one write per changed entry',
      law: 'count',
      x: RECORDS,
      y: 'requests to DynamoDB',
      lines: [...points].map(([name, found]) => ({ name, kind: 'measured', points: found })),
    };
  } finally {
    await dynamodb.stop();
  }
};

interface Kept {
  readonly x: number;
  readonly mb: number;
}

const keptPoints = (kept: readonly Kept[]): Point[] => kept.map(({ x, mb }) => ({ x, y: mb }));

/** How the feedback function grows with the batch, the message and the events it has seen. */
export const feedbackCurves = (): Promise<Curve[]> =>
  withFolder(async (folder) => {
    const bundled = (name: string) => bundleLikeAFunction(`bench/growth/subjects/${name}.ts`, `${folder}/${name}`);
    const requests = await requestsOfBatches();
    const batch = (await runBundle(await bundled('feedback'), '--expose-gc')) as Record<'cpu' | 'heap', Sample[]>;
    const messages = (await runBundle(await bundled('messages'))) as Record<'length' | 'recipients', Sample[]>;
    const keptBy = await bundled('kept');
    const bare = (await runBundle(keptBy, '--expose-gc', '--', 'bare')) as Kept[];
    const kept = (await runBundle(keptBy, '--expose-gc', '--', 'ours')) as Kept[];
    return [
      requests,
      timedCurve(
        {
          name: 'feedback-time',
          title: 'A feedback batch: time an event falls, then stays',
          law: 'flat',
          x: RECORDS,
          y: 'µs of processor an event',
        },
        { value: 'feedback function', floor: 'both JSON.parse and the same requests bare' },
        batch.cpu,
      ),
      timedCurve(
        {
          name: 'feedback-heap',
          title: 'A feedback batch: what it holds is in proportion to the batch',
          law: 'linear',
          x: RECORDS,
          y: 'live heap in the middle, MB',
        },
        { value: 'event and feedback function', floor: 'the event alone' },
        batch.heap,
      ),
      {
        name: 'feedback-kept',
        title: 'The feedback function keeps nothing of the events it has seen',
        law: 'flat',
        x: 'events seen',
        y: 'live heap, MB',
        lines: [
          { name: 'feedback function', kind: 'measured', points: keptPoints(kept) },
          { name: 'JSON.parse alone, in the same program', kind: 'floor', points: keptPoints(bare) },
        ],
      },
      timedCurve(
        {
          name: 'message-length',
          title: 'Reading a message: time in proportion to its length, most of it JSON.parse',
          law: 'linear',
          x: 'length of the message, KB',
          y: 'µs of processor a message',
        },
        { value: 'read and decided', floor: 'both JSON.parse alone' },
        messages.length,
      ),
      timedCurve(
        {
          name: 'message-recipients',
          title: 'Reading a message: time in proportion to its recipients',
          law: 'linear',
          x: 'bounced recipients in one message',
          y: 'µs of processor a message',
        },
        { value: 'read and decided', floor: 'both JSON.parse alone' },
        messages.recipients,
      ),
    ];
  });
