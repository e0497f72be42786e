import type { Policy } from '../contract/index.ts';
import { type Derived, derive } from '../entry/derive.ts';
import { type Entry, emptyEntry, keyText } from '../entry/entry.ts';
import { merge, sameFacts, settle } from '../entry/merge.ts';
import { inParallel } from '../in-parallel.ts';
import type { Ledger, Read, Stored } from './ledger.ts';

/** What became of what was learnt about one key. */
export type Learnt =
  | { readonly outcome: 'written' | 'unchanged'; readonly entry: Entry; readonly derived: Derived }
  | { readonly outcome: 'failed'; readonly error: Error };

/** Other writers may be first this often before the key is given back as failed. */
const RACES = 50;
/** Writes under way at once. */
const PARALLEL = 16;

/** The facts of many entries, one entry a key. */
const byKey = (deltas: readonly Entry[]): Map<string, Entry> => {
  const merged = new Map<string, Entry>();
  for (const delta of deltas) {
    const key = keyText(delta);
    const known = merged.get(key);
    merged.set(key, merge(known ?? emptyEntry(delta), delta));
  }
  return merged;
};

const asError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)));

const learnOne = async (ledger: Ledger, delta: Entry, first: Stored | undefined, policy: Policy): Promise<Learnt> => {
  let stored = first;
  for (let race = 0; race < RACES; race += 1) {
    const known = stored?.entry ?? emptyEntry(delta);
    const entry = settle(merge(known, delta));
    const derived = derive(entry, policy);
    if (sameFacts(entry, known)) return { outcome: 'unchanged', entry, derived };
    if ((await ledger.write(entry, derived, stored?.version)) === 'written')
      return { outcome: 'written', entry, derived };
    const again = await ledger.read([delta]);
    const fault = again.failed.get(keyText(delta));
    if (fault !== undefined) throw fault;
    stored = again.found.get(keyText(delta));
  }
  throw new Error(`other writers were first ${RACES} times; the record will be delivered again`);
};

/**
 * Merges facts into the ledger: one read for all keys, one conditional write for each entry that changes, none for the
 * rest. A lost race reads that entry again and merges once more.
 *
 * @param deltas - entries that hold the new facts only; several may share a key
 * @param read - what was just read of their keys, if the caller has done that
 * @returns by `keyText`, what became of each key; a fault of one key fails that key alone
 * @throws never
 */
export const learn = async (
  ledger: Ledger,
  deltas: readonly Entry[],
  policy: Policy,
  read?: Read<Stored>,
): Promise<ReadonlyMap<string, Learnt>> => {
  const merged = [...byKey(deltas)];
  const learnt = new Map<string, Learnt>();
  if (merged.length === 0) return learnt;
  const { found, failed } = read ?? (await ledger.read(merged.map(([, delta]) => delta)));
  await inParallel(PARALLEL, merged, async ([key, delta]) => {
    try {
      const fault = failed.get(key);
      if (fault !== undefined) throw fault;
      learnt.set(key, await learnOne(ledger, delta, found.get(key), policy));
    } catch (error) {
      learnt.set(key, { outcome: 'failed', error: asError(error) });
    }
  });
  return learnt;
};
