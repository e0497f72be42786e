import type { Policy } from '../contract/index.ts';
import { type Derived, derive, type Standing } from '../entry/derive.ts';
import { type Entry, emptyEntry } from '../entry/entry.ts';
import { knowsNothing, merge, sameFacts, settle } from '../entry/merge.ts';
import { DAY, type Instant, toEpochSeconds } from '../instant.ts';
import type { Told } from './archive.ts';

/**
 * How an archive is brought in. `merge`: what it says is learnt, and nothing known is lost. `rebuild`: what its messages
 * have left is taken back first, so that another policy decides about them anew.
 */
export type ReplayMode = 'merge' | 'rebuild';

/** An entry as the table holds it: its facts, and what is published of them. */
export interface Held {
  readonly entry: Entry;
  readonly standing: Standing;
}

/** What a replay makes of one entry. */
export interface Difference {
  /** `standing`: another status, reason or end. `facts`: only what it rests on. */
  readonly kind: 'same' | 'facts' | 'standing';
  readonly entry: Entry;
  readonly before: Standing | undefined;
  readonly after: Derived;
}

const merged = (held: Held | undefined, { facts }: Told): Entry =>
  settle(merge(held?.entry ?? emptyEntry(facts), facts));

/**
 * An entry without what the archive's messages have left in it, merged with what they say now. What a person decided, what
 * was removed or forgotten, and evidence of other messages stays.
 */
const rebuilt = (held: Held | undefined, { facts, ids }: Told): Entry => {
  const known = held?.entry ?? emptyEntry(facts);
  return settle(merge({ ...known, evidence: known.evidence.filter(({ id }) => !ids.has(id)) }, facts));
};

const seconds = (until: Instant | undefined): number | undefined =>
  until === undefined ? undefined : toEpochSeconds(until);

/** Whether two standings are published alike: the table has ends in seconds. */
const sameStanding = (a: Standing, b: Standing): boolean =>
  a.status === b.status && a.reason === b.reason && a.since === b.since && seconds(a.until) === seconds(b.until);

/**
 * What a replay makes of an entry. Under the same policy the published standing follows from the facts; rebuilding may be
 * under another one, and then it changes although the facts are the same.
 *
 * @param held - undefined: the table has no such entry
 * @example differenceOf(undefined, told, 'merge', policy).kind // 'standing'
 */
export const differenceOf = (held: Held | undefined, told: Told, mode: ReplayMode, policy: Policy): Difference => {
  const entry = mode === 'merge' ? merged(held, told) : rebuilt(held, told);
  const after = derive(entry, policy);
  const before = held?.standing;
  if (held === undefined) return { kind: knowsNothing(entry) ? 'same' : 'standing', entry, before, after };
  const known = sameFacts(entry, held.entry);
  const published = sameStanding(after, held.standing);
  if (known && (published || mode === 'merge')) return { kind: 'same', entry, before, after };
  return { kind: published ? 'facts' : 'standing', entry, before, after };
};

/**
 * What to publish of an entry: one that knows nothing any more, because all it knew belongs into another scope, is left to
 * the table to delete.
 */
export const published = ({ entry, after }: Difference, now: Instant): Derived =>
  knowsNothing(entry) ? { ...after, expiresAt: now + DAY } : after;
