import type { Policy } from '../contract/index.ts';
import { type Entry, type EntryKey, emptyEntry } from '../entry/entry.ts';
import type { Instant } from '../instant.ts';
import { type Decided, decisionTime, isLast, kept } from './decision.ts';
import { type Told, tell } from './last-word.ts';
import type { Ledger } from './ledger.ts';

const isAdded = ({ operator }: Entry): boolean => operator?.action === 'add';

/**
 * Puts an address on the list by a person's decision: blocked in this scope, without end, until a person removes it.
 *
 * @returns `unchanged`, without a write, if the same person added it with the same note already
 * @throws when the table cannot say
 * @example await add(ledger, { address, scope: '*' }, { by: 'sam', note: 'asked by phone' }, policy, now)
 */
export const add = (ledger: Ledger, key: EntryKey, decided: Decided, policy: Policy, now: Instant): Promise<Told> => {
  const said = kept(decided);
  return tell(ledger, key, policy, {
    factFor: (known) =>
      isLast(known, 'add', said)
        ? undefined
        : { ...emptyEntry(key), operator: { action: 'add', ...said, at: decisionTime(known, now) } },
    holds: isAdded,
  });
};
