import type { KeyHash } from '../core/messages/key-hash.ts';
import { RecordTooLarge } from '../core/messages/record-too-large.ts';
import type { SendRecord } from '../core/messages/send-record.ts';
import type { Sends, Written } from '../core/messages/sends.ts';
import type { Attributes } from './attributes.ts';
import { decodeSend, encodeSend } from './send-codec.ts';

/** One call, before or after it is done. */
export interface MemorySendsCall {
  readonly operation: 'read' | 'begin' | 'advance' | 'release';
  readonly key: KeyHash;
  /** A fault `after` a write has the write done and its answer lost. */
  readonly phase: 'before' | 'after';
}

/** What the records of sends in memory are made of. */
export interface MemorySendsOptions {
  /** Called around every call; an error it throws, or rejects with, is that call's fault. It may also wait. @default - nothing fails */
  readonly fault?: (call: MemorySendsCall) => void | Promise<void>;
}

/** What DynamoDB takes in one item. */
const ITEM_BYTES = 400 * 1024;

/**
 * The records of sends in memory, for tests and trials: the same contract as those in DynamoDB, and items in the same
 * form, so that what it gives back never shares anything with what it was given.
 */
export class MemorySends implements Sends {
  readonly #items = new Map<KeyHash, Attributes>();
  readonly #fault: (call: MemorySendsCall) => void | Promise<void>;
  #tokens = 0;
  #writes = 0;

  constructor({ fault = () => undefined }: MemorySendsOptions = {}) {
    this.#fault = fault;
  }

  /** Writes that happened, deletions among them, lost ones not. */
  get writes(): number {
    return this.#writes;
  }

  /** The items as the table would hold them, for assertions. */
  get items(): readonly Attributes[] {
    return [...this.#items.values()].map((item) => structuredClone(item));
  }

  token(): string {
    this.#tokens += 1;
    return `token-${this.#tokens}`;
  }

  read(key: KeyHash): Promise<SendRecord | undefined> {
    return this.#around('read', key, () => this.#held(key));
  }

  begin(record: SendRecord, over: string | undefined): Promise<Written> {
    return this.#around('begin', record.key, () => this.#put(record, this.#held(record.key)?.token === over));
  }

  advance(record: SendRecord): Promise<Written> {
    return this.#around('advance', record.key, () => {
      const held = this.#held(record.key);
      if (held?.token !== record.token) return 'lost';
      const { progress } = record;
      const answered = held.progress.state === 'answered' ? held.progress.messageId : undefined;
      const same = progress.state === 'answered' && progress.messageId === answered;
      return this.#put(record, answered === undefined || same);
    });
  }

  release({ key, token }: SendRecord): Promise<void> {
    return this.#around('release', key, () => {
      const held = this.#held(key);
      if (held?.token !== token || held.progress.state !== 'running') return;
      this.#writes += 1;
      this.#items.delete(key);
    });
  }

  #held(key: KeyHash): SendRecord | undefined {
    const item = this.#items.get(key);
    return item === undefined ? undefined : decodeSend(item);
  }

  #put(record: SendRecord, fits: boolean): Written {
    if (!fits) return 'lost';
    const item = encodeSend(record);
    const bytes = Buffer.byteLength(JSON.stringify(item));
    if (bytes > ITEM_BYTES) throw new RecordTooLarge(`the item has ${bytes} bytes, at most ${ITEM_BYTES} are taken`);
    this.#writes += 1;
    this.#items.set(record.key, item);
    return 'written';
  }

  async #around<T>(operation: MemorySendsCall['operation'], key: KeyHash, work: () => T): Promise<T> {
    await this.#fault({ operation, key, phase: 'before' });
    const done = work();
    await this.#fault({ operation, key, phase: 'after' });
    return done;
  }
}
