import { startDynamoDb } from '../../../local/dynamodb.ts';
import { countedQueue, fewestOfQueue } from '../../queue-calls.ts';
import type { Curve, Line } from '../curve.ts';

const BATCHES = [1, 2, 5, 10];

/** Requests of a batch of the send queue; time passes in between, as one batch right after another may cost one more. */
export const queueCurves = async (): Promise<Curve[]> => {
  const dynamodb = await startDynamoDb('bench');
  try {
    const queue = countedQueue(dynamodb);
    await queue.run(0, 1);
    const found: { readonly x: number; readonly limiter: number; readonly all: number }[] = [];
    for (const [i, x] of BATCHES.entries()) {
      queue.pause();
      found.push({ x, ...(await queue.run(100 * (i + 1), x)) });
    }
    const line = (name: string, of: 'limiter' | 'all', should: (x: number) => number): Line => ({
      name,
      kind: 'measured',
      points: found.map((each) => ({ x: each.x, y: each[of], should: should(each.x) })),
    });
    return [
      {
        name: 'queue-requests',
        title: 'A batch of the send queue: one write of the limiter, five requests a mail',
        law: 'count',
        x: 'mails in the batch',
        y: 'requests to DynamoDB and SES',
        lines: [line('all requests', 'all', fewestOfQueue), line('writes of the limiter', 'limiter', () => 1)],
      },
    ];
  } finally {
    await dynamodb.stop();
  }
};
