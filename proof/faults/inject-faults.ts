import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { sleep as realSleep, type Sleep } from '../../adapters/pause.ts';
import type { Dice } from './dice.ts';
import { FAULT_KINDS, type FaultKind, type FaultRates, type Service } from './fault.ts';
import type { FaultLog } from './fault-log.ts';
import { Life } from './life.ts';
import { subjectOf } from './subject.ts';
import { type BatchInput, type BatchOutput, joined, withheld } from './unprocessed.ts';
import { happens, wireFault } from './wire.ts';

/** A client that faults can be put into. */
export type FaultyClient = DynamoDBClient | SQSClient | SESClient;

/** A request that leaves for the service, as the caller of the SDK made it. */
export interface Leaving {
  readonly operation: string;
  readonly input: object;
}

/** What is put in, and how often. */
export interface FaultOptions {
  readonly service: Service;
  /** Shared by all clients of a run. */
  readonly dice: Dice;
  /** Asked before each request, so that an outage can come and go. */
  readonly rates: () => FaultRates;
  readonly log: FaultLog;
  /** The environment the client belongs to. @default - one that never dies */
  readonly life?: Life;
  /** Told of each request that arrives at the service, whatever becomes of its answer. */
  readonly onArrival?: (leaving: Leaving) => void;
  /** How a slow answer is waited for. @default - by the real clock */
  readonly sleep?: Sleep;
}

type Handled = Awaited<ReturnType<DynamoDBClient['config']['requestHandler']['handle']>>;

const SLOW_MS = 20;

/** The kind that this throw of the dice stands for, if any: each has a stretch of [0, 1) as long as its rate. */
export const faultAt = (thrown: number, rates: FaultRates): FaultKind | undefined => {
  let end = 0;
  for (const kind of FAULT_KINDS) {
    end += rates[kind] ?? 0;
    if (thrown < end) return kind;
  }
  return undefined;
};

const operationOf = (commandName: string | undefined): string => (commandName ?? '').replace(/Command$/, '');

const isBatch = (operation: string): boolean => operation === 'BatchGetItem' || operation === 'BatchWriteItem';

/** Batch calls that leave something unprocessed: what is withheld is not even asked for. */
const leaveUnprocessed = (client: DynamoDBClient, { service, dice, rates, log }: FaultOptions): void => {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const operation = operationOf(commandName);
        if (!isBatch(operation)) return next(args);
        const input = args.input as BatchInput;
        const subject = subjectOf(operation, input);
        if (dice.throw(`unprocessed ${subject}`) >= (rates().unprocessed ?? 0)) return next(args);
        log.add({ service, operation, kind: 'unprocessed', subject });
        const { asked, left } = withheld(input, (part) => dice.throw(`withheld ${part}`) < 0.5);
        const response =
          asked === undefined
            ? { output: { $metadata: {} }, response: {} }
            : await next({ ...args, input: { ...args.input, ...asked } });
        return { ...response, output: joined(operation, response.output as BatchOutput, left) } as typeof response;
      },
    { step: 'initialize', name: 'unprocessed' },
  );
};

/**
 * Puts faults into a real client: below its retries, its signing and its reading of answers, at the HTTP handler, so that
 * every line of the SDK runs as it does against AWS. The nth request for the same keys meets the same fault in every run with
 * the same dice; which invocation makes the nth is up to the run.
 *
 * @returns the same client
 * @example injectFaults(dynamoDbClient(), { service: 'dynamodb', dice, rates: () => evenly('dynamodb', 0.05), log })
 */
export const injectFaults = <C extends FaultyClient>(given: C, options: FaultOptions): C => {
  const { service, dice, rates, log, life = new Life(), onArrival = () => undefined, sleep = realSleep } = options;
  // The clients differ in the types of what passes through only, and nothing here looks at it.
  const client = given as FaultyClient as DynamoDBClient;
  const calls = new WeakMap<object, Leaving>();
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        calls.set(args.request as object, { operation: operationOf(commandName), input: args.input });
        return next(args);
      },
    { step: 'deserialize', priority: 'low', name: 'leaving' },
  );
  if (service === 'dynamodb') leaveUnprocessed(client, options);
  const handler = client.config.requestHandler;
  const handle = handler.handle.bind(handler);
  const send = async (request: Parameters<typeof handle>[0], how: Parameters<typeof handle>[1]): Promise<Handled> => {
    const leaving = calls.get(request) ?? { operation: '', input: {} };
    const { operation, input } = leaving;
    const subject = subjectOf(operation, input);
    log.request();
    const kind = faultAt(dice.throw(subject), { ...rates(), unprocessed: 0 });
    const arrive = (): Promise<Handled> => {
      onArrival(leaving);
      return handle(request, how);
    };
    if (kind === undefined || kind === 'unprocessed') return arrive();
    log.add({ service, operation, kind, subject });
    if (kind === 'slow') {
      await sleep(SLOW_MS);
      return arrive();
    }
    if (happens(kind)) (await arrive()).response.body?.resume?.();
    return { response: wireFault(service, kind) } as unknown as Handled;
  };
  handler.handle = (request, how) => life.request(() => send(request, how));
  return given;
};
