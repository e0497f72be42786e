import { Census } from '../../core/redrive/census.ts';
import { eachLetter } from '../../core/redrive/each-letter.ts';
import type { LetterBox } from '../../core/redrive/letters.ts';
import type { Dependencies, OpenedLetters } from '../dependencies.ts';
import type { Found } from './report.ts';

/** More letters tell no more about the causes. */
const MOST_LOOKED_AT = 10_000;
/** Well within the time for which they are hidden. */
const LONGEST_LOOK_MS = 600_000;

/**
 * Counts the letters of a dead-letter queue by cause; they are hidden from others meanwhile, and given back.
 *
 * @throws what the queue throws
 */
export const look = async (
  box: LetterBox,
  { letters }: Pick<OpenedLetters, 'letters'>,
  deps: Pick<Dependencies, 'now' | 'progress'>,
): Promise<Found> => {
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

/** Whether a letter was found that has the cause; undefined stands for any. */
export const isThere = ({ causes }: Found, code: string | undefined): boolean =>
  code === undefined || causes.some((cause) => cause.code === code);
