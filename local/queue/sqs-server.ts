import { randomUUID } from 'node:crypto';
import { ACCOUNT } from '../arn.ts';
import { type Answer, type LoopbackServer, type Received, serveOnLoopback } from '../http/loopback-server.ts';
import type { LocalQueue } from './local-queue.ts';
import { SQS_ACTIONS } from './sqs-actions.ts';
import { noSuchQueue, SqsFault, unknownOperation } from './sqs-fault.ts';

const MAX_REQUEST_BYTES = 12 * 1024 * 1024;

export interface SqsServer extends LoopbackServer {
  /** The URL by which a client of this server names a queue. */
  urlOf(queue: LocalQueue): string;
}

/** Serves queues on the JSON protocol of SQS. */
export async function startSqsServer(queues: readonly LocalQueue[]): Promise<SqsServer> {
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  const server = await serveOnLoopback((request) => answer(request, byName, () => server.url), {
    maxBytes: MAX_REQUEST_BYTES,
  });
  return { ...server, urlOf: (queue) => queueUrl(server.url, queue.name) };
}

const queueUrl = (origin: string, name: string): string => `${origin}/${ACCOUNT}/${name}`;

async function answer(
  request: Received,
  queues: ReadonlyMap<string, LocalQueue>,
  origin: () => string,
): Promise<Answer> {
  try {
    const action = String(request.headers['x-amz-target'] ?? '').replace(/^AmazonSQS\./, '');
    const input = parseInput(request.body);
    if (action === 'GetQueueUrl') {
      const queue = queues.get(String(input.QueueName));
      if (queue === undefined) throw noSuchQueue();
      return json(200, { QueueUrl: queueUrl(origin(), queue.name) });
    }
    const act = Object.hasOwn(SQS_ACTIONS, action) ? SQS_ACTIONS[action] : undefined;
    if (act === undefined) throw unknownOperation();
    const queue = queues.get(String(input.QueueUrl ?? '').replace(/^.*\//, ''));
    if (queue === undefined) throw noSuchQueue();
    return json(200, await act(queue, input));
  } catch (error) {
    if (!(error instanceof SqsFault)) throw error;
    const body = { __type: error.type, message: error.message };
    return json(400, body, { 'x-amzn-query-error': `${error.queryCode};Sender` });
  }
}

function parseInput(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    if (typeof input === 'object' && input !== null) return { ...input };
  } catch {
    // falls through to the same error as any other text that is not an object
  }
  throw new SqsFault('com.amazon.coral.service#SerializationException', 'SerializationException', 'not a JSON object');
}

const json = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID(), ...headers },
  body: JSON.stringify(body),
});
