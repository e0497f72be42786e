import type { Command } from 'commander';
import { EVERYWHERE } from '../../core/contract/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { ExitCode } from '../exit.ts';
import { scopeOption } from '../scope-options.ts';
import { type Decide, type DecideOptions, decideAll } from './decide-all.ts';
import { decisionOptions } from './decision-options.ts';

/** A command that decides the same about every address it is given, in one scope. */
export interface DecisionCommand {
  readonly action: 'add' | 'allow';
  readonly decide: Decide;
  readonly summary: string;
  readonly description: string;
  /** Stands below the options. */
  readonly help: string;
}

/** Adds such a command. */
export const addDecisionCommand = (
  program: Command,
  { action, decide, summary, description, help }: DecisionCommand,
  deps: Dependencies,
  done: (exit: ExitCode) => void,
): void => {
  deploymentOptions(
    decisionOptions(
      program
        .command(action)
        .summary(summary)
        .description(description)
        .argument('<address...>', 'addresses, with or without display names'),
    )
      .option('--scope <name>', 'where: * is everywhere; a stream, or tenant:NAME', scopeOption, EVERYWHERE)
      .option('--json', 'one JSON line per address'),
  )
    .addHelpText('after', help)
    .action(async (given: string[], options: DecideOptions) =>
      done(await decideAll(given, action, decide, options, deps)),
    );
};
