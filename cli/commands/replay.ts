import type { Command } from 'commander';
import type { ReplayMode } from '../../core/replay/difference.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedLetters, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { deploymentOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withListToWrite } from '../deployment/with-list.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { loadPolicy } from '../load-policy.ts';
import { lettersFault } from '../redrive/letters-fault.ts';
import { BringIn } from '../replay/bring-in.ts';
import { gather, type Sources } from '../replay/gather.ts';
import { STDIN } from '../replay/messages.ts';
import { summary, summaryJson } from '../replay/report.ts';

interface Options extends Target {
  readonly deadLetters?: true;
  readonly policy?: string;
  readonly yes?: true;
  readonly json?: true;
}

/**
 * Entries held in memory at once, some kilobytes each. Merging goes on with the next ones when they are done with;
 * rebuilding has to read everything again for them.
 */
const MOST_ENTRIES = { merge: 20_000, rebuild: 50_000 };

const EXAMPLES = `
Examples:
  $ ses-suppressor replay archive.ndjson
  $ ses-suppressor replay 2026-11/*.json --yes
  $ ses-suppressor replay --dead-letters
  $ ses-suppressor replay archive.ndjson --policy changed-policy.json

Reads SES messages in any envelope, as classify does, and prints what they would change in the list. With --yes it is
written, each part after it was printed. Without --policy they are learnt as if they arrived now: nothing known is lost, and
what is known already writes nothing. With --policy every entry that the messages are about is rebuilt: what they have left
in it is decided anew, and what people decided, what was removed, and evidence of other messages stays. Give all messages of
an address then, as a message that is missing keeps what it was decided to be. Dead letters stay where they are.

Exit codes: 0 done, 2 some input is malformed (the rest was taken) or there is none, 1 failed.`;

const replayFrom = async (
  sources: Sources,
  opened: OpenedList,
  options: Options,
  deps: Dependencies,
): Promise<ExitCode> => {
  const mode: ReplayMode = options.policy === undefined ? 'merge' : 'rebuild';
  const policy = options.policy === undefined ? opened.policy : await loadPolicy(options.policy, deps);
  const replay = new BringIn({ ...options, ledger: opened.ledger, mode, policy }, deps);
  const gathering = { sources, policy, mode, most: MOST_ENTRIES[mode] };
  const tally = await gather(gathering, deps, (archive) => replay.act(archive)).catch((fault: unknown) =>
    Promise.reject(sources.letters === undefined ? awsFault(fault) : lettersFault(fault)),
  );
  if (tally.messages === 0 && sources.files.length > 0)
    throw new CliError(
      'NoInput',
      'there is not one message',
      'Give SES messages as NDJSON, a JSON array or one JSON document; see `ses-suppressor help replay`.',
      Exit.USAGE,
    );
  const { outcome, shown } = replay;
  await deps.stdout.write(
    options.json ? summaryJson(mode, tally, outcome) : summary(mode, tally, outcome, outcome.changed - shown),
  );
  return tally.malformed > 0 ? Exit.USAGE : Exit.DONE;
};

const replay = async (given: readonly string[], options: Options, deps: Dependencies): Promise<ExitCode> => {
  const files = given.length === 0 && !options.deadLetters ? [STDIN] : given;
  if (files.includes(STDIN) && deps.stdinIsTerminal)
    await deps.stderr.write('Reading SES messages from the terminal; end with Ctrl-D on a line of its own.\n');
  return withListToWrite(deps, options, (opened) => {
    if (!options.deadLetters) return replayFrom({ files, letters: undefined }, opened, options, deps);
    const open = (target: Target) =>
      deps.openLetters(target, 'feedback').catch((fault: unknown) => Promise.reject(lettersFault(fault)));
    const work = ({ letters }: OpenedLetters) => replayFrom({ files, letters }, opened, options, deps);
    return withOpened(open, options, work);
  });
};

/** Adds `replay`. */
export const addReplay = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  deploymentOptions(
    program
      .command('replay')
      .summary('decide SES messages again, and say what that would change')
      .description('Decides SES messages again, by the policy that is deployed or by another one, and brings them in.')
      .argument('[file...]', 'where the messages are; - is standard input, which is also read if nothing is given')
      .option('--dead-letters', 'the feedback that could not be applied, from its dead-letter queue')
      .option('--policy <file>', 'rebuild the entries by the policy in this JSON file')
      .option('--yes', 'write it; without, only say what would change')
      .option('--json', 'one JSON line per entry that differs, then one about all'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], options: Options) => done(await replay(files, options, deps)));
};
