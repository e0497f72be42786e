import { MOVED_BY_SQS } from '../../core/redrive/cause.ts';
import { feedBack } from '../../core/redrive/feed-back.ts';
import type { Mover } from '../../core/redrive/letters.ts';
import { CliError } from '../cli-error.ts';
import type { Dependencies, OpenedLetters } from '../dependencies.ts';
import { printable } from '../output/printable.ts';
import { DESTINATIONS, NO_DESTINATION } from './boxes.ts';
import { isThere } from './look.ts';
import type { Done, Found } from './report.ts';

const LOOK_AGAIN_MS = 1000;

type MoveDeps = Pick<Dependencies, 'now' | 'progress' | 'sleep'>;

const byTask = async (mover: Mover, deps: MoveDeps): Promise<Done> => {
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

const oneByOne = async (
  found: Found,
  code: string | undefined,
  { letters, outbox }: OpenedLetters,
  deps: MoveDeps,
): Promise<Done> => {
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
 * Puts letters back where they came from, after a look at them. SQS moves what it set aside itself, fast. What the function
 * set aside would come back while its task runs, and be moved again, so that is moved one by one.
 *
 * @param code - only letters with this cause; undefined: all
 * @returns undefined: there was nothing to move
 * @throws CliError `NoQueueToGoBackTo`, `MoveFailed`, or what a queue throws; what was moved by then stays so
 */
export const moveBack = async (
  found: Found,
  code: string | undefined,
  opened: OpenedLetters,
  deps: MoveDeps,
): Promise<Done | undefined> => {
  if (found.letters === 0 || (found.complete && !isThere(found, code))) return undefined;
  const plain = found.causes.every((cause) => cause.code === MOVED_BY_SQS);
  return opened.mover !== undefined && code === undefined && plain
    ? byTask(opened.mover, deps)
    : oneByOne(found, code, opened, deps);
};
