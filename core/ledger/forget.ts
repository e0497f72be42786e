import type { Policy } from '../contract/index.ts';
import { type Entry, type EntryKey, emptyEntry } from '../entry/entry.ts';
import { knowsNothing } from '../entry/merge.ts';
import type { Instant } from '../instant.ts';
import { type Told, tell } from './last-word.ts';
import type { Ledger } from './ledger.ts';

/** How much text an entry holds: what `forget` drops. */
export interface Texts {
  /** Pieces of evidence with what a remote server said. */
  readonly diagnostics: number;
  /** Pieces of evidence with another address that a remote server named. */
  readonly reported: number;
  /** Whether it names who decided. */
  readonly operator: boolean;
  /** Whether it holds a person's note. */
  readonly note: boolean;
}

/** The texts of an entry. @example textsOf(entry) // { diagnostics: 1, reported: 0, operator: true, note: true } */
export const textsOf = ({ evidence, operator }: Entry): Texts => ({
  diagnostics: evidence.filter(({ diagnostic }) => diagnostic !== undefined).length,
  reported: evidence.filter(({ reported }) => reported !== undefined).length,
  operator: (operator?.by ?? '') !== '',
  note: (operator?.note ?? '') !== '',
});

/** Whether nothing is left to forget. */
export const isTextless = (entry: Entry): boolean => {
  const { diagnostics, reported, operator, note } = textsOf(entry);
  return diagnostics === 0 && reported === 0 && !operator && !note;
};

/** What forgetting must not be older than: everything that has a text. */
const newestFact = ({ evidence, operator }: Entry): Instant =>
  evidence.reduce((latest, { at }) => Math.max(latest, at), operator?.at ?? 0);

/**
 * Drops the texts of an entry: what remote servers said and whom they named, who decided and why. Address, scope and of
 * each piece what standing and merging need stay, so the block stays too. What happened before now and arrives later is
 * kept without text.
 *
 * @returns `unchanged`, without a write, if there is no such entry
 * @throws when the table cannot say
 * @example await forget(ledger, { address, scope: '*' }, policy, now)
 */
export const forget = (ledger: Ledger, key: EntryKey, policy: Policy, now: Instant): Promise<Told> =>
  tell(ledger, key, policy, {
    factFor: (known) =>
      knowsNothing(known) ? undefined : { ...emptyEntry(key), forgottenAt: Math.max(now, newestFact(known)) },
    holds: isTextless,
  });
