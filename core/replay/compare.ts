import type { Policy } from '../contract/index.ts';
import { keyText } from '../entry/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Told } from './archive.ts';
import { type Difference, differenceOf, type ReplayMode } from './difference.ts';

/** What a replay would make of an entry, or why nobody can say. */
export type Compared =
  | {
      readonly kind: 'read';
      readonly told: Told;
      readonly difference: Difference;
      /** The lock of what was read; undefined: there was none. */
      readonly version: string | undefined;
    }
  | { readonly kind: 'unread'; readonly told: Told; readonly error: Error };

/**
 * Compares what an archive says with the table: two reads for 100 entries, nothing is written.
 *
 * @throws never
 */
export const compare = async (
  ledger: Pick<Ledger, 'read' | 'standings'>,
  all: readonly Told[],
  mode: ReplayMode,
  policy: Policy,
): Promise<Compared[]> => {
  const keys = all.map(({ facts }) => facts);
  const read = await ledger.read(keys);
  const standings = await ledger.standings(keys);
  return all.map((told): Compared => {
    const key = keyText(told.facts);
    const error = read.failed.get(key) ?? standings.failed.get(key);
    if (error !== undefined) return { kind: 'unread', told, error };
    const [stored, standing] = [read.found.get(key), standings.found.get(key)];
    const held = stored === undefined || standing === undefined ? undefined : { entry: stored.entry, standing };
    const difference = differenceOf(held, told, mode, policy);
    return { kind: 'read', told, difference, version: held === undefined ? undefined : stored?.version };
  });
};
