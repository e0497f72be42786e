import { DAY, HOUR, type Instant } from '../instant.ts';

const MINUTE = HOUR / 60;
const FIVE_MINUTES = HOUR / 12;

/**
 * Milliseconds that one point of a window stands for: an hour in one of more than a day, which is all that is kept of what
 * is older than two months. In a day five minutes, or one where the window begins between two of those, so that its
 * first point counts nothing of before.
 */
export const pointMillis = (since: Instant, until: Instant): number => {
  if (until - since > DAY + FIVE_MINUTES) return HOUR;
  return since % FIVE_MINUTES === 0 ? FIVE_MINUTES : MINUTE;
};

/**
 * The start of a window that ends now: on a full hour or five minutes, so that no point counts in part.
 *
 * @example windowStart(24, now) // a day ago, or up to five minutes more
 */
export const windowStart = (hours: number, now: Instant): Instant => {
  const since = now - hours * HOUR;
  const point = hours > 24 ? HOUR : FIVE_MINUTES;
  return Math.floor(since / point) * point;
};
