import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { PolicyInput } from '../core/contract/index.ts';
import { type PublishedNotice, startNoticesServer } from './alarms/notices-server.ts';
import { arn } from './arn.ts';
import { startDynamoDb } from './dynamodb.ts';
import { bundleUrl } from './functions/bundle.ts';
import { onFailureRecord } from './functions/failed-invocation.ts';
import { functionEnvironment } from './functions/function-environment.ts';
import { FunctionPool } from './functions/function-pool.ts';
import { startFunctionUrl } from './functions/function-url.ts';
import { startInvokeServer } from './functions/invoke-server.ts';
import { LOCAL_FUNCTIONS, type LocalFunction, TIMEOUT_MS } from './functions/local-function.ts';
import type { Outcome } from './functions/outcome.ts';
import type { LoopbackServer } from './http/loopback-server.ts';
import { takeEmbedded } from './metrics/embedded-metrics.ts';
import { MetricStore } from './metrics/metric-store.ts';
import { startMetricsServer } from './metrics/metrics-server.ts';
import type { LocalQueue } from './queue/local-queue.ts';
import { Poller } from './queue/poller.ts';
import { makeQueues, type Parked } from './queue/queues.ts';
import { startSqsServer } from './queue/sqs-server.ts';
import { type Published, Topic } from './queue/topic.ts';
import { LocalSecret } from './secrets/local-secret.ts';
import { startSecretsServer } from './secrets/secrets-server.ts';
import { PUBLISHED_EVENTS, type SesAccount } from './ses/account.ts';
import type { Inbox } from './ses/inbox.ts';
import { LocalSes } from './ses/local-ses.ts';
import type { AcceptedMail } from './ses/mail.ts';
import { WELCOME } from './ses/welcome-template.ts';
import type { Delays } from './simulator/plan.ts';
import { publisher, type Said } from './simulator/publisher.ts';
import { Undo } from './undo.ts';

export interface LocalCloudOptions {
  /** Directory of the bundles, `<name>/index.mjs` each. @default - what `npm run build` made */
  readonly functions?: string;
  /** Port of the invoke API. @default 0, a free one */
  readonly port?: number;
  /** The other table's name begins with it. @default suppressor-local */
  readonly table?: string;
  /** Configuration sets that exist and that requests may name; the first is the default. @default suppressor-local */
  readonly configurationSets?: readonly [string, ...string[]];
  /** Streams whose recipients are counted, each for itself. @default receipts, newsletter and alerts */
  readonly streams?: readonly string[];
  /** @default - every default of the policy */
  readonly policy?: PolicyInput;
  /** Milliseconds SES waits before each thing it says about a mail. @default [40, 150] */
  readonly delays?: Delays;
  /** Chooses the waits within `delays`. @default 1 */
  readonly seed?: number;
  /** Environments of each function at most. @default 2 */
  readonly poolSize?: number;
  /** Time-out of every function. @default - each as the stack has it */
  readonly timeoutMs?: number;
  /** When a message that failed is seen again. @default 250 */
  readonly retryDelayMs?: number;
  /** Tries before a message goes to the dead-letter queue. @default 5 */
  readonly maxReceiveCount?: number;
  /** Told of each line a function writes. @default - dropped */
  readonly onLog?: (name: LocalFunction, line: string) => void;
  /** Told of each mail that SES accepts. */
  readonly onMail?: (mail: AcceptedMail) => void;
  /** Told of each message the simulator publishes. */
  readonly onFeedback?: (said: Said) => void;
  /** Told of each message on the topic that SES publishes to, whoever publishes it, as it is. */
  readonly onPublished?: (published: Published) => void;
  /** Told of each invocation of a function once it is over: with what, as JSON text, and what it came to. */
  readonly onInvoked?: (name: LocalFunction, payload: string, outcome: Outcome) => void;
  /** Told of each message that lands in a dead-letter queue. */
  readonly onParked?: (parked: Parked) => void;
  /** Told of each message on the topic that alarms go to. */
  readonly onNotice?: (notice: PublishedNotice) => void;
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
  /** Name of the table that remembers sends. */
  readonly messages: string;
  readonly sendQueue: string;
  readonly sendDeadLetterQueue: string;
  /** Queue of the asynchronous sends that failed. */
  readonly failedSends: string;
  /** ARN of the topic that SES publishes to. */
  readonly topic: string;
  /** Where unsubscribe links lead. */
  readonly unsubscribe: string;
  readonly secrets: string;
  readonly cloudwatch: string;
  /** Takes messages for {@link alarmTopic}. */
  readonly sns: string;
  /** ARN of the topic that alarms go to. */
  readonly alarmTopic: string;
  /** JSON of the policy: what differs from the default. */
  readonly policy: string;
  /** Streams that are counted, each for itself. */
  readonly streams: readonly string[];
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
  /** Takes send requests. */
  readonly sendQueue: LocalQueue;
  readonly sendDeadLetterQueue: LocalQueue;
  /** Lambda's records of asynchronous sends that failed. */
  readonly failedSends: LocalQueue;
  /** Holds the keys that sign unsubscribe links. */
  readonly unsubscribeSecret: LocalSecret;
  /** What the functions have counted; `put` adds metrics of one's own, such as SES's. */
  readonly metrics: MetricStore;
  /** What was published to the topic that alarms go to, oldest first. */
  readonly notices: readonly PublishedNotice[];
  /** Runs a function without the network in between. */
  invoke(name: LocalFunction, event: unknown): Promise<Outcome>;
  /** Says from now on at `GET /` of the invoke API where its console is. */
  showConsole(url: string): void;
  /** Whether SES has said all it will say and the functions have dealt with all that is queued. */
  isSettled(): boolean;
  /** Ends everything: the simulator, the rest of the queues, functions, servers. */
  stop(): Promise<void>;
}

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const NAME = 'suppressor-local';
const DRAIN_MS = 2000;
const STREAMS = ['receipts', 'newsletter', 'alerts'];

