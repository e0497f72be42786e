import type { Instant } from '../instant.ts';

/** The part of the rate that was used when SES last throttled, and when that was. */
export interface Slowdown {
  /** From 0.1 to 1. */
  readonly share: number;
  readonly at: Instant;
}

/** Never less than this, or it would take hours to find out that there is room again. */
const LEAST = 0.1;
/** What is left after SES has throttled. */
const CUT = 0.75;
/** From nothing back to the whole rate. */
const RECOVERY_MS = 60_000;

/**
 * The part of the account's rate that may be used now: cut by a quarter when SES throttles, because other programs share the
 * account, and back to the whole within a minute.
 *
 * @example shareAt({ share: 0.5, at: 0 }, 15_000) // 0.75
 */
export const shareAt = (slowdown: Slowdown | undefined, now: Instant): number => {
  if (slowdown === undefined) return 1;
  const { share, at } = slowdown;
  return Math.min(1, Math.max(LEAST, share) + Math.max(0, now - at) / RECOVERY_MS);
};

/** The slowdown after SES has throttled once more. */
export const slowerStill = (slowdown: Slowdown | undefined, now: Instant): Slowdown => ({
  share: Math.max(LEAST, shareAt(slowdown, now) * CUT),
  at: now,
});
