import type { BlockingReason } from '../../core/entry/entry.ts';
import type { Listed } from '../../core/ledger/ledger.ts';

/** What is wanted of the list; what is absent does not matter. */
export interface Wanted {
  readonly reason?: readonly BlockingReason[];
  readonly scope?: readonly string[];
  readonly status?: 'suppressed' | 'allowed';
}

/** Whether an entry is wanted. What is allowed is so by a person and has no reason that blocks. */
export const isWanted = (entry: Listed, { reason, scope, status }: Wanted): boolean =>
  (status === undefined || entry.status === status) &&
  (scope === undefined || scope.includes(entry.scope)) &&
  (reason === undefined ||
    (entry.status === 'suppressed' && entry.reason !== undefined && reason.includes(entry.reason)));

/** Entries that are wanted, as they come, and no more than so many. */
export async function* pick(list: AsyncIterable<Listed>, wanted: Wanted, most: number): AsyncGenerator<Listed> {
  let count = 0;
  for await (const entry of list) {
    if (!isWanted(entry, wanted)) continue;
    yield entry;
    count += 1;
    if (count >= most) return;
  }
}
