import type { Command } from 'commander';
import { EVERYWHERE } from '../../core/contract/index.ts';
import { allow } from '../../core/ledger/allow.ts';
import { type DecideOptions, decideAll } from '../decide/decide-all.ts';
import { decisionOptions } from '../decide/decision-options.ts';
import type { Dependencies } from '../dependencies.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { ExitCode } from '../exit.ts';
import { scopeOption } from '../scope-options.ts';

const EXAMPLES = `
Examples:
  $ ses-suppressor allow pat@target.example --note "their filter refuses at random"
  $ ses-suppressor allow pat@target.example --scope receipts --note "must have invoices" --json

A pin: the address may be mailed whatever bounces, without end. Only a complaint or an unsubscribe that comes after it
blocks it, and \`add\` or \`remove\` ends it. A pin everywhere (*) does not lift what blocks it in one stream. SES's own list
is not touched and still withholds mail: \`remove\` takes an address off it, \`sync\` tells which pinned ones are on it.

Exit codes: 0 done, 2 a text is no address (the others are allowed), 1 an address could not be allowed.`;

/** Adds `allow`. */
export const addAllow = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    decisionOptions(
      program
        .command('allow')
        .summary('pin addresses: they may be mailed whatever bounces')
        .description('Pins addresses by a decision of a person: they may be mailed, whatever bounces.')
        .argument('<address...>', 'addresses, with or without display names'),
    )
      .option('--scope <name>', 'where: * is everywhere; a stream, or tenant:NAME', scopeOption, EVERYWHERE)
      .option('--json', 'one JSON line per address'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (given: string[], options: DecideOptions) =>
      done(await decideAll(given, 'allow', allow, options, deps)),
    );
};
