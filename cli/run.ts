import { CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import type { Dependencies } from './dependencies.ts';
import { Exit, type ExitCode } from './exit.ts';
import { OutputClosed } from './output/output-closed.ts';
import { printable } from './output/printable.ts';
import { makeProgram } from './program.ts';

/** Commander ends with these after it has printed help or the version as asked. */
const isAnswered = ({ exitCode }: CommanderError): boolean => exitCode === 0;

const asCliError = (fault: unknown, help: string): CliError => {
  if (fault instanceof CliError) return fault;
  if (fault instanceof CommanderError)
    return fault.code === 'commander.help'
      ? new CliError('NoCommand', 'no command was given', 'Choose one of the commands above.', Exit.USAGE)
      : new CliError('Usage', printable(fault.message.replace(/^error: /, '')), `See \`${help}\`.`, Exit.USAGE);
  const message = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
  return new CliError('Unexpected', printable(message), 'This should not happen; please report it with the command.');
};

/**
 * Runs one command line.
 *
 * @param args - what stands after the program's name
 * @returns the exit code; whatever goes wrong is told on standard error, never thrown
 * @example await run(['check', 'pat@target.example'], deps) // 3
 */
export const run = async (args: readonly string[], deps: Dependencies): Promise<ExitCode> => {
  let exit: ExitCode = Exit.DONE;
  const said = { out: '', err: '' };
  const program = makeProgram(
    deps,
    {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
    },
    (code) => {
      exit = code;
    },
  );
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (fault) {
    if (fault instanceof OutputClosed) return Exit.DONE;
    const isCommand = program.commands.some((command) => command.name() === args[0]);
    const help = isCommand ? `ses-suppressor help ${args[0]}` : 'ses-suppressor --help';
    return await tell(fault, help, said, deps).catch(() => Exit.FAILED);
  }
};

const tell = async (
  fault: unknown,
  /** What shows how the command is meant. */
  help: string,
  said: { readonly out: string; readonly err: string },
  { stdout, stderr }: Dependencies,
): Promise<ExitCode> => {
  if (said.out !== '') await stdout.write(said.out);
  if (said.err !== '') await stderr.write(said.err);
  if (fault instanceof CommanderError && isAnswered(fault)) return Exit.DONE;
  const { code, message, remedy, exit } = asCliError(fault, help);
  await stderr.write(`${code}: ${message}\n${remedy}\n`);
  return exit;
};
