import { DAY, type Instant, SECOND } from '../instant.ts';
import type { BreakerState } from './breaker-state.ts';

const MINUTE = 60 * SECOND;

/** How far back mail counts. */
export const WINDOW_MS = DAY;

/**
 * From when on mail counts: a day back, but not before sending was last resumed. On a full minute, because counts are kept
 * by the minute; the minute of the resumption is left out, as some of it was before.
 */
export const windowStart = ({ resumption }: Pick<BreakerState, 'resumption'>, now: Instant): Instant => {
  const day = Math.floor((now - WINDOW_MS) / MINUTE) * MINUTE;
  return resumption === undefined ? day : Math.max(day, Math.ceil(resumption.at / MINUTE) * MINUTE);
};
