import { fileURLToPath } from 'node:url';
import type { PolicyInput } from '../core/contract/index.ts';
import { startDynamoDb } from './dynamodb.ts';
import { bundleUrl } from './functions/bundle.ts';
import type { FunctionDefinition } from './functions/environment.ts';
import { functionEnvironment } from './functions/function-environment.ts';
import { FunctionPool } from './functions/function-pool.ts';
import { startInvokeServer } from './functions/invoke-server.ts';
import type { Outcome } from './functions/outcome.ts';
import { LocalQueue } from './queue/local-queue.ts';
import { Poller } from './queue/poller.ts';
import { startSqsServer } from './queue/sqs-server.ts';
import { Topic } from './queue/topic.ts';
import { PUBLISHED_EVENTS, type SesAccount } from './ses/account.ts';
import type { Inbox } from './ses/inbox.ts';
import { LocalSes } from './ses/local-ses.ts';
import type { Feedback } from './simulator/feedback.ts';
import { MailboxSimulator } from './simulator/mailbox-simulator.ts';
import type { Delays } from './simulator/plan.ts';
import { Undo } from './undo.ts';

/** The functions a local cloud runs. */
export type LocalFunction = 'feedback' | 'send';

export interface LocalCloudOptions {
  /** Directory of the bundles, `<name>/index.mjs` each. @default - what `npm run build` made */
  readonly functions?: string;
  /** Port of the invoke API. @default 0, a free one */
  readonly port?: number;
  /** @default suppressor-local */
  readonly table?: string;
  /** Configuration sets that exist and that requests may name; the first is the default. @default suppressor-local */
  readonly configurationSets?: readonly [string, ...string[]];
  /** @default - every default of the policy */
  readonly policy?: PolicyInput;
  /** Milliseconds SES waits before each thing it says about a mail. @default [40, 150] */
  readonly delays?: Delays;
  /** Chooses the waits within `delays`. @default 1 */
  readonly seed?: number;
  /** Environments of each function at most. @default 2 */
  readonly poolSize?: number;
  /** Time-out of each function. @default 30,000 */
  readonly timeoutMs?: number;
  /** When a message that failed is seen again. @default 250 */
  readonly retryDelayMs?: number;
  /** Tries before a message goes to the dead-letter queue. @default 5 */
  readonly maxReceiveCount?: number;
  /** Told of each line a function writes. @default - dropped */
  readonly onLog?: (name: LocalFunction, line: string) => void;
  /** Told of each message the simulator publishes. */
  readonly onFeedback?: (said: Said) => void;
}

/** One thing the simulator said. */
export interface Said extends Feedback {
  readonly at: Date;
  readonly messageId: string;
  readonly family: 'event' | 'notification';
}

/** Where everything is; the ready line is this and an `event` before it. */
export interface LocalAddresses {
  readonly lambda: string;
  readonly ses: string;
  readonly dynamodb: string;
  readonly console: string | null;
  readonly table: string;
  readonly sqs: string;
  readonly queue: string;
  readonly deadLetterQueue: string;
  readonly configurationSet: string;
}

export interface LocalCloud {
  readonly addresses: LocalAddresses;
  /** The state of SES; change it to see it refuse. */
  readonly account: SesAccount;
  /** The mails SES accepted. */
  readonly inbox: Inbox;
  /** Where SES publishes; `publish` puts any message of one's own there. */
  readonly topic: Topic;
  readonly queue: LocalQueue;
  readonly deadLetterQueue: LocalQueue;
  /** Runs a function without the network in between. */
  invoke(name: LocalFunction, event: unknown): Promise<Outcome>;
  /** Whether SES has said all it will say and the feedback function has dealt with all of it. */
  isSettled(): boolean;
  /** Ends everything: the simulator, the rest of the queue, functions, servers. */
  stop(): Promise<void>;
}

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const NAME = 'suppressor-local';
const DRAIN_MS = 2000;

