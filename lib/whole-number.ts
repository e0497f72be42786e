import { Token } from 'aws-cdk-lib';

/**
 * Refuses what is not a whole number within limits; a number that is only known at deployment passes.
 *
 * @param name - what the value is called where it is written
 * @throws with name, limits and value
 * @example requireWhole('queue.maxConcurrency', 1, 2, 10) // throws
 */
export const requireWhole = (name: string, value: number, least: number, most: number): void => {
  if (Token.isUnresolved(value) || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, got: ${value}`);
};
