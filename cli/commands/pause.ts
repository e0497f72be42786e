import type { Command } from 'commander';
import { pauseByCommand } from '../../core/breaker/by-command.ts';
import { pausableWords } from '../../core/breaker/sending.ts';
import type { Dependencies } from '../dependencies.ts';
import { commandLine } from '../deployment/command-line.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { jsonLine } from '../output/json-line.ts';
import { pausableOf } from '../switch/pausable-of.ts';
import { pauseJson, pauseWords } from '../switch/pause-words.ts';
import { switchFault } from '../switch/switch-fault.ts';
import { type SwitchOptions, switchOptions } from '../switch/switch-options.ts';

const EXAMPLES = `
Examples:
  $ ses-suppressor pause --note "bad list mailed, ticket 812"
  $ ses-suppressor pause --account --note "leaked credentials" --json

Pauses the default configuration set of the stack at SES: sends with it answer SendingPaused, and what is in the send queue
waits there, up to 13 days. \`ses-suppressor resume\` lets it go on.

Exit codes: 0 it is paused, also if it was before; 1 it could not be paused.`;

const pause = async (options: SwitchOptions, deps: Dependencies): Promise<void> => {
  const { paint, stdout } = deps;
  const { pausable, changed, pause } = await withOpened(deps.openSwitches, options, async (opened) => {
    const pausable = pausableOf(opened, options);
    const who = { operator: deps.operator, note: options.note, now: deps.now() };
    const done = await pauseByCommand({ pausable, sending: opened.sending(pausable), store: opened.store, ...who });
    return { pausable, ...done };
  }).catch((fault: unknown) => Promise.reject(switchFault(fault)));
  const configurationSet = pausable.kind === 'account' ? null : pausable.name;
  if (options.json) {
    await stdout.write(
      jsonLine({ action: 'pause', configurationSet, changed, sending: false, pause: pauseJson(pause) }),
    );
    return;
  }
  const what = pausableWords(pausable);
  await stdout.write(
    [
      changed ? paint.strong(`Paused: ${what}.`) : `Already paused: ${what}, ${pauseWords(pause)}.`,
      ...(changed || options.note === undefined || options.note === pause.note
        ? []
        : ['The note given now is not kept: who paused first, and why, stays as it is.']),
      pausable.kind === 'account'
        ? 'No mail of this account leaves this Region, whoever sends it; sends answer SendingPaused.'
        : 'Sends with it answer SendingPaused; mail sent with other configuration sets goes on.',
      'What is in the send queue waits there, up to 13 days: nothing is lost.',
      `To go on: ${commandLine(pausable.kind === 'account' ? 'resume --account' : 'resume', options)}`,
      '',
    ].join('\n'),
  );
};

/** Adds `pause`. */
export const addPause = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  switchOptions(
    program
      .command('pause')
      .summary('pause sending; nothing is lost')
      .description('Pauses sending with the configuration set of the stack, or of the whole account.'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: SwitchOptions) => {
      await pause(options, deps);
      done(Exit.DONE);
    });
};
