import type { Policy } from '../contract/index.ts';
import { derive } from '../entry/derive.ts';
import { type Entry, type EntryKey, emptyEntry, keyText } from '../entry/entry.ts';
import { type Learnt, learn } from './learn.ts';
import type { Ledger } from './ledger.ts';

/** What became of a fact that was told. */
export type Told = Exclude<Learnt, { readonly outcome: 'failed' }>;

/** Others may have a later word this often before the fact is given up. */
const TRIES = 5;

/**
 * Tells the ledger a fact that depends on what it knows, such as one that must be newer than another: clocks differ, and
 * what a person asks for now must hold, whatever was written under a clock that is ahead.
 *
 * @param factFor - the fact to merge into what is known, or undefined if nothing need be told
 * @param holds - whether an entry says what was to be said
 * @throws when the table cannot say, or will not hold the fact
 */
export const tell = async (
  ledger: Ledger,
  key: EntryKey,
  policy: Policy,
  { factFor, holds }: { factFor(known: Entry): Entry | undefined; holds(entry: Entry): boolean },
): Promise<Told> => {
  const text = keyText(key);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const read = await ledger.read([key]);
    const fault = read.failed.get(text);
    if (fault !== undefined) throw fault;
    const known = read.found.get(text)?.entry ?? emptyEntry(key);
    const fact = factFor(known);
    if (fact === undefined) return { outcome: 'unchanged', entry: known, derived: derive(known, policy) };
    const learnt = (await learn(ledger, [fact], policy, read)).get(text);
    if (learnt === undefined || learnt.outcome === 'failed') throw learnt?.error ?? new Error('nothing was learnt');
    if (holds(learnt.entry)) return learnt;
  }
  throw new Error(`another writer had a later word ${TRIES} times`);
};
