import type { Listed, RecentList } from '../../core/ledger/ledger.ts';
import { byCount } from './by-count.ts';

/** Entries of the list, counted. */
export interface ListCounts {
  readonly entries: number;
  /** By reason of what is suppressed, and `allowed`. */
  readonly byReason: ReadonlyMap<string, number>;
  /** Whether all were counted. */
  readonly complete: boolean;
}

/** Changes that are counted: a unit of reading each few dozen, and a second each few thousand. */
export const MOST_CHANGES = 100_000;

const nameOf = ({ status, reason }: Listed): string => (status === 'suppressed' ? (reason ?? 'no reason') : status);

/**
 * Counts the newest entries that are suppressed or allowed, as the index has them.
 *
 * @param since - ISO 8601: those that changed then or later; undefined: all
 * @param most - entries that are read at the most
 * @param show - told how many were counted
 */
export const countList = async (
  ledger: RecentList,
  since: string | undefined,
  most: number,
  show: (counted: number) => void,
): Promise<ListCounts> => {
  const counts = new Map<string, number>();
  let entries = 0;
  const counted = (complete: boolean): ListCounts => ({
    entries,
    byReason: new Map(byCount(counts)),
    complete,
  });
  for await (const entry of ledger.recent()) {
    if (since !== undefined && entry.updatedAt < since) break;
    if (entries === most) return counted(false);
    entries += 1;
    counts.set(nameOf(entry), (counts.get(nameOf(entry)) ?? 0) + 1);
    show(entries);
  }
  return counted(true);
};
