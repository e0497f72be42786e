import { types } from 'node:util';
import type { Address } from '../core/address/address.ts';
import { Attribute } from '../core/contract/index.ts';
import type { Derived, Standing } from '../core/entry/derive.ts';
import { type Entry, type EntryKey, keyText } from '../core/entry/entry.ts';
import { type Instant, toIso } from '../core/instant.ts';
import type {
  EntryRemoval,
  EntryScan,
  Ledger,
  Listed,
  Read,
  RecentList,
  RecentPlace,
  RecentRange,
  Scanned,
  ScopeList,
  Stored,
} from '../core/ledger/ledger.ts';
import type { Attributes } from './attributes.ts';
import { shardOf } from './bucket.ts';
import { decodeEntry, decodeKey, decodeListed, decodeStanding, encodeEntry } from './entry-codec.ts';
import { decodeScanned } from './entry-scan.ts';

/** One key of one call, before or after it is done. */
export interface MemoryCall {
  readonly operation: 'read' | 'standings' | 'write' | 'delete';
  readonly key: EntryKey;
  /** A fault `after` a write has the write done and its answer lost. */
  readonly phase: 'before' | 'after';
}

/** What a ledger in memory is made of. */
export interface MemoryLedgerOptions {
  /** Milliseconds since the epoch, UTC. @default Date.now */
  readonly now?: () => Instant;
  /**
   * Called for every key of every call; an error it throws, or rejects with, is that key's fault. It may also wait.
   *
   * @default - nothing fails
   */
  readonly fault?: (call: MemoryCall) => void | Promise<void>;
}

/** The order of the index: by time, and within one millisecond by shard and key. */
const newestFirst = (a: RecentPlace, b: RecentPlace): number => {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? 1 : -1;
  const shards = shardOf(a.address) - shardOf(b.address);
  return shards !== 0 ? shards : keyText(a) < keyText(b) ? -1 : keyText(a) > keyText(b) ? 1 : 0;
};

const asError = (fault: unknown): Error => (types.isNativeError(fault) ? fault : new Error(String(fault)));

/**
 * The suppression table in memory, for tests and trials: the same contract as the one in DynamoDB, and items in the same
 * form, so that what it gives back never shares anything with what it was given.
 *
 * @example const ledger = new MemoryLedger({ fault: ({ operation }) => { if (operation === 'write') throw new Error('throttled'); } })
 */
export class MemoryLedger implements Ledger, RecentList, ScopeList, EntryScan, EntryRemoval {
  readonly #items = new Map<string, Attributes>();
  readonly #now: () => Instant;
  readonly #fault: (call: MemoryCall) => void | Promise<void>;
  #writes = 0;

  constructor({ now = Date.now, fault = () => undefined }: MemoryLedgerOptions = {}) {
    this.#now = now;
    this.#fault = fault;
  }

  /** Writes that happened, lost races not counted. */
  get writes(): number {
    return this.#writes;
  }

  /** The items as the table would hold them, for assertions. */
  get items(): readonly Attributes[] {
    return [...this.#items.values()].map((item) => structuredClone(item));
  }

  /** Puts an item as another program might, past every condition. */
  put(item: Attributes): void {
    this.#items.set(keyText(decodeKey(item)), structuredClone(item));
  }

  read(keys: readonly EntryKey[]): Promise<Read<Stored>> {
    return this.#each('read', keys, decodeEntry);
  }

  standings(keys: readonly EntryKey[]): Promise<Read<Standing>> {
    return this.#each('standings', keys, decodeStanding);
  }

  async write(entry: Entry, derived: Derived, readVersion: string | undefined): Promise<'written' | 'lost'> {
    const key = { address: entry.address, scope: entry.scope };
    await this.#fault({ operation: 'write', key, phase: 'before' });
    const held = this.#items.get(keyText(key));
    if (readVersion === undefined ? held !== undefined : held?.[Attribute.VERSION]?.S !== readVersion) return 'lost';
    this.#writes += 1;
    const written = { version: `memory-${this.#writes}`, updatedAt: this.#now() };
    this.#items.set(keyText(key), encodeEntry(entry, derived, written));
    await this.#fault({ operation: 'write', key, phase: 'after' });
    return 'written';
  }

  async delete({ address, scope }: EntryKey, readVersion?: string): Promise<'deleted' | 'lost'> {
    const key = { address, scope };
    await this.#fault({ operation: 'delete', key, phase: 'before' });
    const held = this.#items.get(keyText(key));
    if (readVersion !== undefined && held?.[Attribute.VERSION]?.S !== readVersion) return 'lost';
    this.#items.delete(keyText(key));
    await this.#fault({ operation: 'delete', key, phase: 'after' });
    return 'deleted';
  }

  async scopesOf(address: Address): Promise<readonly string[]> {
    const keys = this.items.map(decodeKey).filter((key) => key.address === address);
    return keys.map(({ scope }) => scope).sort();
  }

  async *recent({ since, until, after }: RecentRange = {}): AsyncGenerator<Listed> {
    const listed = this.items.filter((item) => item[Attribute.BUCKET] !== undefined).map(decodeListed);
    const from = since === undefined ? '' : toIso(since);
    const before = until === undefined ? '\uffff' : toIso(until);
    yield* listed
      .sort(newestFirst)
      .filter(({ updatedAt }) => updatedAt >= from && updatedAt < before)
      .filter((each) => after === undefined || newestFirst(after, each) < 0);
  }

  async *scan(): AsyncGenerator<Scanned> {
    yield* this.items.map(decodeScanned);
  }

  async #each<T>(
    operation: 'read' | 'standings',
    keys: readonly EntryKey[],
    decode: (item: Attributes) => T,
  ): Promise<Read<T>> {
    const found = new Map<string, T>();
    const failed = new Map<string, Error>();
    for (const [text, key] of new Map(keys.map((key) => [keyText(key), key]))) {
      try {
        await this.#fault({ operation, key, phase: 'before' });
        const item = this.#items.get(text);
        await this.#fault({ operation, key, phase: 'after' });
        if (item !== undefined) found.set(text, decode(item));
      } catch (fault) {
        failed.set(text, asError(fault));
      }
    }
    return { found, failed };
  }
}
