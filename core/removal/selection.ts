import type { Policy } from '../contract/index.ts';
import type { BlockingReason, Entry, Evidence } from '../entry/entry.ts';
import { type ReasonInForce, reasonsInForce } from '../entry/in-force.ts';
import type { Instant } from '../instant.ts';

/** Which blocks are meant; what is absent does not matter. */
export interface Selection {
  readonly reason?: BlockingReason;
  /** Blocked by what happened then or later. */
  readonly since?: Instant;
  /** Blocked by what happened before. */
  readonly until?: Instant;
  /** The domain of the address in its one form, without its subdomains. */
  readonly domain?: string;
  /** Part of what the remote server said, or its status code, in any case. */
  readonly diagnostic?: string;
}

/** What a selection means for one entry. */
export type Judgement =
  /** Nothing that blocks it is meant, or nothing blocks it. */
  | { readonly kind: 'other' }
  /** All that blocks it is meant. */
  | { readonly kind: 'selected'; readonly reason: BlockingReason; readonly since: Instant }
  /** Some of it is meant, and something else blocks it too: what is not meant, and when it happened. */
  | { readonly kind: 'mixed'; readonly because: BlockingReason; readonly why: NotMeant; readonly since: Instant };

/** Why something is not meant: it is of another reason, happened before or after, or the server said something else. */
export type NotMeant = 'reason' | 'earlier' | 'later' | 'words';

interface Unmeant {
  readonly because: BlockingReason;
  readonly why: NotMeant;
  readonly since: Instant;
}

/** A status code: `5.1.1` must not find `5.1.10`. */
const CODE = /^[245]\.\d{1,3}\.\d{1,3}$/;

const saidBy = ({ status, diagnostic }: Evidence): string => `${status ?? ''} ${diagnostic ?? ''}`.toLowerCase();

const says = (piece: Evidence, wanted: string): boolean =>
  CODE.test(wanted)
    ? new RegExp(`(?<![\\d.])${wanted.replaceAll('.', '\\.')}(?!\\.?\\d)`).test(saidBy(piece))
    : saidBy(piece).includes(wanted.toLowerCase());

const isMeant = (piece: Evidence, { since, until, diagnostic }: Selection): boolean =>
  piece.at >= (since ?? Number.NEGATIVE_INFINITY) &&
  piece.at < (until ?? Number.POSITIVE_INFINITY) &&
  (diagnostic === undefined || says(piece, diagnostic));

/** What a reason rests on; a person's decision rests on itself. */
const restsOn = ({ reason, since, pieces }: ReasonInForce): readonly Evidence[] =>
  pieces.length > 0 ? pieces : [{ id: '', at: since, rule: reason, reason, type: '' }];

/** The newest of what a reason rests on and is not meant; undefined: all of it is. */
const unmeantOf = (each: ReasonInForce, selection: Selection): Unmeant | undefined => {
  const piece = restsOn(each).findLast((one) => !isMeant(one, selection));
  if (piece === undefined) return undefined;
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = selection;
  const why = piece.at >= until ? 'later' : piece.at < since ? 'earlier' : 'words';
  return { because: each.reason, why, since: piece.at };
};

/** The domain of an address key. */
export const domainOf = (address: Entry['address']): string => address.slice(address.lastIndexOf('@') + 1);

/**
 * Whether an entry may be freed because of a selection: only if every reason that blocks it now is meant, with all that the
 * reason rests on. Who also complained, or bounced again at another time, stays blocked.
 *
 * @param now - milliseconds since the epoch, UTC: holds that have ended block nothing
 * @example judge(entry, { reason: 'hard-bounce', domain: 'gmail.com', diagnostic: '5.1.1' }, policy, now)
 */
export const judge = (entry: Entry, selection: Selection, policy: Policy, now: Instant): Judgement => {
  const { reason, domain } = selection;
  if (domain !== undefined && domainOf(entry.address) !== domain) return { kind: 'other' };
  const blocking = reasonsInForce(entry, policy).filter(({ until }) => until === null || until > now);
  const [first] = blocking;
  if (first === undefined) return { kind: 'other' };
  let meant = false;
  let unmeant: Unmeant | undefined;
  for (const each of blocking) {
    if (reason !== undefined && each.reason !== reason) {
      unmeant ??= { because: each.reason, why: 'reason', since: each.since };
      continue;
    }
    meant ||= restsOn(each).some((piece) => isMeant(piece, selection));
    unmeant ??= unmeantOf(each, selection);
  }
  if (!meant) return { kind: 'other' };
  return unmeant === undefined
    ? { kind: 'selected', reason: first.reason, since: first.since }
    : { kind: 'mixed', ...unmeant };
};
