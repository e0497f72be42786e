import type { Address } from '../address/address.ts';
import type { Derived, Standing } from '../entry/derive.ts';
import type { Entry, EntryKey } from '../entry/entry.ts';

/** An entry as the table holds it. */
export interface Stored {
  readonly entry: Entry;
  /** The optimistic lock: a write is refused if the entry has another version by then. */
  readonly version: string;
}

/** What a read found, keyed by `keyText`; a key in neither map has no entry. */
export interface Read<T> {
  readonly found: ReadonlyMap<string, T>;
  /** Keys that could not be read, with the fault: unknown, which is not "no entry". */
  readonly failed: ReadonlyMap<string, Error>;
}

/** One line of the list: an entry without its evidence. */
export interface Listed extends EntryKey, Standing {
  readonly updatedAt: string;
}

/** The suppression table as core sees it. Implementations pass one contract suite. */
export interface Ledger {
  /** Entries with all evidence, read consistently, 100 keys a request; keys may repeat. Never throws. */
  read(keys: readonly EntryKey[]): Promise<Read<Stored>>;
  /** What a send needs to know, read consistently, 100 keys a request; keys may repeat. Never throws. */
  standings(keys: readonly EntryKey[]): Promise<Read<Standing>>;
  /**
   * Writes an entry if the table still holds the version that was read (`undefined`: none).
   *
   * @returns `lost` when another writer was first; nothing was written then
   * @throws when the table cannot say; the write may have happened, and repeating it is harmless
   */
  write(entry: Entry, derived: Derived, readVersion: string | undefined): Promise<'written' | 'lost'>;
}

/** The list newest first, as the index `recent` has it: suppressed and allowed entries only. */
export interface RecentList {
  recent(): AsyncIterable<Listed>;
}

/** An entry as a scan of the whole table meets it. */
export type Scanned =
  | {
      readonly kind: 'entry';
      readonly entry: Entry;
      /** As it is published in the table. */
      readonly standing: Standing;
      readonly updatedAt: string;
    }
  /** An item that cannot be read: the scan goes on. */
  | { readonly kind: 'unreadable'; readonly address: string; readonly scope: string; readonly error: Error };

/** Everything the table holds. */
export interface EntryScan {
  /**
   * Every entry, read consistently page by page, in no order; what is written meanwhile may be missing. It reads, and
   * costs, the whole table.
   *
   * @throws when the table cannot say
   */
  scan(): AsyncIterable<Scanned>;
}

/** Where an address has entries. */
export interface ScopeList {
  /**
   * Every scope in which the address has an entry, read consistently, in alphabetical order.
   *
   * @throws when the table cannot say
   * @example await ledger.scopesOf(address) // ['*', 'newsletter']
   */
  scopesOf(address: Address): Promise<readonly string[]>;
}

/** Takes whole entries away: the one write that is no join. */
export interface EntryRemoval {
  /**
   * Deletes an entry, whatever it holds; one that is not there is fine too.
   *
   * @throws when the table cannot say; it may have happened, and repeating it is harmless
   */
  delete(key: EntryKey): Promise<void>;
}
