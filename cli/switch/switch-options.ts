import { type Command, InvalidArgumentError } from 'commander';
import { stackOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';

/** Options of `pause` and `resume`. */
export interface SwitchOptions extends Target {
  readonly note?: string;
  readonly account?: true;
  readonly json?: true;
}

const MOST_CHARACTERS = 500;

const note = (given: string): string => {
  if (given.length > MOST_CHARACTERS)
    throw new InvalidArgumentError(`A note has ${MOST_CHARACTERS} characters at the most.`);
  return given;
};

/** Adds the options of `pause` and `resume`. */
export const switchOptions = (command: Command): Command =>
  stackOptions(
    command
      .option('--note <text>', 'why, for whoever looks later', note)
      .option('--account', 'the whole account in this Region, not only the configuration set of the stack')
      .option('--json', 'one JSON line'),
  );
