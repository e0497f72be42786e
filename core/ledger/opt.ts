import type { Policy } from '../contract/index.ts';
import { type Entry, type EntryKey, type Evidence, emptyEntry } from '../entry/entry.ts';
import { reasonsInForce } from '../entry/in-force.ts';
import type { Instant } from '../instant.ts';
import { cleanText } from '../text.ts';
import { type Told, tell } from './last-word.ts';
import type { Ledger } from './ledger.ts';

/** A person's choice about one stream. */
export interface Choice {
  /** The scope is the stream. */
  readonly key: EntryKey;
  /** The page or program that says so, at most 64 characters: `one-click`. It is kept, so no personal data. */
  readonly by?: string;
  /** When it was made. Absent: now, and it has the last word. */
  readonly at?: Instant;
}

const BY_CHARS = 64;

const evidenceOf = ({ key, by }: Choice, kind: 'opt-out' | 'opt-in', at: Instant): Evidence => ({
  id: `${kind}-${at}#${key.address}`,
  at,
  ...(kind === 'opt-out'
    ? { rule: 'unsubscribed', reason: 'unsubscribe', type: 'Unsubscribe' }
    : { rule: 'opted-in', reason: 'opted-in', type: 'Subscribe' }),
  ...(by === undefined ? {} : { subtype: cleanText(by, BY_CHARS) }),
});

const factOf = (choice: Choice, kind: 'opt-out' | 'opt-in', at: Instant): Entry => ({
  ...emptyEntry(choice.key),
  evidence: [evidenceOf(choice, kind, at)],
});

/** The time of the newest evidence of this reason; 0 if there is none. */
const newest = ({ evidence }: Entry, reason: Evidence['reason']): Instant =>
  evidence.reduce((latest, e) => (e.reason === reason ? Math.max(latest, e.at) : latest), 0);

/** What an opt-out must be newer than, or as new as, to count: removals, pins and opt-ins. */
const optOutFloor = (known: Entry): Instant =>
  Math.max(
    (known.clearedAt ?? 0) + 1,
    known.operator?.action === 'allow' ? known.operator.at + 1 : 0,
    newest(known, 'opted-in'),
  );

const isOptedOut = (entry: Entry, policy: Policy, now: Instant): boolean =>
  reasonsInForce(entry, policy).some(
    ({ reason, until }) => reason === 'unsubscribe' && (until === null || until > now),
  );

/** What became of an opt-out. */
export type OptedOut = Told & {
  /** It was unsubscribed before. */
  readonly already: boolean;
};

/**
 * Unsubscribes an address from a stream: mail in that stream is withheld, everything else goes on.
 *
 * A choice that is newer than the one known is written although it changes nothing today: an opt-in between the two, told
 * late, would lift the older one.
 *
 * @throws when the table cannot say
 * @example await optOut(ledger, { key: { address, scope: 'newsletter' }, by: 'one-click' }, policy, now)
 */
export const optOut = async (ledger: Ledger, choice: Choice, policy: Policy, now: Instant): Promise<OptedOut> => {
  let already = false;
  const told = await tell(ledger, choice.key, policy, {
    factFor: (known) => {
      const at = choice.at ?? Math.max(now, optOutFloor(known));
      already = isOptedOut(known, policy, now);
      return already && at <= newest(known, 'unsubscribe') ? undefined : factOf(choice, 'opt-out', at);
    },
    holds: (entry) => choice.at !== undefined || isOptedOut(entry, policy, now),
  });
  return { ...told, already };
};

/**
 * Subscribes an address to a stream again: lifts unsubscribes from it, and nothing else.
 *
 * It is written even where nothing is to be lifted, so that an older unsubscribe which arrives late changes nothing.
 *
 * @throws when the table cannot say
 */
export const optIn = (ledger: Ledger, choice: Choice, policy: Policy, now: Instant): Promise<Told> =>
  tell(ledger, choice.key, policy, {
    factFor: (known) => factOf(choice, 'opt-in', choice.at ?? Math.max(now, newest(known, 'unsubscribe') + 1)),
    holds: (entry) => choice.at !== undefined || !isOptedOut(entry, policy, now),
  });
