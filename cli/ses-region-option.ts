import { InvalidArgumentError, Option } from 'commander';

const addRegion = (given: string, earlier: readonly string[] = []): string[] => {
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(given)) throw new InvalidArgumentError('Give a Region such as eu-central-1.');
  return [...new Set([...earlier, given])];
};

/**
 * The option that names Regions of SES's own list and may be repeated. A local cloud has one Region.
 *
 * @param description - what is done in them
 */
export const sesRegionOption = (description: string): Option =>
  new Option('--ses-region <region>', `${description}; may be repeated (default: the deployment's)`)
    .argParser(addRegion)
    .conflicts('endpoint');
