import { Command, CommanderError, InvalidArgumentError } from 'commander';

export interface LocalArguments {
  readonly once: boolean;
  /** `null` when the default port may give way to a free one. */
  readonly port: number | null;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly functions: string | null;
}

/** What the arguments came to: a run, or a text to print and an exit code. */
export type ParsedArguments =
  | { readonly run: LocalArguments }
  | { readonly exitCode: number; readonly out: string; readonly err: string };

export const DEFAULT_PORT = 4580;
export const DEFAULT_CONSOLE_PORT = 4581;

/**
 * Reads the command line of the laptop cloud; never exits and never prints.
 *
 * @param args - without node and the script
 */
export function parseArguments(args: readonly string[]): ParsedArguments {
  let out = '';
  let err = '';
  const command = new Command('npm start --')
    .description('Runs the whole of ses-suppressor on this computer and closes the loop once before your eyes.')
    .option('--once', 'end after the loop; exit code 0 only if it closed')
    .option(
      '--port <n>',
      `port of the invoke API (default: ${DEFAULT_PORT}); with 0 it and the console take free ones`,
      parsePort,
    )
    .option('--json', 'print one JSON object a line; the first says where everything is')
    .option('--verbose', 'show what the functions write, on standard error')
    .option('--functions <dir>', 'directory of the bundles (default: dist)')
    .addHelpText('after', '\nExample:\n  $ npm start -- --once --port 0')
    .allowExcessArguments(false)
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        out += text;
      },
      writeErr: (text) => {
        err += text;
      },
    });
  try {
    command.parse(args, { from: 'user' });
    const {
      once = false,
      port = null,
      json = false,
      verbose = false,
      functions = null,
    } = command.opts<Partial<LocalArguments>>();
    return { run: { once, port, json, verbose, functions } };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : 2, out, err };
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a whole number from 0 to 65535, where 0 takes a free port.');
}
