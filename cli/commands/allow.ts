import type { Command } from 'commander';
import { allow } from '../../core/ledger/allow.ts';
import { addDecisionCommand } from '../decide/decision-command.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ExitCode } from '../exit.ts';

const HELP = `
Examples:
  $ ses-suppressor allow pat@target.example --note "their filter refuses at random"
  $ ses-suppressor allow pat@target.example --scope receipts --note "must have invoices" --json

A pin: the address may be mailed whatever bounces, without end. Only a complaint or an unsubscribe that comes after it
blocks it, and \`add\` or \`remove\` ends it. A pin everywhere (*) does not lift what blocks it in one stream. SES's own list
is not touched and still withholds mail: \`remove\` takes an address off it, \`sync\` tells which pinned ones are on it.

Exit codes: 0 done, 2 a text is no address (the others are allowed), 1 an address could not be allowed.`;

/** Adds `allow`. */
export const addAllow = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  const command = {
    action: 'allow',
    decide: allow,
    summary: 'pin addresses: they may be mailed whatever bounces',
    description: 'Pins addresses by a decision of a person: they may be mailed, whatever bounces.',
    help: HELP,
  } as const;
  addDecisionCommand(program, command, deps, done);
};
