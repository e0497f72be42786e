import type { Address } from '../address/address.ts';
import type { Derived, Standing } from '../entry/derive.ts';
import type { Entry, EntryKey } from '../entry/entry.ts';
import type { Instant } from '../instant.ts';

/** An entry as the table holds it. */
export interface Stored {
  readonly entry: Entry;
  /** The optimistic lock: a write is refused if the entry has another version by then. */
  readonly version: string;
  /** When it was written, ISO 8601; absent if another program wrote it. */
  readonly updatedAt?: string;
  /** When the table may delete it; absent: never. */
  readonly expiresAt?: Instant;
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

/** A place in the list newest first: just after the entry that it is the key and the time of. */
export type RecentPlace = EntryKey & Pick<Listed, 'updatedAt'>;

/** Which part of the list newest first. */
export interface RecentRange {
  /** Only entries written then or later. @default - from the beginning */
  readonly since?: Instant;
  /** Only entries written before. @default - up to now */
  readonly until?: Instant;
  /** Only what comes after this place. @default - from the newest */
  readonly after?: RecentPlace;
}

/** The list newest first, as the index `recent` has it: suppressed and allowed entries only. */
export interface RecentList {
  /**
   * What is outside the range is not read.
   *
   * @example for await (const { address } of ledger.recent({ since: now - DAY })) …
   */
  recent(range?: RecentRange): AsyncIterable<Listed>;
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
   * Deletes an entry; one that is not there is fine too.
   *
   * @param readVersion - only this version; undefined: whatever it holds
   * @returns `lost` when it has another version, or is not there, and one was asked for; nothing was deleted then
   * @throws when the table cannot say; it may have happened, and repeating it is harmless
   */
  delete(key: EntryKey, readVersion?: string): Promise<'deleted' | 'lost'>;
}
