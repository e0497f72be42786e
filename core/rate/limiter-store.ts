import type { Instant } from '../instant.ts';
import type { Slowdown } from './share.ts';
import type { Micros } from './slots.ts';

/** What all senders of an account share: one item. */
export interface LimiterState {
  /** When the next free slot starts; absent: none was ever reserved. */
  readonly next?: Micros;
  /** Recipients that may still be reserved today; absent: nobody knows. */
  readonly left?: number;
  /** The account's rate, recipients a second; absent: nobody knows. */
  readonly rate?: number;
  /** When `rate` was read from SES. */
  readonly readAt?: Instant;
  /** Until when somebody is reading the quota. */
  readonly leasedUntil?: Instant;
  readonly slowdown?: Slowdown;
}

/** Reserves slots for so many recipients. */
export interface Claim {
  readonly recipients: number;
  /** How far the next free slot moves. */
  readonly span: Micros;
  /**
   * `add`: after what is reserved, if that ends within these bounds. `start`: from there, if nothing is reserved as far as
   * that, or beyond an absurd time that only a wrong clock can have written.
   */
  readonly from:
    | { readonly add: readonly [least: Micros, most: Micros] }
    | { readonly start: Micros; readonly absurd: Micros };
}

/** A lease on the reading of the quota. */
export interface Lease {
  readonly holder: string;
  readonly now: Instant;
  readonly until: Instant;
  /** Somebody has read it since: no lease is given. */
  readonly staleBefore: Instant;
  /** Later times in the item were written by a clock that was wrong, and count as absent. */
  readonly absurd: Instant;
}

/** What a holder has read. */
export interface Learned {
  readonly holder: string;
  readonly now: Instant;
  readonly rate: number;
  /** Sets what is left, or changes it by so much, so that what was reserved while SES was asked stays counted. */
  readonly left: { readonly set: number } | { readonly change: number };
}

/** SES has throttled. */
export interface Throttled {
  /** When it last did, as far as the sender knew. */
  readonly before: Instant | undefined;
  /** A later time in the item was written by a clock that was wrong, and counts as absent. */
  readonly absurd: Instant;
  readonly slowdown: Slowdown;
  /** How far the next free slot moves. */
  readonly pause: Micros;
}

/**
 * The item that holds the account's rate. Every change is one conditional write, which gives the item as it is
 * afterwards, or undefined if the condition did not hold and nothing changed. A write that is repeated because its answer
 * was lost costs slots, never the rate.
 */
export interface LimiterStore {
  /** Reads consistently. @throws when the table cannot say */
  read(): Promise<LimiterState>;
  /** @throws when the table cannot say; the slots may have been reserved, and then nobody uses them */
  claim(claim: Claim): Promise<LimiterState | undefined>;
  /** Takes the lease if nobody has it and the reading is stale. @throws when the table cannot say */
  lease(lease: Lease): Promise<LimiterState | undefined>;
  /** Writes a reading and ends the lease, if it is still the holder's. @throws when the table cannot say */
  learn(learned: Learned): Promise<LimiterState | undefined>;
  /** Slows everybody down, unless another sender has meanwhile. @throws when the table cannot say */
  throttle(throttled: Throttled): Promise<LimiterState | undefined>;
}
