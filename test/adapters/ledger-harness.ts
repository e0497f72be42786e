import type { Attributes } from '../../adapters/attributes.ts';
import type { EntryKey } from '../../core/entry/entry.ts';
import type { EntryRemoval, EntryScan, Ledger, RecentList, ScopeList } from '../../core/ledger/ledger.ts';

/** A fresh, empty table with the means to look into it and to break it. */
export interface LedgerHarness {
  readonly ledger: Ledger & RecentList & ScopeList & EntryScan & EntryRemoval;
  /** A second writer of the same table. */
  readonly rival: Ledger;
  /** What both use as the time; may be set. */
  readonly clock: { now: number };
  /** The item as the table holds it. */
  item(key: EntryKey): Promise<Attributes | undefined>;
  /** Puts an item past every condition, as another program might. */
  put(item: Attributes): Promise<void>;
  /** Writes that reached the table and happened. */
  writes(): number;
  /** From now on every read fails. */
  failReads(): void;
  /** The next write fails and does not happen. */
  failNextWrite(): void;
  /** The next write happens, and its answer is lost. */
  loseNextAnswer(): void;
  /** From now on reads and writes are throttled, and keys left unprocessed, now and then. */
  disturb(): void;
}

export type MakeHarness = () => Promise<LedgerHarness>;

/** Numbers from 0 up to 1, the same in every run. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};
