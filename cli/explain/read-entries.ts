import type { Policy } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { type EntryKey, keyText } from '../../core/entry/entry.ts';
import type { OpenedList } from '../dependencies.ts';
import type { Told } from './told.ts';

/** What was read of some entries. */
export interface Reading {
  /** In the order of the keys; those that are not there are left out. */
  readonly told: readonly Told[];
  /** What kept others from being read. */
  readonly faults: readonly { readonly key: EntryKey; readonly fault: Error }[];
}

/** Reads entries as the table has them: the facts, and what sends are told. Never throws. */
export const readEntries = async (
  keys: readonly EntryKey[],
  { ledger }: Pick<OpenedList, 'ledger'>,
  policy: Policy,
): Promise<Reading> => {
  const [facts, standings] = await Promise.all([ledger.read(keys), ledger.standings(keys)]);
  const told = keys.flatMap((key): Told[] => {
    const stored = facts.found.get(keyText(key));
    if (stored === undefined) return [];
    return [{ ...stored, standing: standings.found.get(keyText(key)) ?? derive(stored.entry, policy) }];
  });
  const faults = keys.flatMap((key) => {
    const fault = facts.failed.get(keyText(key)) ?? standings.failed.get(keyText(key));
    return fault === undefined ? [] : [{ key, fault }];
  });
  return { told, faults };
};
