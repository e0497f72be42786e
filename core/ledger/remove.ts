import type { Policy } from '../contract/index.ts';
import { type Entry, type EntryKey, emptyEntry } from '../entry/entry.ts';
import { reasonsInForce } from '../entry/in-force.ts';
import type { Instant } from '../instant.ts';
import { checkVoids, type Decided, decisionTime, isLast, kept } from './decision.ts';
import { type Told, tell } from './last-word.ts';
import type { Ledger } from './ledger.ts';

/** Time up to which a removal must void: everything known, and everything that has happened but is not known yet. */
const voidUpTo = ({ evidence }: Entry, now: Instant): Instant =>
  evidence.reduce((latest, { at }) => Math.max(latest, at), now);

const isFree = (entry: Entry, policy: Policy): boolean =>
  entry.operator?.action === 'remove' && reasonsInForce(entry, policy).length === 0;

/** Whether the last decision was this very one, and nothing has happened since. */
const isRemoved = (known: Entry, said: Decided): boolean =>
  isLast(known, 'remove', said) &&
  known.evidence.every(({ at }) => at <= (known.clearedAt ?? Number.NEGATIVE_INFINITY));

/**
 * Takes an address off the list in one scope by a person's decision: a block, a hold, what was added and a pin alike.
 *
 * Everything known and everything older than now is void, also where it arrives later; what happens afterwards counts. It
 * is written even where nothing is known, so that feedback under way does not block an address that was just freed.
 *
 * @param only - asked about the entry at the moment of writing; false: it is left as it is
 * @returns `unchanged`, without a write, if the same person removed it with the same note and nothing happened since, or
 *   `only` said no
 * @throws FutureFact if something known is dated more than a day from now; when the table cannot say
 * @example await remove(ledger, { address, scope: '*' }, { by: 'sam', note: 'mailbox works again' }, policy, now)
 */
export const remove = (
  ledger: Ledger,
  key: EntryKey,
  decided: Decided,
  policy: Policy,
  now: Instant,
  only: (known: Entry) => boolean = () => true,
): Promise<Told> => {
  const said = kept(decided);
  return tell(ledger, key, policy, {
    factFor: (known) => {
      if (!only(known) || isRemoved(known, said)) return undefined;
      const clearedAt = voidUpTo(known, now);
      checkVoids(clearedAt, now);
      const operator = { action: 'remove', ...said, at: decisionTime(known, clearedAt) } as const;
      return { ...emptyEntry(key), clearedAt, operator };
    },
    holds: (entry) => isFree(entry, policy),
  });
};
