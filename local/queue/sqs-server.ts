import { ACCOUNT } from '../arn.ts';
import { answerAwsJson, type JsonInput } from '../http/aws-json.ts';
import { type LoopbackServer, serveOnLoopback } from '../http/loopback-server.ts';
import type { LocalQueue } from './local-queue.ts';
import { SQS_ACTIONS } from './sqs-actions.ts';
import { noSuchQueue, unknownOperation } from './sqs-fault.ts';

const MAX_REQUEST_BYTES = 12 * 1024 * 1024;

export interface SqsServer extends LoopbackServer {
  /** The URL by which a client of this server names a queue. */
  urlOf(queue: LocalQueue): string;
}

/** Serves queues on the JSON protocol of SQS. */
export async function startSqsServer(queues: readonly LocalQueue[]): Promise<SqsServer> {
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  const run = (operation: string, input: JsonInput): object | Promise<object> => {
    if (operation === 'GetQueueUrl') {
      const queue = byName.get(String(input.QueueName));
      if (queue === undefined) throw noSuchQueue();
      return { QueueUrl: queueUrl(server.url, queue.name) };
    }
    const act = Object.hasOwn(SQS_ACTIONS, operation) ? SQS_ACTIONS[operation] : undefined;
    if (act === undefined) throw unknownOperation();
    const queue = byName.get(String(input.QueueUrl ?? '').replace(/^.*\//, ''));
    if (queue === undefined) throw noSuchQueue();
    return act(queue, input);
  };
  const server = await serveOnLoopback((request) => answerAwsJson(request, '1.0', run), {
    maxBytes: MAX_REQUEST_BYTES,
  });
  return { ...server, urlOf: (queue) => queueUrl(server.url, queue.name) };
}

const queueUrl = (origin: string, name: string): string => `${origin}/${ACCOUNT}/${name}`;
