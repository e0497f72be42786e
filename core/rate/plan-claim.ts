import type { Instant } from '../instant.ts';
import type { Claim, LimiterState } from './limiter-store.ts';
import { ABSURD_SLOT_MS } from './sane-state.ts';
import { shareAt } from './share.ts';
import { type Micros, slotSpacing, toMicros } from './slots.ts';

/** What a write takes now and then: no slot is reserved sooner than this. */
export const WRITE_MS = 150;
/** The rate while nobody knows it: that of a new account. */
const UNKNOWN_RATE = 1;
/** Recipients a second; less would make one mail of fifty block the account for hours. */
const LEAST_RATE = 0.1;
/** Others are thought to have reserved since the state was seen, unless nothing was reserved for so long. */
const IDLE_MS = 1000;

/** Recipients a second that may be mailed now. */
export const rateNow = ({ rate = UNKNOWN_RATE, slowdown }: LimiterState, now: Instant): number =>
  Math.max(LEAST_RATE, rate * shareAt(slowdown, now));

/** When a reservation is planned, and for how long ahead. */
export interface Occasion {
  readonly now: Instant;
  /** The latest time at which a mail may start. */
  readonly until: Instant;
  /** Milliseconds that the first mail takes until it can start. @default WRITE_MS - it is ready */
  readonly leadMs?: number;
  /** Whether the state was read just now; else others may have reserved since. */
  readonly isFresh: boolean;
}

/** What a mail lacks: a slot in time, or a part of the daily quota. */
export type Lack = 'rate' | 'quota';

/** What can be reserved. */
export interface Plan {
  /** How long after the first slot of the reservation each mail goes; undefined: it finds no room. */
  readonly offsets: readonly (Micros | undefined)[];
  /** What each mail lacks; undefined: nothing. */
  readonly lacking: readonly (Lack | undefined)[];
  /** The write that reserves it; absent if nothing fits. */
  readonly claim?: Claim;
}

/**
 * What can be reserved for a batch, by what is known of the shared state; what has changed since is found out by the
 * conditions of the writes.
 *
 * A mail takes a slot for each recipient. It starts at its first slot, and the next mail waits for the others: one mail
 * may go into debt, so that a mail to 50 recipients can go at 14 a second. A mail for which the quota does not suffice lets
 * the smaller ones pass.
 *
 * @param counts - recipients of each mail, from 1, in the order in which they shall go
 * @example planClaim({ rate: 1 }, [1, 1], { now, until: now + 1000, isFresh: true }).offsets // [0, undefined], the second lacks 'rate'
 */
export const planClaim = (state: LimiterState, counts: readonly number[], occasion: Occasion): Plan => {
  const { now, until, leadMs = WRITE_MS, isFresh } = occasion;
  const spacing = slotSpacing(rateNow(state, now));
  const soonest = toMicros(now + leadMs);
  const latest = toMicros(until);
  const absurd = toMicros(now + ABSURD_SLOT_MS);
  const next = state.next === undefined || state.next > absurd ? 0 : state.next;
  const free = Math.max(next, soonest);
  const left = state.left ?? Number.POSITIVE_INFINITY;
  const offsets: (Micros | undefined)[] = [];
  const lacking: (Lack | undefined)[] = [];
  let recipients = 0;
  let last: Micros | undefined;
  for (const count of counts) {
    const offset = recipients * spacing;
    const lack = recipients + count > left ? 'quota' : free + offset > latest ? 'rate' : undefined;
    lacking.push(lack);
    offsets.push(lack === undefined ? offset : undefined);
    if (lack !== undefined) continue;
    recipients += count;
    last = offset;
  }
  if (last === undefined) return { offsets, lacking };
  const from: Claim['from'] =
    next < (isFresh ? soonest : toMicros(now - IDLE_MS))
      ? { start: soonest, absurd }
      : { add: [soonest, latest - last] };
  return { offsets, lacking, claim: { recipients, span: recipients * spacing, from } };
};
