import type { Command } from 'commander';
import { EVERYWHERE } from '../../core/contract/index.ts';
import { add } from '../../core/ledger/add.ts';
import { type DecideOptions, decideAll } from '../decide/decide-all.ts';
import { decisionOptions } from '../decide/decision-options.ts';
import type { Dependencies } from '../dependencies.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { ExitCode } from '../exit.ts';
import { scopeOption } from '../scope-options.ts';

const EXAMPLES = `
Examples:
  $ ses-suppressor add pat@target.example --note "asked by phone, ticket 812"
  $ ses-suppressor add pat@target.example ann@target.example --scope newsletter --note "left the club" --json

An address that was added stays blocked, without end, until somebody removes it. Adding it again with the same words
changes nothing.

Exit codes: 0 done, 2 a text is no address (the others are added), 1 an address could not be added.`;

/** Adds `add`. */
export const addAdd = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    decisionOptions(
      program
        .command('add')
        .summary('put addresses on the list')
        .description("Puts addresses on the list by a person's decision, without end.")
        .argument('<address...>', 'addresses, with or without display names'),
    )
      .option('--scope <name>', 'where: * is everywhere; a stream, or tenant:NAME', scopeOption, EVERYWHERE)
      .option('--json', 'one JSON line per address'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: string[], options: DecideOptions) => done(await decideAll(given, 'add', add, options, deps)));
};
