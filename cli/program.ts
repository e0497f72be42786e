import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addAdd } from './commands/add.ts';
import { addAllow } from './commands/allow.ts';
import { addCheck } from './commands/check.ts';
import { addClassify } from './commands/classify.ts';
import { addConsole } from './commands/console.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addExport } from './commands/export.ts';
import { addForget } from './commands/forget.ts';
import { addImport } from './commands/import.ts';
import { addList } from './commands/list.ts';
import { addMessage } from './commands/message.ts';
import { addPause } from './commands/pause.ts';
import { addRedrive } from './commands/redrive.ts';
import { addRemove } from './commands/remove.ts';
import { addReplay } from './commands/replay.ts';
import { addResume } from './commands/resume.ts';
import { addSmoke } from './commands/smoke.ts';
import { addStats } from './commands/stats.ts';
import { addSync } from './commands/sync.ts';
import type { Dependencies } from './dependencies.ts';
import type { ExitCode } from './exit.ts';

const HELP = `
A command finds the list by the name of the stack (--stack), by its table (--table) or, on a laptop, by the address
of the local cloud (--endpoint). \`ses-suppressor help <command>\` shows examples.`;

/** Text that commander writes; whoever runs the program prints it, because writing may have to wait. */
export interface Said {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * The command line: every command with its options.
 *
 * @param done - told the exit code of the command that ran
 * @returns a program that throws `CommanderError` instead of ending the process
 */
export const makeProgram = (deps: Dependencies, said: Said, done: (exit: ExitCode) => void): Command => {
  const program = new Command('ses-suppressor')
    .description('Keeps, reads and explains the suppression list of an Amazon SES deployment.')
    .version(manifest.version, '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({ writeOut: said.out, writeErr: said.err, outputError: () => undefined })
    .addHelpText('after', HELP);
  for (const add of [
    addClassify,
    addCheck,
    addList,
    addExplain,
    addAdd,
    addRemove,
    addAllow,
    addForget,
    addImport,
    addSync,
    addExport,
    addMessage,
    addPause,
    addResume,
    addRedrive,
    addReplay,
    addStats,
    addDoctor,
    addSmoke,
    addConsole,
  ])
    add(program, deps, done);
  return program;
};
