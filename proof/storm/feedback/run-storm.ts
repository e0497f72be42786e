import { Life } from '../../faults/life.ts';
import { answered } from '../answered.ts';
import type { Weather } from '../clients.ts';
import { Draw } from '../draw.ts';
import { heapAfterCollection } from '../heap.ts';
import { queueRecord } from './envelopes.ts';
import { type Environment, startEnvironment, type Tables } from './environment.ts';
import { eventOf, type StormSize } from './events.ts';
import { History } from './history.ts';
import type { LetterBox } from './letter-box.ts';
import { StormQueue } from './storm-queue.ts';

/** A storm to be run. */
export interface StormOptions {
  readonly size: StormSize;
  readonly arrivals: Int32Array;
  readonly tables: Tables;
  readonly letters: LetterBox;
  readonly weather: Weather;
  /** Environments at work at once; with 1 the same seed gives the very same run. */
  readonly workers: number;
  /** Requests that an environment lives for, on average; infinite: nobody dies. */
  readonly lifetime: number;
  /** Messages that are acknowledged without anybody reading them: what the checks must notice. @default - none */
  readonly skipped?: ReadonlySet<number>;
}

/** What happened. */
export interface StormRun {
  readonly history: History;
  readonly queue: StormQueue;
  readonly invocations: number;
  /** Invocations that never returned. */
  readonly killed: number;
  /** Messages that were given back, each time counted. */
  readonly givenBack: number;
  /** Bytes on the heap after a forced collection, by how many messages had been acknowledged. */
  readonly heaps: readonly { readonly messages: number; readonly bytes: number }[];
}

/** Records in a batch: the default, and what a busy queue with a window gives. */
const BATCHES = [1, 10, 10, 50];
const VISIBILITY = 60;
/** Far beyond bad luck: only what can never succeed is taken so often. */
const MAX_RECEIVES = 12;
const CHECKPOINTS = [0.1, 0.5, 1];

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

/** Runs the feedback function on everything that arrives until the queue is empty. */
export const runStorm = async (options: StormOptions): Promise<StormRun> => {
  const { size, arrivals, tables, letters, weather, workers, lifetime, skipped = new Set() } = options;
  const queue = new StormQueue(arrivals.length, { visibility: VISIBILITY, maxReceiveCount: MAX_RECEIVES });
  const history = new History(arrivals);
  const counts = { invocations: 0, killed: 0, givenBack: 0, started: 0, busy: 0 };
  const heaps: { messages: number; bytes: number }[] = [];

  const start = (): Environment => {
    counts.started += 1;
    const draw = new Draw(size.seed, -2, counts.started);
    const request = Number.isFinite(lifetime) ? draw.below(2 * lifetime) : Number.POSITIVE_INFINITY;
    return startEnvironment(tables, letters, weather, new Life({ request, phase: draw.pick(['before', 'after']) }));
  };

  /** @returns the messages that are acknowledged; undefined if the function was killed */
  const invoke = async ({ handler, life }: Environment, event: unknown, messages: readonly number[]) => {
    const answer = handler(event).then(
      ({ batchItemFailures }) => new Set(batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier))),
      () => new Set(messages),
    );
    const failed = await answered(Promise.race([answer, life.over]));
    counts.invocations += 1;
    if (failed === undefined) counts.killed += 1;
    else counts.givenBack += failed.size;
    return failed === undefined ? undefined : new Set(messages.filter((message) => !failed.has(message)));
  };

  /** Batches of records, and each event of its own alone. */
  const invocationsOf = (
    messages: readonly number[],
  ): { readonly event: unknown; readonly of: readonly number[] }[] => {
    const events = messages.map((message) => ({ message, ...eventOf(size, arrivals[message] ?? 0) }));
    const queued = events.filter(({ way }) => way === 'queue');
    const Records = queued.map(({ message, body, sentAt }) =>
      queueRecord(String(message), body, sentAt, queue.receives(message)),
    );
    return [
      ...(Records.length === 0 ? [] : [{ event: { Records }, of: queued.map(({ message }) => message) }]),
      ...events
        .filter(({ way }) => way === 'direct')
        .map(({ message, body }) => ({ event: JSON.parse(body), of: [message] })),
    ];
  };

  const sizes = new Draw(size.seed, -3);
  const work = async (until: number): Promise<void> => {
    let environment = start();
    while (queue.left > until) {
      const taken = queue.take(sizes.pick(BATCHES));
      for (const message of taken) if (skipped.has(message)) queue.delete(message);
      const messages = taken.filter((message) => !skipped.has(message));
      if (messages.length === 0) {
        if (counts.busy === 0) queue.pass();
        await pause();
        continue;
      }
      counts.busy += 1;
      for (const { event, of } of invocationsOf(messages)) {
        const began = history.began(of);
        const acknowledged = await invoke(environment, event, of);
        history.ended(of, began, acknowledged ?? new Set());
        for (const message of acknowledged ?? []) queue.delete(message);
        if (acknowledged !== undefined) continue;
        environment.close();
        environment = start();
      }
      counts.busy -= 1;
    }
    environment.close();
  };

  for (const share of CHECKPOINTS) {
    const until = Math.round(arrivals.length * (1 - share));
    await Promise.all(Array.from({ length: workers }, () => work(until)));
    heaps.push({ messages: arrivals.length - queue.left, bytes: heapAfterCollection() });
  }
  const { invocations, killed, givenBack } = counts;
  return { history, queue, invocations, killed, givenBack, heaps };
};
