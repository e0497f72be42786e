import type { Command } from 'commander';
import { resumeByCommand } from '../../core/breaker/by-command.ts';
import { type Pausable, pausableWords } from '../../core/breaker/sending.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedSwitches } from '../dependencies.ts';
import { commandLine } from '../deployment/command-line.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import { pausableOf } from '../switch/pausable-of.ts';
import { pauseJson, pauseWords } from '../switch/pause-words.ts';
import { switchFault } from '../switch/switch-fault.ts';
import { type SwitchOptions, switchOptions } from '../switch/switch-options.ts';

const EXAMPLES = `
Examples:
  $ ses-suppressor resume --note "list cleaned, ticket 812"
  $ ses-suppressor resume --account

Says why sending had been paused, and lets it go on. From then on the circuit breaker counts anew: what was true before
cannot pause sending again. What SES itself has paused, only SES can resume.

Exit codes: 0 SES sends, also if it did before; 1 it does not.`;

const SUPPORT =
  'Find the cause, then answer in the Support Center what happened and what you changed; see docs/runbook.md#ses-has-paused-the-account. The send queue waits meanwhile.';

/** Resuming what is only a part is of no use while the whole account is paused. */
const requireStanding = async (opened: OpenedSwitches, of: Pausable, options: SwitchOptions): Promise<void> => {
  const { sendingEnabled, isShutDown } = await opened.standing();
  if (isShutDown)
    throw new CliError('PausedBySes', 'SES has paused this account, and nobody else can resume it', SUPPORT);
  if (sendingEnabled || of.kind === 'account') return;
  const { state } = (await opened.store.read({ kind: 'account' })) ?? {};
  const known = state?.phase === 'paused' ? state.pause : undefined;
  throw new CliError(
    'AccountPaused',
    `the whole account is paused${known === undefined ? ', and not by this deployment' : `, ${pauseWords(known)}`}`,
    `If that was you: ${commandLine('resume --account', options)}. Otherwise look for a notice of SES (e-mail, AWS Health) first; see docs/runbook.md#ses-has-paused-the-account.`,
  );
};

const resume = async (options: SwitchOptions, deps: Dependencies): Promise<void> => {
  const { stdout, paint } = deps;
  const { pausable, changed, pause, resumption, rest } = await withOpened(
    deps.openSwitches,
    options,
    async (opened) => {
      const pausable = pausableOf(opened, options);
      await requireStanding(opened, pausable, options);
      const who = { operator: deps.operator, note: options.note, now: deps.now() };
      const done = await resumeByCommand({ pausable, sending: opened.sending(pausable), store: opened.store, ...who });
      const part: Pausable = { kind: 'configuration-set', name: opened.configurationSet };
      const rest = pausable.kind === 'account' && !(await opened.sending(part).isEnabled()) ? part : undefined;
      return { pausable, ...done, rest };
    },
  ).catch((fault: unknown) => Promise.reject(switchFault(fault)));
  if (options.json) {
    const configurationSet = pausable.kind === 'account' ? null : pausable.name;
    const resumedAt = isoOrNull(resumption?.at);
    await stdout.write(
      jsonLine({ action: 'resume', configurationSet, changed, sending: true, pause: pauseJson(pause), resumedAt }),
    );
    return;
  }
  const what = pausableWords(pausable);
  await stdout.write(
    [
      changed ? paint.strong(`Resumed: ${what}.`) : `Nothing to resume: SES sends with ${what}.`,
      ...(pause === undefined ? [] : [`It had been paused ${pauseWords(pause)}.`]),
      ...(changed
        ? ['What waits in the send queue goes within the hour. The circuit breaker counts anew from now.']
        : []),
      ...(rest === undefined
        ? []
        : [paint.notice(`Still paused: ${pausableWords(rest)}. To go on: ${commandLine('resume', options)}`)]),
      '',
    ].join('\n'),
  );
};

/** Adds `resume`. */
export const addResume = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  switchOptions(
    program
      .command('resume')
      .summary('let sending go on, and say why it was paused')
      .description('Resumes sending with the configuration set of the stack, or of the whole account.'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (options: SwitchOptions) => {
      await resume(options, deps);
      done(Exit.DONE);
    });
};
