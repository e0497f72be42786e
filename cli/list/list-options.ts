import { InvalidArgumentError } from 'commander';
import { BLOCKING_REASONS, type BlockingReason } from '../../core/entry/entry.ts';

const isReason = (given: string): given is BlockingReason => BLOCKING_REASONS.some((reason) => reason === given);

/** A reason that blocks, given as an option. */
export const reasonOption = (given: string): BlockingReason => {
  if (!isReason(given)) throw new InvalidArgumentError(`There are ${BLOCKING_REASONS.join(', ')}.`);
  return given;
};

/** Reasons given as an option that may be repeated. */
export const reasonsOption = (given: string, earlier: readonly BlockingReason[] = []): BlockingReason[] => [
  ...earlier,
  reasonOption(given),
];

/** How many at the most, given as an option. */
export const limitOption = (given: string): number => {
  const number = Number(given);
  if (!/^\d{1,9}$/.test(given) || number === 0) throw new InvalidArgumentError('Give a whole number from 1.');
  return number;
};
