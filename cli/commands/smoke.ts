import { randomUUID } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import type { Dependencies } from '../dependencies.ts';
import { commandLine } from '../deployment/command-line.ts';
import { stackOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json-line.ts';
import { printable } from '../output/printable.ts';
import { fromAddress } from '../smoke/from-address.ts';
import { runSmoke } from '../smoke/run-smoke.ts';
import { STEPS, type Step } from '../smoke/step.ts';

interface Options extends Target {
  readonly from?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: true;
}

const DEFAULT_TIMEOUT = 120;
const MOST_TIMEOUT = 3600;

const EXAMPLES = `
Examples:
  $ ses-suppressor smoke
  $ ses-suppressor smoke --from no-reply@ledger.example --json

Mails four addresses of SES's mailbox simulator through the send function, waits for the feedback, proves what the list
says of each, has a second mail to the dead one withheld, and takes off the list what it put there. Works in the sandbox;
the sender must be verified. Four mails are billed (SES bills the simulator's, too); no rate and no quota counts them.

Exit codes: 0 all went as it should; 1 something did not, and the line says what to do.`;

const timeout = (given: string): number => {
  const number = Number(given);
  if (!/^\d{1,4}$/.test(given) || number === 0 || number > MOST_TIMEOUT)
    throw new InvalidArgumentError(`Give whole seconds, from 1 to ${MOST_TIMEOUT}.`);
  return number;
};

const STEP_WIDTH = Math.max(...STEPS.map((step) => step.length));

const line = ({ step, address, ok, ms, message, fix }: Step, { paint }: Dependencies): string => {
  const state = ok ? paint.good('ok    ') : paint.bad('FAILED');
  const time = `${ms} ms`.padStart(9);
  const name = address.slice(0, address.indexOf('+')).padEnd('suppressionlist'.length);
  const text = `${state}  ${step.padEnd(STEP_WIDTH)}  ${name}  ${paint.faint(time)}  ${printable(message)}\n`;
  return fix === null ? text : `${text}        → ${printable(fix)}\n`;
};

const smoke = (options: Options, deps: Dependencies): Promise<ExitCode> =>
  withOpened(deps.openSender, options, (sender) => {
    const from = fromAddress(options.from, sender.senders);
    return withOpened(deps.openList, options, async ({ ledger, home }) => {
      const { json, timeout } = options;
      const label = `smoke-${randomUUID().slice(0, 13)}`;
      if (!json)
        await deps.stdout.write(
          `Mails the mailbox simulator from ${printable(from)}, label ${label}; four mails are billed.\n` +
            `Feedback is waited for, up to ${timeout} s.\n\n`,
        );
      const start = deps.now();
      const green = await runSmoke({
        sender,
        ledger,
        home,
        from,
        label,
        timeoutMs: timeout * 1000,
        clock: deps,
        doctor: commandLine('doctor', options),
        report: (step) => deps.stdout.write(json ? jsonLine(step) : line(step, deps)),
      });
      if (!json) {
        const took = ((deps.now() - start) / 1000).toFixed(1);
        const told = green
          ? deps.paint.good(`Green: bounces, complaints and list hits come home, in ${took} s.`)
          : deps.paint.bad('Failed.');
        await deps.stdout.write(`\n${told}\n`);
      }
      return green ? Exit.DONE : Exit.FAILED;
    });
  });

/** Adds `smoke`. */
export const addSmoke = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  stackOptions(
    program
      .command('smoke')
      .summary('prove the whole loop with SES’s mailbox simulator')
      .description('Sends to the mailbox simulator and proves that the list learns what it must.')
      .option('--from <address>', 'the sender, verified in SES (default: the first of the output Senders)')
      .option('--timeout <seconds>', 'how long feedback may take', timeout, DEFAULT_TIMEOUT)
      .option('--json', 'one JSON line per step'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => done(await smoke(options, deps)));
};
