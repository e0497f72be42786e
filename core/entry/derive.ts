import { isSimulator } from '../address/address.ts';
import type { Policy } from '../contract/index.ts';
import { DAY, type Instant } from '../instant.ts';
import type { BlockingReason, Entry } from './entry.ts';
import { reasonsInForce } from './in-force.ts';

/** `suppressed` blocks until its end, `watched` has history only, `allowed` is an operator's pin. */
export type Status = 'suppressed' | 'watched' | 'allowed';

/** What an entry means under a policy: the public attributes of the table. */
export interface Standing {
  readonly status: Status;
  readonly reason?: BlockingReason;
  readonly since?: Instant;
  /** Absent: no end. */
  readonly until?: Instant;
}

/** A standing, and when the table may delete the entry. */
export interface Derived extends Standing {
  /** Absent: never. */
  readonly expiresAt?: Instant;
}

const KEPT = 180 * DAY;
const KEPT_AFTER_REMOVAL = 400 * DAY;
const KEPT_SIMULATOR = DAY;

const newestFact = ({ evidence, deliveries, clearedAt, forgottenAt, operator }: Entry): Instant =>
  Math.max(
    ...evidence.map((e) => e.at),
    ...deliveries.map((d) => d.at),
    clearedAt ?? 0,
    forgottenAt ?? 0,
    operator?.at ?? 0,
  );

const expiry = (entry: Entry, { status, until }: Standing): Instant | undefined => {
  if (status === 'allowed' || (status === 'suppressed' && until === undefined)) return undefined;
  const last = Math.max(until ?? 0, newestFact(entry));
  if (isSimulator(entry.address)) return last + KEPT_SIMULATOR;
  return Math.max(last + KEPT, entry.clearedAt === undefined ? 0 : entry.clearedAt + KEPT_AFTER_REMOVAL);
};

const standingOf = (entry: Entry, policy: Policy): Standing => {
  const [first] = reasonsInForce(entry, policy);
  if (first !== undefined) {
    const { reason, since, until } = first;
    return { status: 'suppressed', reason, since, ...(until === null ? {} : { until }) };
  }
  if (entry.operator?.action === 'allow') return { status: 'allowed', reason: 'manual', since: entry.operator.at };
  return { status: 'watched' };
};

/**
 * What the facts of an entry mean under a policy. Never looks at the clock: an end may already have passed, and readers
 * compare `until` with their own time.
 *
 * @example derive(entry, DEFAULT_POLICY) // { status: 'suppressed', reason: 'hard-bounce', since: 1767323045678 }
 */
export const derive = (entry: Entry, policy: Policy): Derived => {
  const standing = standingOf(entry, policy);
  const expiresAt = expiry(entry, standing);
  return { ...standing, ...(expiresAt === undefined ? {} : { expiresAt }) };
};

/**
 * The read rule of the table: whether this standing blocks a send now.
 *
 * @param now - milliseconds since the epoch, UTC
 */
export const blocks = ({ status, until }: Standing, now: Instant): boolean =>
  status === 'suppressed' && (until === undefined || until > now);
