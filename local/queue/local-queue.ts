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
  /** ARN of the queue from which it was moved to these dead letters; `null` where it was sent here. */
  readonly sourceArn: string | null;
}

interface Stored {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  readonly sourceArn: string | null;
  firstReceivedAt: number;
  receiveCount: number;
  receiptHandle: string;
  visibleAt: number;
  /** Its receiver has said when it is to be seen again. */
  isTimed: boolean;
}

type Incoming = Pick<Stored, 'messageId' | 'body' | 'attributes' | 'sentAt' | 'sourceArn'>;

export interface QueueOptions {
  readonly name: string;
  /** How long a received message stays hidden unless the receiver says otherwise. */
  readonly visibilityTimeoutMs: number;
  /** Where a message goes when it would be received once more than `maxReceiveCount`. */
  readonly redrive?: { readonly maxReceiveCount: number; readonly deadLetterQueue: LocalQueue };
  /** Told of each message that comes in. */
  readonly onMessage?: (message: QueuedMessage) => void;
}

/** A message as it was sent. */
export type QueuedMessage = Pick<ReceivedMessage, 'messageId' | 'body' | 'attributes'>;

/** A standard queue in memory: at least once, hidden while somebody works on it, dead letters after too many tries. */
export class LocalQueue {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutMs: number;
  readonly redrive: QueueOptions['redrive'];
  readonly #onMessage: (message: QueuedMessage) => void;
  readonly #messages = new Map<string, Stored>();
  readonly #waiting = new Set<() => void>();
  #deliveries = 0;
  #deletesToLose = 0;

  constructor(options: QueueOptions) {
    this.name = options.name;
    this.arn = arn('sqs', options.name);
    this.visibilityTimeoutMs = options.visibilityTimeoutMs;
    this.redrive = options.redrive;
    this.#onMessage = options.onMessage ?? (() => undefined);
  }

  /** Messages nobody is working on. */
  get visible(): number {
    return this.visibleWithin(0);
  }

  /** Messages that somebody could receive `ms` from now, if nobody does before. */
  visibleWithin(ms: number): number {
    const then = Date.now() + ms;
    return [...this.#messages.values()].filter((message) => message.visibleAt <= then).length;
  }

  /** Messages that were received and may come back. */
  get inFlight(): number {
    return this.#hidden().filter(({ receiveCount }) => receiveCount > 0).length;
  }

  /** Messages whose delay is not over. */
  get delayed(): number {
    return this.#hidden().filter(({ receiveCount }) => receiveCount === 0).length;
  }

  /** All messages, seen or not. */
  get size(): number {
    return this.#messages.size;
  }

  /** How often a message was received, since the start. */
  get deliveries(): number {
    return this.#deliveries;
  }

  /**
   * @param delayMs - how long nobody can receive it
   * @returns the new message's id
   */
  send(body: string, attributes: MessageAttributes = {}, delayMs = 0): string {
    return this.#add({ messageId: randomUUID(), body, attributes, sentAt: Date.now(), sourceArn: null }, delayMs);
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
      message.isTimed = false;
      this.#deliveries += 1;
      received.push({ ...message });
    }
    return received;
  }

  /** @returns whether the handle was the latest of a message that is still there */
  delete(receiptHandle: string): boolean {
    const message = this.#byHandle(receiptHandle);
    if (message === undefined) return false;
    if (this.#deletesToLose === 0) return this.#messages.delete(message.messageId);
    this.#deletesToLose -= 1;
    this.#show(message, 0);
    return true;
  }

  /** The next deletes do not reach every copy, as happens with SQS now and then: those messages are delivered again. */
  loseDeletes(times: number): void {
    this.#deletesToLose = times;
  }

  /** @returns as {@link delete} */
  changeVisibility(receiptHandle: string, visibilityTimeoutMs: number): boolean {
    const message = this.#byHandle(receiptHandle);
    if (message === undefined) return false;
    this.#show(message, visibilityTimeoutMs);
    message.isTimed = true;
    return true;
  }

  /** Shows every message at once, as if the time that each is hidden for were over. */
  showAll(): void {
    for (const message of this.#messages.values()) this.#show(message, 0);
  }

  /**
   * Moves all messages, those that somebody has received too, to where each is to go: there it is new, with an id of its
   * own. Stops at the first that has nowhere to go.
   *
   * @returns how many were moved
   */
  moveAll(destinationOf: (sourceArn: string | null) => LocalQueue | undefined): number {
    let moved = 0;
    for (const { messageId, body, attributes, sourceArn } of [...this.#messages.values()]) {
      const destination = destinationOf(sourceArn);
      if (destination === undefined) break;
      this.#messages.delete(messageId);
      destination.send(body, attributes);
      moved += 1;
    }
    return moved;
  }

  /** Ends the receiver's work without a result: the message is seen again when the receiver said, else after `ms`. */
  giveBack(receiptHandle: string, ms: number): void {
    const message = this.#byHandle(receiptHandle);
    if (message !== undefined && !message.isTimed) this.#show(message, ms);
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
    this.redrive.deadLetterQueue.#add({ ...message, sourceArn: this.arn });
    return true;
  }

  #add({ messageId, body, attributes, sentAt, sourceArn }: Incoming, delayMs = 0): string {
    const visibleAt = delayMs > 0 ? Date.now() + delayMs : 0;
    const fresh = { firstReceivedAt: 0, receiveCount: 0, receiptHandle: '', visibleAt, isTimed: false };
    this.#messages.set(messageId, { messageId, body, attributes, sentAt, sourceArn, ...fresh });
    this.#wake();
    this.#onMessage({ messageId, body, attributes });
    return messageId;
  }

  #hidden(): Stored[] {
    const now = Date.now();
    return [...this.#messages.values()].filter(({ visibleAt }) => visibleAt > now);
  }

  #show(message: Stored, ms: number): void {
    message.visibleAt = Date.now() + ms;
    this.#wake();
  }

  #byHandle(receiptHandle: string): Stored | undefined {
    if (receiptHandle === '') return undefined;
    return [...this.#messages.values()].find((message) => message.receiptHandle === receiptHandle);
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}
