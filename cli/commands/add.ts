import type { Command } from 'commander';
import { add } from '../../core/ledger/add.ts';
import { addDecisionCommand } from '../decide/decision-command.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ExitCode } from '../exit.ts';

const HELP = `
Examples:
  $ ses-suppressor add pat@target.example --note "asked by phone, ticket 812"
  $ ses-suppressor add pat@target.example ann@target.example --scope newsletter --note "left the club" --json

An address that was added stays blocked, without end, until somebody removes it. Adding it again with the same words
changes nothing.

Exit codes: 0 done, 2 a text is no address (the others are added), 1 an address could not be added.`;

/** Adds `add`. */
export const addAdd = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  const command = {
    action: 'add',
    decide: add,
    summary: 'put addresses on the list',
    description: "Puts addresses on the list by a person's decision, without end.",
    help: HELP,
  } as const;
  addDecisionCommand(program, command, deps, done);
};
