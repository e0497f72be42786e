import { type Command, InvalidArgumentError } from 'commander';
import type { Dependencies } from '../dependencies.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json-line.ts';
import { printable } from '../output/printable.ts';

interface Options extends Target {
  readonly port: number;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ ses-suppressor console
  $ ses-suppressor console --stack Mail --region eu-west-1 --port 4581
  $ ses-suppressor console --json | jq -r .console

Serves a page that shows the list, the feedback that comes in, rates, health and queues, and changes what the commands
change, with your own AWS credentials. It listens on this computer only (127.0.0.1), and answers only to a browser that has
opened the address it prints: treat that as a password. It stays up until Ctrl-C.

Exit codes: 0 it was ended by Ctrl-C or a signal; 1 it could not be started.`;

const port = (given: string): number => {
  const number = Number(given);
  if (!/^\d{1,5}$/.test(given) || number > 65_535)
    throw new InvalidArgumentError('Give a whole number from 0 to 65535, where 0 takes a free port.');
  return number;
};

const targetWords = ({ stack, table, region, endpoint }: Target): string => {
  const where = region === undefined ? '' : ` in ${region}`;
  if (endpoint !== undefined) return `the local cloud at ${printable(endpoint)}`;
  return table === undefined ? `the stack "${printable(stack)}"${where}` : `the table "${table}"${where}`;
};

const serveUntilInterrupted = async (options: Options, deps: Dependencies): Promise<void> => {
  const { port, json, ...target } = options;
  const { paint, stdout } = deps;
  const interrupted = deps.interrupted();
  const { address, stop } = await deps.serveConsole(target, port, deps);
  try {
    await stdout.write(
      json
        ? jsonLine({ event: 'ready', console: address })
        : [
            `Console: ${paint.strong(address)}`,
            '',
            `It looks at ${targetWords(target)}${target.endpoint === undefined ? ', with your own AWS credentials' : ''}.`,
            'It listens on this computer only, and answers only to a browser that has opened this address: keep it to',
            'yourself. Ctrl-C ends it.',
            '',
          ].join('\n'),
    );
    await interrupted;
  } finally {
    await stop();
  }
};

/** Adds `console`. */
export const addConsole = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('console')
      .summary('see the list and the mail flow in a browser')
      .description('Serves a page on this computer that shows a deployment and changes its list.')
      .option('--port <n>', 'where it listens; 0 takes a free port', port, 0)
      .option('--json', 'one JSON line when it is up'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      await serveUntilInterrupted(options, deps);
      done(Exit.DONE);
    });
};