/**
 * Starts DynamoDB, SES with its mailbox simulator, the topic, the queues and the two functions on loopback ports.
 *
 * @throws LocalError `FUNCTION_MISSING`, `PORT_TAKEN`, `PORT_REFUSED`; nothing is left running then
 * @example const cloud = await startLocalCloud(); await cloud.invoke('send', request); await cloud.stop();
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const undo = new Undo();
  try {
    return await start(options, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function start(options: LocalCloudOptions, undo: Undo): Promise<LocalCloud> {
  const { functions = DIST, port = 0, configurationSets = [NAME], timeoutMs = 30_000, poolSize = 2 } = options;
  const bundles = { feedback: await bundleUrl(functions, 'feedback'), send: await bundleUrl(functions, 'send') };
  const dynamodb = await startDynamoDb(options.table ?? NAME);
  undo.add(() => dynamodb.stop());

  const deadLetterQueue = new LocalQueue({ name: `${NAME}-dead-letters`, visibilityTimeoutMs: 30_000 });
  const queue = new LocalQueue({
    name: `${NAME}-feedback`,
    visibilityTimeoutMs: 6 * timeoutMs,
    redrive: { maxReceiveCount: options.maxReceiveCount ?? 5, deadLetterQueue },
  });
  const sqs = await startSqsServer([queue, deadLetterQueue]);
  undo.add(() => sqs.stop());
  const topic = new Topic(`${NAME}-feedback`, queue);

  const ses = new LocalSes((mail) => simulator.take(mail));
  for (const name of configurationSets) ses.account.configurationSets.set(name, new Set(PUBLISHED_EVENTS));
  const simulator = makeSimulator(ses.account, topic, options);
  const sesServer = await ses.listen();
  undo.add(() => sesServer.stop());

  const around = {
    dynamodb: dynamodb.url,
    ses: sesServer.url,
    sqs: sqs.url,
    table: dynamodb.table,
    deadLetterQueueUrl: sqs.urlOf(deadLetterQueue),
    configurationSets,
    policy: options.policy ?? {},
  };
  const define = (name: LocalFunction): FunctionDefinition => ({
    name,
    file: bundles[name],
    env: functionEnvironment(name, around),
    timeoutMs,
    onLog: (line) => options.onLog?.(name, line),
  });
  const pools = {
    feedback: new FunctionPool(define('feedback'), poolSize),
    send: new FunctionPool(define('send'), poolSize),
  };
  const lambda = await startInvokeServer({
    port,
    functions: new Map(Object.entries(pools)),
    describe: () => readyLine(addresses),
  });
  undo.add(() => lambda.stop());

  const poller = new Poller({
    queue,
    invoke: async (payload) => {
      const outcome = await pools.feedback.invoke(payload);
      return outcome.ok ? outcome.payload : null;
    },
    batchSize: 10,
    windowMs: 20,
    concurrency: poolSize,
    retryDelayMs: options.retryDelayMs ?? 250,
  });
  undo.add(() => poller.stop());
  undo.add(() => Promise.all([pools.feedback.stop(), pools.send.stop()]));
  undo.add(() => poller.drain(DRAIN_MS));
  undo.add(() => simulator.stop());
  await Promise.all([pools.feedback.warm(), pools.send.warm()]);

  const addresses: LocalAddresses = {
    lambda: lambda.url,
    ses: sesServer.url,
    dynamodb: dynamodb.url,
    console: null,
    table: dynamodb.table,
    sqs: sqs.url,
    queue: sqs.urlOf(queue),
    deadLetterQueue: sqs.urlOf(deadLetterQueue),
    configurationSet: configurationSets[0],
  };
  return {
    addresses,
    account: ses.account,
    inbox: ses.inbox,
    topic,
    queue,
    deadLetterQueue,
    invoke: (name, event) => pools[name].invoke(JSON.stringify(event)),
    isSettled: () => simulator.isIdle && poller.isIdle,
    stop: () => undo.run(),
  };
}

/** The line that says where everything is, on standard output and at `GET /`. */
export const readyLine = (addresses: LocalAddresses) => ({ event: 'ready', ...addresses }) as const;

function makeSimulator(account: SesAccount, topic: Topic, options: LocalCloudOptions): MailboxSimulator {
  const said = (family: Said['family'], messageId: string, feedback: Feedback) =>
    options.onFeedback?.({ ...feedback, family, messageId, at: new Date() });
  return new MailboxSimulator(
    account,
    {
      event: (message, { messageId }, feedback) => {
        topic.publish(`${JSON.stringify(message)}\n`, 'Amazon SES Email Event Notification');
        said('event', messageId, feedback);
      },
      notification: (message, { messageId }, feedback) => {
        topic.publish(JSON.stringify(message));
        said('notification', messageId, feedback);
      },
    },
    { delays: options.delays ?? [40, 150], seed: options.seed ?? 1 },
  );
}
