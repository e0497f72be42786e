import { SES_LINES } from '../contract/index.ts';

/** What a rate is of. */
export type RateOf = keyof typeof SES_LINES;

/** How far a rate is up: below half of the line at which SES reviews an account, or at one of its lines. */
export type Line = 'fine' | 'half' | 'review' | 'pause';

/**
 * The highest line a rate has reached.
 *
 * @param rate - a fraction
 * @example lineReached('bounces', 0.06) // 'review'
 */
export const lineReached = (of: RateOf, rate: number): Line => {
  const { review, pause } = SES_LINES[of];
  if (rate >= pause) return 'pause';
  if (rate >= review) return 'review';
  return rate >= review / 2 ? 'half' : 'fine';
};
