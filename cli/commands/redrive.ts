import { Argument, type Command, Option } from 'commander';
import { MOVED_BY_SQS } from '../../core/redrive/cause.ts';
import { Census } from '../../core/redrive/census.ts';
import { eachLetter } from '../../core/redrive/each-letter.ts';
import { feedBack } from '../../core/redrive/feed-back.ts';
import { LETTER_BOXES, type LetterBox, type Mover } from '../../core/redrive/letters.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedLetters } from '../dependencies.ts';
import { stackOptions } from '../deployment/deployment-options.ts';
import type { Target } from '../deployment/target.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { printable } from '../output/printable.ts';
import { lettersFault } from '../redrive/letters-fault.ts';
import {
  causesJson,
  causesTable,
  DESTINATIONS,
  type Done,
  doneWords,
  type Found,
  summaryJson,
} from '../redrive/report.ts';

interface Options extends Target {
  readonly code?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** More letters tell no more about the causes. */
const MOST_LOOKED_AT = 10_000;
/** Well within the time for which they are hidden. */
const LONGEST_LOOK_MS = 600_000;
const LOOK_AGAIN_MS = 1000;

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

const NO_DESTINATION: Readonly<Record<LetterBox, string>> = {
  feedback: 'Feedback is delivered directly here: `ses-suppressor replay --dead-letters --yes` applies it.',
  undelivered: 'Feedback is delivered directly here, and there is no queue to put it on.',
  sends: 'Give the stack a send queue (`queue` in the configuration), and run it again.',
  'failed-sends': 'Give the stack a send queue (`queue` in the configuration), and run it again.',
};

const look = async (box: LetterBox, { letters }: OpenedLetters, deps: Dependencies): Promise<Found> => {
  const { now } = deps;
  const startedAt = now();
  const census = new Census(box);
  const depth = await letters.depth();
  const progress = deps.progress('letters looked at');
  try {
    const reach = { startedAt, now, most: MOST_LOOKED_AT, endsAt: startedAt + LONGEST_LOOK_MS };
    const complete = await eachLetter(letters, reach, async (letter) => {
      census.add(letter);
      progress.show(census.letters, Math.max(depth, census.letters));
      return false;
    });
    return { box, causes: census.causes, letters: census.letters, depth, complete };
  } finally {
    progress.end();
  }
};

const byTask = async (mover: Mover, deps: Dependencies): Promise<Done> => {
  const progress = deps.progress('letters');
  try {
    await mover.start();
    for (;;) {
      const { state, moved, toMove, why } = await mover.progress();
      progress.show(moved, Math.max(moved, toMove));
      if (state === 'done') return { moved, stayed: new Map() };
      if (state === 'failed')
        throw new CliError(
          'MoveFailed',
          `SQS moved ${moved} of about ${toMove} letters and gave up: ${printable(why ?? 'it does not say why')}`,
          'What was moved is moved. Run it again for the others.',
        );
      await deps.sleep(LOOK_AGAIN_MS);
    }
  } finally {
    progress.end();
  }
};

/** What was seen a moment ago and could not be taken now. */
const withUnseen = ({ letters }: Found, { moved, stayed }: Done): Done => {
  const unseen = letters - moved - [...stayed.values()].reduce((sum, some) => sum + some, 0);
  if (unseen <= 0) return { moved, stayed };
  return { moved, stayed: new Map([...stayed, ['somebody else looks at it, or has taken it', unseen]]) };
};

const oneByOne = async (found: Found, code: string | undefined, opened: OpenedLetters, deps: Dependencies) => {
  const { letters, outbox } = opened;
  const { box, depth } = found;
  if (outbox === undefined)
    throw new CliError('NoQueueToGoBackTo', `the deployment has not ${DESTINATIONS[box]}`, NO_DESTINATION[box]);
  const progress = deps.progress('letters');
  try {
    const show = (moved: number) => progress.show(moved, Math.max(moved, depth));
    const reach = { startedAt: deps.now(), now: deps.now };
    const done = await feedBack({ letters, outbox, box, show, ...reach, ...(code === undefined ? {} : { code }) });
    return code === undefined ? withUnseen(found, done) : done;
  } finally {
    progress.end();
  }
};

/**
 * SQS moves what it set aside itself, fast. What the function set aside would come back while its task runs, and be moved
 * again, so that is moved one by one.
 */
const moveBack = (found: Found, { code }: Options, opened: OpenedLetters, deps: Dependencies): Promise<Done> => {
  const plain = found.causes.every((cause) => cause.code === MOVED_BY_SQS);
  return opened.mover !== undefined && code === undefined && plain
    ? byTask(opened.mover, deps)
    : oneByOne(found, code, opened, deps);
};

const isThere = ({ causes }: Found, code: string | undefined): boolean =>
  code === undefined || causes.some((cause) => cause.code === code);

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
    const moves = yes && found.letters > 0 && (isThere(found, options.code) || !found.complete);
    const done = moves ? await moveBack(found, options, opened, deps) : undefined;
    if (json) await stdout.write(summaryJson(found, done));
    else await stdout.write(done === undefined ? nextStep(found, options.code, opened) : doneWords(found, done));
    const left = done === undefined ? found.depth + found.letters : done.stayed.size;
    return left === 0 ? Exit.DONE : Exit.NO;
  };
  const open = (target: Target) =>
    deps.openLetters(target, box).catch((fault: unknown) => Promise.reject(lettersFault(fault)));
  return withOpened(open, options, work).catch((fault: unknown) => Promise.reject(lettersFault(fault)));
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
