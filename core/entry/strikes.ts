import type { Policy } from '../contract/index.ts';
import { DAY, type Instant } from '../instant.ts';
import type { DeliveryFact, Evidence } from './entry.ts';

/** The strikes that count, and the hold they bring. */
export interface StrikeCount {
  /** Kept strikes that count, oldest first: one a UTC day. */
  readonly counted: readonly Evidence[];
  /** The last delivery that resets, if any. */
  readonly resetAt: Instant | undefined;
  /** End of the hold; `null` is no end, `undefined` is no hold. */
  readonly until: Instant | null | undefined;
}

/** A delivery counts unless a kept strike is about the same mail: accepted, then bounced, is no success. */
const lastReset = (deliveries: readonly DeliveryFact[], strikes: readonly Evidence[]): Instant | undefined => {
  const bounced = new Set(strikes.map((s) => s.messageId).filter((id) => id !== ''));
  const counting = deliveries.filter((d) => !bounced.has(d.messageId));
  return counting.length === 0 ? undefined : Math.max(...counting.map((d) => d.at));
};

/**
 * Counts strikes: one a UTC day, newer than `floor` and than the last delivery that counts, within the policy's window
 * before the newest.
 *
 * @param strikes - the kept strikes of an entry
 * @param floor - strikes not newer than this are void; `-Infinity` if nothing was cleared
 */
export const countStrikes = (
  strikes: readonly Evidence[],
  deliveries: readonly DeliveryFact[],
  floor: Instant,
  policy: Policy,
): StrikeCount => {
  const resetAt = lastReset(deliveries, strikes);
  const valid = strikes.filter((s) => s.at > floor && s.at > (resetAt ?? Number.NEGATIVE_INFINITY));
  const newest = valid.reduce((max, s) => Math.max(max, s.at), Number.NEGATIVE_INFINITY);
  const counted = valid.filter((s) => s.at >= newest - policy.softBounceWindowDays * DAY);
  const step = policy.softBounceSteps.findLast(({ strikes: needed }) => needed <= counted.length);
  if (step === undefined) return { counted, resetAt, until: undefined };
  return { counted, resetAt, until: step.holdDays === null ? null : newest + step.holdDays * DAY };
};
