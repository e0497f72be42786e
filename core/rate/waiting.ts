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

/** SQS deletes a message without a word at this age. */
const RETENTION_MS = 14 * DAY;
/**
 * A request this old goes to the dead-letter queue instead of waiting on: the longest wait is half a day.
 */
export const TOO_OLD_MS = 13 * DAY;

/** SQS itself sets a request aside that is received more often than this. */
const MOST_RECEIVES = 1000;
/**
 * Seconds a request waits for each time it was received, so that the thousandth time comes later than the end of its
 * retention.
 */
const SECONDS_A_RECEIVE = 3;
/**
 * The longest wait. SQS takes 12 hours from when the message was received, and part of that is over: an invocation takes
 * up to 15 minutes, and may begin later than the message was received.
 */
const MOST_SECONDS = (12 * HOUR - HOUR / 3) / SECOND;

/** Neither quota nor a paused account comes back sooner than is worth asking for, */
const YOUNG_SECONDS = 40 * 60;
/** but what is given back of a quota goes to whoever asks first: those who have waited for long ask more often. */
const OLD_SECONDS = 10 * 60;
const OLD_MS = 6 * DAY;
const WINDOW_JITTER = 0.5;

/** Seconds between receives if those that are left were spread evenly over the rest of the retention. */
const evenly = (receives: number, ageMs: number): number =>
  Math.max(0, RETENTION_MS - ageMs) / SECOND / Math.max(1, MOST_RECEIVES - receives);

/** What a request waits at least for something that comes back by and by. */
const windowSeconds = (receives: number, ageMs: number): number => {
  const age = Math.min(1, Math.max(0, ageMs) / OLD_MS);
  return Math.max(evenly(receives, ageMs), YOUNG_SECONDS + (OLD_SECONDS - YOUNG_SECONDS) * age);
};

/**
 * Seconds for which a request stays invisible, random, so that a backlog does not come back at once. Whatever it waits for
 * and in whichever order, its thousandth receive would come after the end of its retention: each wait is no shorter than
 * {@link SECONDS_A_RECEIVE} for each receive, or no shorter than an even share of the time that is left.
 *
 * @param random - from 0 up to 1
 * @returns whole seconds, at most 12 hours less a little
 * @example waitSeconds({ why: 'rate', receives: 4, ageMs: 60_000 }, () => 0.5) // 18
 */
export const waitSeconds = ({ why, receives, ageMs, atLeastMs = 0 }: Wait, random: () => number): number => {
  const [own, jitter] =
    why === 'quota' || why === 'paused'
      ? [windowSeconds(receives, ageMs), WINDOW_JITTER]
      : [SECONDS_A_RECEIVE * receives, 1];
  const least = Math.max(SECONDS_A_RECEIVE, own, atLeastMs / SECOND);
  return Math.min(MOST_SECONDS, Math.ceil(least * (1 + jitter * random())));
};

/** Whether a request has waited for so long that it has to be set aside, before SQS deletes it. */
export const isTooOld = (sentAt: Instant, now: Instant): boolean => now - sentAt > TOO_OLD_MS;
