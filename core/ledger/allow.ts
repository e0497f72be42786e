import type { Policy } from '../contract/index.ts';
import { derive } from '../entry/derive.ts';
import { type Entry, type EntryKey, emptyEntry } from '../entry/entry.ts';
import type { Instant } from '../instant.ts';
import { checkVoids, type Decided, decisionTime, isLast, kept } from './decision.ts';
import { type Told, tell } from './last-word.ts';
import type { Ledger } from './ledger.ts';

const isAllowed = (entry: Entry, policy: Policy): boolean => derive(entry, policy).status === 'allowed';

/** The newest complaint or unsubscribe: what a pin outranks only if it is not newer. */
const newestWish = ({ evidence }: Entry): Instant =>
  evidence.reduce(
    (latest, { reason, at }) => (reason === 'complaint' || reason === 'unsubscribe' ? Math.max(latest, at) : latest),
    0,
  );

/**
 * Pins an address in one scope by a person's decision: it may be mailed, without end, whatever bounces. Only a complaint
 * or an unsubscribe that is newer than the pin blocks it, or another decision ends it.
 *
 * @returns `unchanged`, without a write, if the same person pinned it with the same note and it still holds
 * @throws FutureFact if something that the pin must outrank is dated more than a day from now; when the table cannot say
 * @example await allow(ledger, { address, scope: '*' }, { by: 'sam', note: 'their filter is broken' }, policy, now)
 */
export const allow = (ledger: Ledger, key: EntryKey, decided: Decided, policy: Policy, now: Instant): Promise<Told> => {
  const said = kept(decided);
  return tell(ledger, key, policy, {
    factFor: (known) => {
      if (isLast(known, 'allow', said) && isAllowed(known, policy)) return undefined;
      const at = Math.max(decisionTime(known, now), newestWish(known));
      checkVoids(at, now);
      return { ...emptyEntry(key), operator: { action: 'allow', ...said, at } };
    },
    holds: (entry) => isAllowed(entry, policy),
  });
};
