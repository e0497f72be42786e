import type { OpenedList } from '../../../cli/dependencies.ts';
import { cursorOf } from '../../../cli/list/cursor.ts';
import { listedFields } from '../../../cli/list/entry-lines.ts';
import type { Instant } from '../../../core/instant.ts';
import type { Listed } from '../../../core/ledger/ledger.ts';
import type { ListPage } from '../../api.ts';
import { find, type Looked } from './find.ts';
import type { ListQuery } from './list-query.ts';

/** Entries of the index that are looked at for one page: so much does one request read, and no more. */
export const MOST_LOOKED = 5000;

interface Taken {
  readonly entries: readonly Listed[];
  readonly next: string | null;
  readonly looked: number;
}

/** Takes what is wanted until the page is full or enough was looked at; the cursor is what was looked at last. */
const take = async (all: AsyncIterable<Looked>, limit: number): Promise<Taken> => {
  const entries: Listed[] = [];
  let last: Listed | undefined;
  let looked = 0;
  for await (const { entry, wanted } of all) {
    const isFull = looked === MOST_LOOKED || (wanted && entries.length === limit);
    if (isFull && last !== undefined) return { entries, next: cursorOf(last), looked };
    if (wanted) entries.push(entry);
    last = entry;
    looked += 1;
  }
  return { entries, next: null, looked };
};

/**
 * One page of the list.
 *
 * @throws CliError what kept the list from being read
 */
export const listPage = async (query: ListQuery, limit: number, list: OpenedList, now: Instant): Promise<ListPage> => {
  const found = await find(query, list);
  const { entries, ...how } = found.exact
    ? { entries: found.entries, next: null, looked: 0 }
    : await take(found.looked, limit);
  return { entries: entries.map((entry) => listedFields(entry, now)), ...how, exact: found.exact };
};
