import { DAY, HOUR, type Instant } from '../instant.ts';

const FIVE_MINUTES = HOUR / 12;

/**
 * Milliseconds that one point of a window stands for: short in a day, so that it begins where it should; an hour in a
 * longer one, which is all that is kept of what is older than two months.
 */
export const pointMillis = (since: Instant, until: Instant): number =>
  until - since <= DAY + FIVE_MINUTES ? FIVE_MINUTES : HOUR;

/**
 * The start of a window that ends now: on a full point, so that none counts in part.
 *
 * @example windowStart(24, now) // a day ago, or up to five minutes more
 */
export const windowStart = (hours: number, now: Instant): Instant => {
  const since = now - hours * HOUR;
  const point = pointMillis(since, now);
  return Math.floor(since / point) * point;
};
