import { ACCOUNT } from '../arn.ts';
import { answerAwsJson, type JsonInput } from '../http/aws-json.ts';
import { type LoopbackServer, serveOnLoopback } from '../http/loopback-server.ts';
import type { LocalQueue } from './local-queue.ts';
import { MoveTasks } from './move-tasks.ts';
import { SQS_ACTIONS, text, wholeNumber } from './sqs-actions.ts';
import { noSuchQueue, unknownOperation } from './sqs-fault.ts';

const MAX_REQUEST_BYTES = 12 * 1024 * 1024;

export interface SqsServer extends LoopbackServer {
  /** The URL by which a client of this server names a queue. */
  urlOf(queue: LocalQueue): string;
}

/** Serves queues on the JSON protocol of SQS. */
export async function startSqsServer(queues: readonly LocalQueue[]): Promise<SqsServer> {
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  const tasks = new MoveTasks(queues);
  const closing = new AbortController();
  const named = (name: string): LocalQueue => {
    const queue = byName.get(name);
    if (queue === undefined) throw noSuchQueue();
    return queue;
  };
  const urlOf = (queue: LocalQueue): string => `${server.url}/${ACCOUNT}/${queue.name}`;
  /** What takes no queue, or names it in another way than by `QueueUrl`. */
  const ofTheAccount: Readonly<Record<string, (input: JsonInput) => object>> = {
    GetQueueUrl: (input) => ({ QueueUrl: urlOf(named(text(input, 'QueueName'))) }),
    ListQueues: (input) => {
      const urls = queues.filter(({ name }) => name.startsWith(text(input, 'QueueNamePrefix'))).map(urlOf);
      return urls.length === 0 ? {} : { QueueUrls: urls };
    },
    StartMessageMoveTask: (input) => {
      const perSecond = 'MaxNumberOfMessagesPerSecond';
      const rate = input[perSecond] === undefined ? undefined : wholeNumber(input, perSecond, 1, 500, 500);
      const destination = text(input, 'DestinationArn') || undefined;
      return { TaskHandle: tasks.start(text(input, 'SourceArn'), destination, rate) };
    },
    ListMessageMoveTasks: (input) => ({
      Results: tasks.list(text(input, 'SourceArn'), wholeNumber(input, 'MaxResults', 1, 10, 1)),
    }),
  };
  const run = (operation: string, input: JsonInput): object | Promise<object> => {
    if (Object.hasOwn(ofTheAccount, operation)) return ofTheAccount[operation]?.(input) ?? {};
    const act = Object.hasOwn(SQS_ACTIONS, operation) ? SQS_ACTIONS[operation] : undefined;
    if (act === undefined) throw unknownOperation();
    return act(named(text(input, 'QueueUrl').replace(/^.*\//, '')), input, closing.signal);
  };
  const server = await serveOnLoopback((request) => answerAwsJson(request, '1.0', run), {
    maxBytes: MAX_REQUEST_BYTES,
  });
  const stop = (): Promise<void> => {
    // a receiver that waits for messages keeps nothing alive
    closing.abort();
    return server.stop();
  };
  return { url: server.url, stop, urlOf };
}
