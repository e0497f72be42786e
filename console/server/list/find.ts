import type { OpenedList } from '../../../cli/dependencies.ts';
import { awsFault } from '../../../cli/deployment/aws-fault.ts';
import { readEntries } from '../../../cli/explain/read-entries.ts';
import { isWanted } from '../../../cli/list/pick.ts';
import type { Address } from '../../../core/address/address.ts';
import { parseInstant } from '../../../core/instant.ts';
import type { Listed, RecentRange } from '../../../core/ledger/ledger.ts';
import type { ListQuery } from './list-query.ts';
import { searchOf } from './search.ts';

/** An entry that was looked at, and whether it was looked for. */
export interface Looked {
  readonly entry: Listed;
  readonly wanted: boolean;
}

/** What was asked for: one address, looked up, or a reading of the index. */
export type Found =
  | { readonly exact: true; readonly entries: readonly Listed[] }
  | { readonly exact: false; readonly looked: AsyncIterable<Looked> };

const isWithin = (updatedAt: string, { since, until }: RecentRange): boolean => {
  if (since === undefined && until === undefined) return true;
  const at = parseInstant(updatedAt);
  return at !== undefined && at >= (since ?? Number.NEGATIVE_INFINITY) && at < (until ?? Number.POSITIVE_INFINITY);
};

/** @throws the fault of an entry that could not be read */
const lookUp = async (address: Address, { wanted, range }: ListQuery, list: OpenedList): Promise<Listed[]> => {
  const keys = (await list.ledger.scopesOf(address)).map((scope) => ({ address, scope }));
  const { told, faults } = await readEntries(keys, list, list.policy);
  for (const { fault } of faults) throw fault;
  return told
    .map(({ entry: { scope }, standing, updatedAt = '' }): Listed => ({ address, scope, ...standing, updatedAt }))
    .filter((entry) => isWanted(entry, wanted) && isWithin(entry.updatedAt, range));
};

async function* look({ ledger }: OpenedList, { wanted, range }: ListQuery, part: string): AsyncGenerator<Looked> {
  try {
    for await (const entry of ledger.recent(range))
      yield { entry, wanted: isWanted(entry, wanted) && entry.address.includes(part) };
  } catch (fault) {
    throw awsFault(fault);
  }
}

/**
 * Finds entries of the list. One whole address is looked up in every scope, and then what is only watched is found too;
 * anything else is read from the index, newest change first, for as long as somebody takes it.
 *
 * @throws CliError what kept the list from being read
 */
export const find = async (query: ListQuery, list: OpenedList): Promise<Found> => {
  const search = searchOf(query.search);
  if (search.kind === 'part') return { exact: false, looked: look(list, query, search.part) };
  return {
    exact: true,
    entries: await lookUp(search.address, query, list).catch((fault: unknown) => Promise.reject(awsFault(fault))),
  };
};
