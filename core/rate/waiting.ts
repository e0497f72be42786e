import { DAY, HOUR, type Instant, SECOND } from '../instant.ts';

/** What a queued request waits for: its turn, the daily quota, sending to be resumed, or a fault to pass. */
export type Why = 'rate' | 'quota' | 'paused' | 'fault';

/** What a wait depends on. */
export interface Wait {
  readonly why: Why;
  /** Times the request was received, this one included. */
  readonly receives: number;
  /** Since it was put on the queue, milliseconds. */
  readonly ageMs: number;
  /** Milliseconds before which it is useless to come back. @default 0 */
  readonly atLeastMs?: number;
}

/**
 * A request this old goes to the dead-letter queue instead of waiting on: SQS deletes it without a word at 14 days, and
 * the longest wait is half a day.
 */
export const TOO_OLD_MS = 13 * DAY;

/**
 * Seconds a request waits for each time it was received: the thousandth time, with which SQS gives up, comes later than the
 * end of its retention.
 */
const SECONDS_A_RECEIVE = 3;
/**
 * The longest wait. SQS takes 12 hours from when the message was received, and part of that is over: an invocation takes
 * up to 15 minutes, and may begin later than the message was received.
 */
const MOST_SECONDS = (12 * HOUR - HOUR / 3) / SECOND;
/** Neither quota nor a paused account comes back sooner, */
const WINDOW_SECONDS = 900;
/** and whoever has waited for a day may wait for three hours more. */
const PART_OF_AGE = 8;

/**
 * Seconds for which a request stays invisible. Random within a factor of two, so that a backlog does not come back at
 * once, and never shorter than {@link SECONDS_A_RECEIVE} for each receive.
 *
 * @param random - from 0 up to 1
 * @returns whole seconds, at most 12 hours less a little
 * @example waitSeconds({ why: 'rate', receives: 4, ageMs: 60_000 }, () => 0.5) // 18
 */
export const waitSeconds = ({ why, receives, ageMs, atLeastMs = 0 }: Wait, random: () => number): number => {
  const window = why === 'quota' || why === 'paused' ? Math.max(WINDOW_SECONDS, ageMs / SECOND / PART_OF_AGE) : 0;
  const least = Math.max(SECONDS_A_RECEIVE * receives, atLeastMs / SECOND, window);
  return Math.min(MOST_SECONDS, Math.ceil(least * (1 + random())));
};

/** Whether a request has waited for so long that it has to be set aside, before SQS deletes it. */
export const isTooOld = (sentAt: Instant, now: Instant): boolean => now - sentAt > TOO_OLD_MS;
