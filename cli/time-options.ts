import { InvalidArgumentError } from 'commander';
import { type Instant, parseInstant } from '../core/instant.ts';
import { CliError } from './cli-error.ts';
import { Exit } from './exit.ts';

const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;

/** What a time may look like. */
export const TIME_FORMS = 'a day such as 2026-12-14 or a time such as 2026-12-14T08:30:00Z';

/**
 * A day or a time, UTC unless it says otherwise; a day is its beginning.
 *
 * @returns undefined for anything else
 * @example dayOrTime('2020-12-14') // 1607904000000
 */
export const dayOrTime = (given: string): Instant | undefined =>
  parseInstant(DAY_ONLY.test(given) ? `${given}T00:00:00Z` : given);

/**
 * The same given as an option.
 *
 * @throws InvalidArgumentError for anything else
 */
export const timeOption = (given: string): Instant => {
  const instant = dayOrTime(given);
  if (instant === undefined) throw new InvalidArgumentError(`Give ${TIME_FORMS}.`);
  return instant;
};

interface Range {
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
}

/** Whether nothing is in a range because its end is not after its beginning. */
export const isEmptyRange = ({ since, until }: Range): boolean =>
  since !== undefined && until !== undefined && since >= until;

/** @throws CliError if a range is empty */
export const checkRange = (range: Range): void => {
  if (isEmptyRange(range))
    throw new CliError(
      'Usage',
      '--until is not after --since',
      'The day of --until does not belong to it: name the day after the last.',
      Exit.USAGE,
    );
};
