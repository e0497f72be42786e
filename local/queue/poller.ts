import type { LocalQueue, ReceivedMessage } from './local-queue.ts';
import { sqsRecord } from './sqs-record.ts';

/** Runs a function on a batch; resolves to its answer as JSON text, or to `null` when it failed. */
export type InvokeBatch = (payload: string) => Promise<string | null>;

export interface PollerOptions {
  readonly queue: LocalQueue;
  readonly invoke: InvokeBatch;
  /** Records in one batch at most. */
  readonly batchSize: number;
  /** How long a batch may gather, in milliseconds. */
  readonly windowMs: number;
  /** Batches at work at the same time. */
  readonly concurrency: number;
  /**
   * When a failed message is seen again, unless the function has set its visibility. A deployed queue waits out its
   * visibility timeout; a laptop need not.
   */
  readonly retryDelayMs: number;
}

/** The event source mapping: takes batches from a queue to a function and deletes what was dealt with. */
export class Poller {
  readonly #options: PollerOptions;
  readonly #stop = new AbortController();
  readonly #loops: Promise<void>[];
  #busy = 0;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#loops = Array.from({ length: options.concurrency }, () => this.#poll());
  }

  /** Whether nothing waits and nothing is being worked on. */
  get isIdle(): boolean {
    return this.#busy === 0 && this.#options.queue.size === 0;
  }

  /** Waits until everything has been dealt with that the queue has to give within `ms`, and until then at most. */
  async drain(ms: number): Promise<void> {
    const deadline = performance.now() + ms;
    const left = () => deadline - performance.now();
    while (left() > 0 && (this.#busy > 0 || this.#options.queue.visibleWithin(left()) > 0)) await sleep(10);
  }

  /** Takes no more batches and waits for those at work. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#loops);
  }

  async #poll(): Promise<void> {
    const { queue, batchSize, windowMs } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await queue.untilVisible(60_000, signal);
      await sleep(windowMs);
      if (signal.aborted) return;
      const batch = queue.receive(batchSize);
      if (batch.length > 0) await this.#work(batch);
    }
  }

  async #work(batch: readonly ReceivedMessage[]): Promise<void> {
    const { queue, invoke, retryDelayMs } = this.#options;
    this.#busy += 1;
    try {
      const answer = await invoke(JSON.stringify({ Records: batch.map((message) => sqsRecord(message, queue)) }));
      const failed = failedIds(answer, batch);
      for (const { messageId, receiptHandle } of batch) {
        if (failed.has(messageId)) queue.giveBack(receiptHandle, retryDelayMs);
        else queue.delete(receiptHandle);
      }
    } finally {
      this.#busy -= 1;
    }
  }
}

/** Which messages come back: those named; all of them when the function failed or named one it was never given. */
function failedIds(answer: string | null, batch: readonly ReceivedMessage[]): ReadonlySet<string> {
  const ids = new Set(batch.map(({ messageId }) => messageId));
  if (answer === null) return ids;
  const failures: unknown = JSON.parse(answer)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return ids;
  const named = failures.map((failure) => failure?.itemIdentifier);
  return named.every((id) => ids.has(id)) ? new Set(named) : ids;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
