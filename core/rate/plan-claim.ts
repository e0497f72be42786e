import { HOUR, type Instant } from '../instant.ts';
import type { Claim, LimiterState } from './limiter-store.ts';
import { shareAt } from './share.ts';
import { type Micros, slotSpacing, toMicros } from './slots.ts';

/** What a write takes, and what a mail takes until it can be handed over: no slot is reserved sooner than this. */
export const LEAD_MS = 150;
/** The rate while nobody knows it: that of a new account. */
const UNKNOWN_RATE = 1;
/** Recipients a second; less would make one mail of fifty block the account for hours. */
const LEAST_RATE = 0.1;
/** Nobody reserves as far ahead as this: such a time was written by a clock that was wrong. */
const ABSURD_MS = HOUR;
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
  /** Whether the state was read just now; else others may have reserved since. */
  readonly isFresh: boolean;
}

/** What can be reserved. */
export interface Plan {
  /** How long after the first slot of the reservation each mail goes; those that find no room are missing. */
  readonly offsets: readonly Micros[];
  /** What the missing ones lack. */
  readonly lacking: 'rate' | 'quota' | undefined;
  /** The write that reserves it; absent if nothing fits. */
  readonly claim?: Claim;
}

/**
 * What can be reserved for a batch, by what is known of the shared state; what has changed since is found out by the
 * conditions of the writes.
 *
 * A mail takes a slot for each recipient. It starts at its first slot, and the next mail waits for the others: one mail
 * may go into debt, so that a mail to 50 recipients can go at 14 a second.
 *
 * @param counts - recipients of each mail, from 1, in the order in which they shall go
 * @example planClaim({ rate: 1 }, [1, 1], { now, until: now + 1000, isFresh: true }).offsets // [0], one lacks 'rate'
 */
export const planClaim = (state: LimiterState, counts: readonly number[], { now, until, isFresh }: Occasion): Plan => {
  const spacing = slotSpacing(rateNow(state, now));
  const soonest = toMicros(now + LEAD_MS);
  const latest = toMicros(until);
  const absurd = toMicros(now + ABSURD_MS);
  const next = state.next === undefined || state.next > absurd ? 0 : state.next;
  const free = Math.max(next, soonest);
  const left = state.left ?? Number.POSITIVE_INFINITY;
  const offsets: Micros[] = [];
  let recipients = 0;
  let lacking: Plan['lacking'];
  for (const count of counts) {
    if (recipients + count > left) lacking = 'quota';
    else if (free + recipients * spacing > latest) lacking = 'rate';
    if (lacking !== undefined) break;
    offsets.push(recipients * spacing);
    recipients += count;
  }
  const last = offsets.at(-1);
  if (last === undefined) return { offsets, lacking };
  const from: Claim['from'] =
    next < (isFresh ? soonest : toMicros(now - IDLE_MS))
      ? { start: soonest, absurd }
      : { add: [soonest, latest - last] };
  return { offsets, lacking, claim: { recipients, span: recipients * spacing, from } };
};
