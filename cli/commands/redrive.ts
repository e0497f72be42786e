import { Argument, type Command, Option } from 'commander';
import { LETTER_BOXES, type LetterBox } from '../../core/redrive/letters.ts';
import type { Dependencies, OpenedLetters } from '../dependencies.ts';
import { stackOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { printable } from '../output/printable.ts';
import { DESTINATIONS, NO_DESTINATION } from '../redrive/boxes.ts';
import { isThere, look } from '../redrive/look.ts';
import { moveBack } from '../redrive/move-back.ts';
import { causesJson, causesTable, doneWords, type Found, summaryJson } from '../redrive/report.ts';
import { withLetters } from '../redrive/with-letters.ts';

interface Options extends Target {
  readonly code?: string;
  readonly yes?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ ses-suppressor redrive feedback
  $ ses-suppressor redrive sends --code QuotaExceeded --yes
  $ ses-suppressor redrive failed-sends --json

feedback is what the feedback function could not apply, undelivered what the topic could not deliver, sends queued requests
that nobody can send, failed-sends asynchronous sends that failed. Without --yes it only says what is there and why; letters
are hidden from others meanwhile. With --yes they go back to the queue they came from. Nobody is mailed twice by it: a
request goes back with its key, and one that may have been mailed and has none stays.

Exit codes: 0 nothing is there, or all of it went back; 3 something is there, or stays; 1 failed.`;

const nextStep = (found: Found, code: string | undefined, opened: OpenedLetters): string => {
  if (found.letters === 0) return '';
  if (opened.outbox === undefined) return `${NO_DESTINATION[found.box]}\n`;
  if (code !== undefined && !isThere(found, code))
    return `Nothing was moved: no letter has the cause ${printable(code)}. --code takes one of the causes above, as it is written.\n`;
  const meant = found.causes.filter((cause) => code === undefined || cause.code === code);
  const goes = meant.reduce((sum, cause) => sum + cause.goes, 0);
  return goes === 0
    ? 'None of them may go back.\n'
    : `Nothing was moved; --yes moves ${found.complete ? goes : 'them'} to ${DESTINATIONS[found.box]}.\n`;
};

const redrive = async (box: LetterBox, options: Options, deps: Dependencies): Promise<ExitCode> => {
  const { json, yes } = options;
  const { stdout, paint } = deps;
  const work = async (opened: OpenedLetters): Promise<ExitCode> => {
    const found = await look(box, opened, deps);
    await stdout.write(json ? causesJson(found) : causesTable(found, opened.outbox?.mostReceives, paint));
    const done = yes ? await moveBack(found, options.code, opened, deps) : undefined;
    if (json) await stdout.write(summaryJson(found, done));
    else await stdout.write(done === undefined ? nextStep(found, options.code, opened) : doneWords(found, done));
    const left = done === undefined ? found.depth + found.letters : done.stayed.size;
    return left === 0 ? Exit.DONE : Exit.NO;
  };
  return withLetters(options, box, deps, work);
};

/** Adds `redrive`. */
export const addRedrive = (program: Command, deps: Dependencies, done: (exit: ExitCode) => void): void => {
  stackOptions(
    program
      .command('redrive')
      .summary('say what is in a dead-letter queue, and feed it back')
      .description('Says what is in a dead-letter queue, by cause; with --yes it is fed back.')
      .addArgument(new Argument('<queue>', `one of ${LETTER_BOXES.join(', ')}`).choices(LETTER_BOXES))
      .addOption(new Option('--code <code>', 'feed back only letters with this cause'))
      .option('--yes', 'feed them back; without, only say what is there')
      .option('--json', 'one JSON line per cause, then one about all'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (box: LetterBox, options: Options) => done(await redrive(box, options, deps)));
};
