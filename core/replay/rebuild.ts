import type { Policy } from '../contract/index.ts';
import { inParallel } from '../in-parallel.ts';
import type { Instant } from '../instant.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Compared, compare } from './compare.ts';
import { published } from './difference.ts';

/** What rebuilding takes. */
export interface RebuildDeps {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly now: () => Instant;
}

/** Other writers may be first this often before an entry is given up. */
const RACES = 50;
/** Entries under way at once. */
const PARALLEL = 16;

const rebuildOne = async (first: Compared, { ledger, policy, now }: RebuildDeps): Promise<boolean> => {
  let compared = first;
  for (let race = 0; race < RACES; race += 1) {
    if (compared.kind === 'unread') throw compared.error;
    const { difference, version, told } = compared;
    if (difference.kind === 'same') return false;
    if ((await ledger.write(difference.entry, published(difference, now()), version)) === 'written') return true;
    const [again] = await compare(ledger, [told], 'rebuild', policy);
    if (again === undefined) break;
    compared = again;
  }
  throw new Error(`other writers were first ${RACES} times; run it again`);
};

/**
 * Rebuilds entries from what an archive says: each is written only if the table still holds what was compared, else it is
 * compared again, so that what comes in meanwhile is not lost.
 *
 * @param compared - as `compare` has just found them
 * @returns how many were written
 * @throws what the table refuses; some may be written by then, and running it again goes on
 */
export const rebuild = async (compared: readonly Compared[], deps: RebuildDeps): Promise<number> => {
  let written = 0;
  await inParallel(PARALLEL, compared, async (each) => {
    if (await rebuildOne(each, deps)) written += 1;
  });
  return written;
};
