import { InvalidArgumentError } from 'commander';

/** Regions of SES's own list given as an option that may be repeated. */
export const sesRegionOption = (given: string, earlier: readonly string[] = []): string[] => {
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(given)) throw new InvalidArgumentError('Give a Region such as eu-central-1.');
  return [...new Set([...earlier, given])];
};
