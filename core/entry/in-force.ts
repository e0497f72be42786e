import { isSimulator } from '../address/address.ts';
import type { Policy } from '../contract/index.ts';
import { DAY, HOUR, type Instant } from '../instant.ts';
import { BLOCKING_REASONS, type BlockingReason, type Entry, type Evidence, type LiftingReason } from './entry.ts';
import { countStrikes } from './strikes.ts';

/** One reason that blocks, with what it rests on. */
export interface ReasonInForce {
  readonly reason: BlockingReason;
  /** The oldest kept piece that is not void. */
  readonly since: Instant;
  /** The end; `null` is no end. May lie in the past: nothing here looks at the clock. */
  readonly until: Instant | null;
  /** The pieces it rests on, oldest first; empty for an operator's `add`. */
  readonly pieces: readonly Evidence[];
}

const NEVER = Number.NEGATIVE_INFINITY;

const LIFTED_BY: { readonly [reason in BlockingReason]?: LiftingReason } = {
  complaint: 'not-spam',
  unsubscribe: 'opted-in',
};

const holdDays = (reason: BlockingReason, policy: Policy): number | null => {
  switch (reason) {
    case 'global-list':
      return policy.globalListHoldDays;
    case 'validation':
      return policy.validationHoldDays;
    case 'dead-domain':
      return policy.deadDomainHoldDays;
    default:
      return null;
  }
};

/**
 * The end of a block that rests on a fact of this time.
 *
 * @returns `null` if it has no end
 * @example endOf('global-list', key, at, DEFAULT_POLICY) // at + 14 days
 */
export const endOf = (
  reason: BlockingReason,
  address: Entry['address'],
  at: Instant,
  policy: Policy,
): Instant | null => {
  if (isSimulator(address)) return at + policy.simulatorHoldHours * HOUR;
  const days = holdDays(reason, policy);
  return days === null ? null : at + days * DAY;
};

/** What voids evidence of this reason: a removal or pin all that is not newer, a lift only what is older. */
const floorOf = (entry: Entry, reason: BlockingReason): { readonly notNewer: Instant; readonly older: Instant } => {
  const lift = LIFTED_BY[reason];
  const lifts = entry.evidence.filter((e) => e.reason === lift);
  const allowedAt = entry.operator?.action === 'allow' ? entry.operator.at : NEVER;
  return {
    notNewer: Math.max(entry.clearedAt ?? NEVER, allowedAt),
    older: lifts.reduce((max, e) => Math.max(max, e.at), NEVER),
  };
};

const standing = (entry: Entry, reason: BlockingReason, policy: Policy): ReasonInForce | undefined => {
  const { address, evidence, deliveries, operator } = entry;
  if (reason === 'manual' && operator?.action === 'add')
    return { reason, since: operator.at, until: endOf(reason, address, operator.at, policy), pieces: [] };
  if (operator?.action === 'allow' && LIFTED_BY[reason] === undefined) return undefined;
  const { notNewer, older } = floorOf(entry, reason);
  const ofReason = evidence.filter((e) => e.reason === reason);
  if (reason === 'soft-bounce') {
    const { counted, until } = countStrikes(ofReason, deliveries, notNewer, policy);
    const [first] = counted;
    if (until === undefined || first === undefined) return undefined;
    const newest = counted.at(-1) ?? first;
    const ending = isSimulator(address) ? endOf(reason, address, newest.at, policy) : until;
    return { reason, since: first.at, until: ending, pieces: counted };
  }
  const pieces = ofReason.filter((e) => e.at > notNewer && e.at >= older);
  const [first] = pieces;
  if (first === undefined) return undefined;
  const newest = pieces.at(-1) ?? first;
  return { reason, since: first.at, until: endOf(reason, address, newest.at, policy), pieces };
};

// No end is latest, and a number, so that two of them are equal.
const end = ({ until }: ReasonInForce): Instant => until ?? Number.MAX_SAFE_INTEGER;

const laterEnd = (a: ReasonInForce, b: ReasonInForce): number => end(b) - end(a);

/**
 * The reasons that are not void, the one to report first: the latest end (no end is latest), among equals the
 * strongest.
 */
export const reasonsInForce = (entry: Entry, policy: Policy): ReasonInForce[] =>
  BLOCKING_REASONS.map((reason) => standing(entry, reason, policy))
    .filter((found) => found !== undefined)
    .sort(laterEnd);