/**
 * Starts DynamoDB, SES with its mailbox simulator, the topic, the queues, the secret and the functions on loopback ports.
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
  const { functions = DIST, port = 0, configurationSets = [NAME], poolSize = 2 } = options;
  const timeoutOf = (name: LocalFunction): number => options.timeoutMs ?? TIMEOUT_MS[name];
  const files = await Promise.all(LOCAL_FUNCTIONS.map((name) => bundleUrl(functions, name)));
  const started = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const server = await starting;
    undo.add(() => server.stop());
    return server;
  };

  const dynamodb = await started(startDynamoDb(options.table ?? NAME));
  const queues = makeQueues({
    prefix: NAME,
    timeoutOf,
    maxReceiveCount: options.maxReceiveCount ?? 5,
    onParked: (parked) => options.onParked?.(parked),
  });
  const sqs = await started(startSqsServer(Object.values(queues)));
  const topic = new Topic(`${NAME}-feedback`, queues.feedback, (published) => options.onPublished?.(published));
  const secret = new LocalSecret(`${NAME}-unsubscribe`, firstKey());
  const secrets = await started(startSecretsServer([secret]));
  const metrics = new MetricStore();
  const cloudwatch = await started(startMetricsServer(metrics));
  const notices: PublishedNotice[] = [];
  const alarmTopic = arn('sns', `${NAME}-alarms`);
  const sns = await started(
    startNoticesServer(alarmTopic, (notice) => {
      notices.push(notice);
      options.onNotice?.(notice);
    }),
  );

  const ses = new LocalSes((mail) => {
    options.onMail?.(mail);
    simulator.take(mail);
  });
  ses.account.topicArn = topic.arn;
  ses.account.templates.set('welcome', WELCOME);
  for (const name of configurationSets) ses.account.configurationSets.set(name, new Set(PUBLISHED_EVENTS));
  const simulator = publisher(ses.account, topic, {
    delays: options.delays ?? [40, 150],
    seed: options.seed ?? 1,
    onFeedback: (said) => options.onFeedback?.(said),
  });
  const sesServer = await started(ses.listen());

  const unsubscribe = await started(startFunctionUrl((payload) => pools.unsubscribe.invoke(payload)));
  const addresses = {
    ses: sesServer.url,
    dynamodb: dynamodb.url,
    console: null,
    table: dynamodb.table,
    sqs: sqs.url,
    queue: sqs.urlOf(queues.feedback),
    deadLetterQueue: sqs.urlOf(queues.deadLetters),
    configurationSet: configurationSets[0],
    messages: dynamodb.messages,
    sendQueue: sqs.urlOf(queues.sends),
    sendDeadLetterQueue: sqs.urlOf(queues.sendDeadLetters),
    failedSends: sqs.urlOf(queues.failedSends),
    topic: topic.arn,
    unsubscribe: `${unsubscribe.url}/`,
    secrets: secrets.url,
    cloudwatch: cloudwatch.url,
    sns: sns.url,
    alarmTopic,
    policy: JSON.stringify(options.policy ?? {}),
    streams: options.streams ?? STREAMS,
  };
  // functions are told where they are served, so they come after
  const served = new Map<string, FunctionPool>();
  let console: string | null = null;
  const lambda: LoopbackServer = await started(
    startInvokeServer({
      port,
      functions: served,
      describe: () => readyLine({ lambda: lambda.url, ...addresses, console }),
      onFailure: (failed) => {
        if (failed.function === 'send') queues.failedSends.send(JSON.stringify(onFailureRecord(failed)));
      },
    }),
  );
  const around = {
    ...addresses,
    lambda: lambda.url,
    configurationSets,
    unsubscribeSecret: secret.name,
    policy: options.policy ?? {},
  };
  const pools = Object.fromEntries(
    LOCAL_FUNCTIONS.map((name, i) => {
      const onLog = (line: string) => {
        takeEmbedded(line, metrics);
        options.onLog?.(name, line);
      };
      const env = functionEnvironment(name, around);
      const definition = { name, file: files[i] ?? '', env, timeoutMs: timeoutOf(name), onLog };
      const onInvoked = (payload: string, outcome: Outcome) => options.onInvoked?.(name, payload, outcome);
      return [name, new FunctionPool(definition, poolSize, onInvoked)];
    }),
  ) as Record<LocalFunction, FunctionPool>;
  for (const name of LOCAL_FUNCTIONS) served.set(name, pools[name]);

  const poll = (queue: LocalQueue, name: LocalFunction): Poller => {
    const poller = new Poller({
      queue,
      invoke: async (payload) => {
        const outcome = await pools[name].invoke(payload);
        return outcome.ok ? outcome.payload : null;
      },
      batchSize: 10,
      windowMs: 20,
      concurrency: poolSize,
      retryDelayMs: options.retryDelayMs ?? 250,
    });
    undo.add(() => poller.stop());
    return poller;
  };
  const pollers = [poll(queues.feedback, 'feedback'), poll(queues.sends, 'queue')];
  undo.add(() => Promise.all(Object.values(pools).map((pool) => pool.stop())));
  undo.add(() => Promise.all(pollers.map((poller) => poller.drain(DRAIN_MS))));
  undo.add(() => simulator.stop());
  // the others start with their first event
  await Promise.all([pools.feedback.warm(), pools.send.warm()]);

  return {
    addresses: { lambda: lambda.url, ...addresses },
    account: ses.account,
    inbox: ses.inbox,
    topic,
    queue: queues.feedback,
    deadLetterQueue: queues.deadLetters,
    sendQueue: queues.sends,
    sendDeadLetterQueue: queues.sendDeadLetters,
    failedSends: queues.failedSends,
    unsubscribeSecret: secret,
    metrics,
    notices,
    invoke: (name, event) => pools[name].invoke(JSON.stringify(event)),
    showConsole: (url) => {
      console = url;
    },
    isSettled: () => simulator.isIdle && pollers.every((poller) => poller.isIdle),
    stop: () => undo.run(),
  };
}

/** The line that says where everything is, on standard output and at `GET /`. */
export const readyLine = (addresses: LocalAddresses) => ({ event: 'ready', ...addresses }) as const;

const firstKey = (): string => JSON.stringify({ id: 'first', key: randomBytes(32).toString('base64url') });
