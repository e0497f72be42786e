import type { Derived, Standing } from '../../core/entry/derive.ts';
import { type Entry, type EntryKey, keyText } from '../../core/entry/entry.ts';
import type { Ledger, Read, Stored } from '../../core/ledger/ledger.ts';

/** What a test may do just before a write takes place: let another writer in, or fail. */
export type BeforeWrite = (entry: Entry) => void | Promise<void>;

/** A ledger in memory that honours the optimistic lock, counts what it is asked, and fails where it is told to. */
export class MemoryLedger implements Ledger {
  readonly reads: string[][] = [];
  readonly writes: { readonly key: string; readonly derived: Derived; readonly outcome: 'written' | 'lost' }[] = [];
  readonly unreadable = new Set<string>();
  beforeWrite: BeforeWrite = () => undefined;
  readonly #stored = new Map<string, Stored>();
  readonly #standings = new Map<string, Standing>();
  #versions = 0;

  async read(keys: readonly EntryKey[]): Promise<Read<Stored>> {
    this.reads.push(keys.map(keyText));
    return this.#pick(keys, this.#stored);
  }

  async standings(keys: readonly EntryKey[]): Promise<Read<Standing>> {
    return this.#pick(keys, this.#standings);
  }

  async write(entry: Entry, derived: Derived, readVersion: string | undefined): Promise<'written' | 'lost'> {
    await this.beforeWrite(entry);
    const key = keyText(entry);
    const outcome = this.#stored.get(key)?.version === readVersion ? 'written' : 'lost';
    this.writes.push({ key, derived, outcome });
    if (outcome === 'written') this.put(entry, derived);
    return outcome;
  }

  /** Another writer's write: it asks no lock and is not counted. */
  put(entry: Entry, derived: Standing): void {
    this.#versions += 1;
    // Through JSON, as through a table: nothing but facts may survive.
    const facts = JSON.parse(JSON.stringify(entry)) as Entry;
    this.#stored.set(keyText(entry), { entry: facts, version: `v${this.#versions}` });
    this.#standings.set(keyText(entry), derived);
  }

  /** What TTL or `forget --unblock` does: the entry is gone. */
  remove(key: EntryKey): void {
    this.#stored.delete(keyText(key));
    this.#standings.delete(keyText(key));
  }

  entry(key: EntryKey): Entry | undefined {
    return this.#stored.get(keyText(key))?.entry;
  }

  get size(): number {
    return this.#stored.size;
  }

  #pick<T>(keys: readonly EntryKey[], from: ReadonlyMap<string, T>): Read<T> {
    const found = new Map<string, T>();
    const failed = new Map<string, Error>();
    for (const key of keys.map(keyText)) {
      const value = from.get(key);
      if (this.unreadable.has(key)) failed.set(key, new Error('the table is not there'));
      else if (value !== undefined) found.set(key, value);
    }
    return { found, failed };
  }
}
