import { InvalidArgumentError } from 'commander';
import { type Instant, parseInstant } from '../core/instant.ts';

const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;

/**
 * A day or a time given as an option, UTC unless it says otherwise; a day is its beginning.
 *
 * @throws InvalidArgumentError for anything else
 * @example timeOption('2020-12-14') // 1607904000000
 */
export const timeOption = (given: string): Instant => {
  const instant = parseInstant(DAY_ONLY.test(given) ? `${given}T00:00:00Z` : given);
  if (instant === undefined)
    throw new InvalidArgumentError('Give a day such as 2026-12-14 or a time such as 2026-12-14T08:30:00Z.');
  return instant;
};
