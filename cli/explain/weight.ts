import type { Policy } from '../../core/contract/index.ts';
import type { Entry, Evidence } from '../../core/entry/entry.ts';
import { reasonsInForce } from '../../core/entry/in-force.ts';
import { countStrikes, type StrikeCount } from '../../core/entry/strikes.ts';
import type { Instant } from '../../core/instant.ts';
import { timeWords, untilWords } from '../output/words.ts';

const LIFTS: Readonly<Record<string, string>> = { 'not-spam': 'complaint', 'opted-in': 'unsubscribe' };
/** Whether evidence of this reason blocks nothing, but lifts what is older. */
export const isLifting = (reason: string): boolean => Object.hasOwn(LIFTS, reason);

const LIFTED_BY: Readonly<Record<string, string>> = { complaint: 'not-spam', unsubscribe: 'opted-in' };

/** The strikes of an entry, as they count under a policy. */
export const strikesOf = ({ evidence, deliveries, clearedAt }: Entry, policy: Policy): StrikeCount => {
  const strikes = evidence.filter(({ reason }) => reason === 'soft-bounce');
  return countStrikes(strikes, deliveries, clearedAt ?? Number.NEGATIVE_INFINITY, policy);
};

/** Why a strike does not count, or that it does. */
const strikeWeight = (strike: Evidence, { counted, resetAt }: StrikeCount, policy: Policy): string => {
  if (counted.includes(strike)) return 'counts as a strike';
  return resetAt !== undefined && strike.at <= resetAt
    ? `no longer counts: a mail was delivered ${timeWords(resetAt)}`
    : `no longer counts: older than ${policy.softBounceWindowDays} days before the newest strike`;
};

/** That a piece is in force, or since when no longer. */
const forceWords = (until: Instant | null, now: Instant): string =>
  until === null || until > now ? 'in force' : `was in force; ${untilWords(until, now)}`;

/**
 * What each piece of evidence of an entry is worth today, in words: it is in force, lifts another, or is void and why. The
 * entry is judged once: another program may have written one with thousands of pieces.
 *
 * @example const weightOf = weigher(entry, policy, now); entry.evidence.map(weightOf)
 */
export const weigher = (entry: Entry, policy: Policy, now: Instant): ((piece: Evidence) => string) => {
  const { clearedAt, operator, evidence } = entry;
  const strikes = strikesOf(entry, policy);
  const ends = new Map(
    reasonsInForce(entry, policy).flatMap(({ pieces, until }) => pieces.map((piece) => [piece, until] as const)),
  );
  const lifting = evidence.filter(({ reason }) => isLifting(reason));
  return (piece) => {
    const lifted = LIFTS[piece.reason];
    if (lifted !== undefined) return `lifts an older ${lifted}`;
    if (clearedAt !== undefined && piece.at <= clearedAt) return `void: an operator removed it ${timeWords(clearedAt)}`;
    const until = ends.get(piece);
    if (until !== undefined && piece.reason !== 'soft-bounce') return forceWords(until, now);
    if (operator?.action === 'allow')
      return `outranked: an operator allows this address since ${timeWords(operator.at)}`;
    if (piece.reason === 'soft-bounce') return strikeWeight(piece, strikes, policy);
    const lift = lifting.find(({ reason, at }) => reason === LIFTED_BY[piece.reason] && at > piece.at);
    return lift === undefined ? 'void' : `void: ${lift.reason} came ${timeWords(lift.at)}`;
  };
};
