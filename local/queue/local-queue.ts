import { randomUUID } from 'node:crypto';
import { arn } from '../arn.ts';
import type { MessageAttributes } from './message-attributes.ts';

/** A message as a receiver sees it. Times are milliseconds since the epoch. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
}

interface Stored {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  firstReceivedAt: number;
  receiveCount: number;
  receiptHandle: string;
  visibleAt: number;
}

export interface QueueOptions {
  readonly name: string;
  /** How long a received message stays hidden unless the receiver says otherwise. */
  readonly visibilityTimeoutMs: number;
  /** Where a message goes when it would be received once more than `maxReceiveCount`. */
  readonly redrive?: { readonly maxReceiveCount: number; readonly deadLetterQueue: LocalQueue };
}

/** A standard queue in memory: at least once, hidden while somebody works on it, dead letters after too many tries. */
export class LocalQueue {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutMs: number;
  readonly redrive: QueueOptions['redrive'];
  readonly #messages = new Map<string, Stored>();
  readonly #waiting = new Set<() => void>();

  constructor(options: QueueOptions) {
    this.name = options.name;
    this.arn = arn('sqs', options.name);
    this.visibilityTimeoutMs = options.visibilityTimeoutMs;
    this.redrive = options.redrive;
  }

  /** Messages nobody is working on. */
  get visible(): number {
    const now = Date.now();
    return [...this.#messages.values()].filter((message) => message.visibleAt <= now).length;
  }

  /** Messages that were received and may come back. */
  get inFlight(): number {
    return this.#messages.size - this.visible;
  }

  /** @returns the new message's id */
  send(body: string, attributes: MessageAttributes = {}): string {
    return this.#add({ messageId: randomUUID(), body, attributes, sentAt: Date.now() });
  }

  /** Takes up to `max` visible messages and hides them for `visibilityTimeoutMs`. */
  receive(max: number, visibilityTimeoutMs = this.visibilityTimeoutMs): ReceivedMessage[] {
    const now = Date.now();
    const received: ReceivedMessage[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === max) break;
      if (message.visibleAt > now || this.#buried(message)) continue;
      message.receiveCount += 1;
      message.firstReceivedAt ||= now;
      message.visibleAt = now + visibilityTimeoutMs;
      message.receiptHandle = randomUUID();
      received.push({ ...message });
    }
    return received;
  }

  /** @returns whether the handle was the latest of a message that is still there */
  delete(receiptHandle: string): boolean {
    const message = this.#byHandle(receiptHandle);
    return message !== undefined && this.#messages.delete(message.messageId);
  }

  /** @returns as {@link delete} */
  changeVisibility(receiptHandle: string, visibilityTimeoutMs: number): boolean {
    const message = this.#byHandle(receiptHandle);
    if (message === undefined) return false;
    message.visibleAt = Date.now() + visibilityTimeoutMs;
    this.#wake();
    return true;
  }

  /** Resolves when there may be something to receive, after `ms` at the latest, or when `signal` aborts. */
  async untilVisible(ms: number, signal?: AbortSignal): Promise<void> {
    const now = Date.now();
    const next = Math.min(...[...this.#messages.values()].map((message) => message.visibleAt - now), ms);
    if (next <= 0 || signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, next);
      this.#waiting.add(done);
      signal?.addEventListener('abort', done);
    });
  }

  /** Moves a message that had all its tries to the dead-letter queue; it keeps its id and the time it was first sent. */
  #buried(message: Stored): boolean {
    if (this.redrive === undefined || message.receiveCount < this.redrive.maxReceiveCount) return false;
    this.#messages.delete(message.messageId);
    this.redrive.deadLetterQueue.#add(message);
    return true;
  }

  #add({ messageId, body, attributes, sentAt }: Pick<Stored, 'messageId' | 'body' | 'attributes' | 'sentAt'>): string {
    const fresh = { firstReceivedAt: 0, receiveCount: 0, receiptHandle: '', visibleAt: 0 };
    this.#messages.set(messageId, { messageId, body, attributes, sentAt, ...fresh });
    this.#wake();
    return messageId;
  }

  #byHandle(receiptHandle: string): Stored | undefined {
    if (receiptHandle === '') return undefined;
    return [...this.#messages.values()].find((message) => message.receiptHandle === receiptHandle);
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}
