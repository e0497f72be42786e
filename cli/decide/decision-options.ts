import { type Command, InvalidArgumentError } from 'commander';
import type { Decided } from '../../core/ledger/decision.ts';
import type { Dependencies } from '../dependencies.ts';

/** Options of every command by which a person decides. */
export interface DecisionOptions {
  readonly note: string;
  readonly by?: string;
}

const textOption =
  (most: number, example: string) =>
  (given: string): string => {
    if (given.trim() === '') throw new InvalidArgumentError(`Give a text such as "${example}".`);
    if (given.length > most) throw new InvalidArgumentError(`It has ${most} characters at the most.`);
    return given;
  };

/** Adds the options that say who decides, and why. */
export const decisionOptions = (command: Command): Command =>
  command
    .requiredOption('--note <text>', 'why, for whoever looks later', textOption(200, 'asked by phone, ticket 812'))
    .option('--by <name>', 'who decides (default: the name you are logged in with)', textOption(64, 'support'));

/** Who decides, and why. */
export const decidedBy = ({ note, by }: DecisionOptions, { operator }: Dependencies): Decided => ({
  by: by ?? operator,
  note,
});
