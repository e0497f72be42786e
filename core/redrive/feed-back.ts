import { causeOf } from './cause.ts';
import { eachLetter, type Reach } from './each-letter.ts';
import { type Letter, type LetterBox, LetterRefused, type Letters, type Outbox } from './letters.ts';
import { wayBack } from './way-back.ts';

/** What feeding back takes. */
export interface FeedBackDeps extends Reach {
  readonly letters: Letters;
  readonly outbox: Outbox;
  readonly box: LetterBox;
  /** Only letters with this code. @default - all */
  readonly code?: string;
  /** Told how many were fed back so far. */
  readonly show: (moved: number) => void;
}

/** What became of the letters. */
export interface FedBack {
  readonly moved: number;
  /** Letters that were meant and are still there, by why. */
  readonly stayed: ReadonlyMap<string, number>;
}

/**
 * Feeds letters back one by one: each is put where it belongs, then removed. If it ends in between, the letter is there
 * twice, and going back once more does no harm: feedback merges, and a request has a key.
 *
 * @throws what a queue throws; what was fed back by then stays so
 */
export const feedBack = async ({ letters, outbox, box, code, show, ...reach }: FeedBackDeps): Promise<FedBack> => {
  const stayed = new Map<string, number>();
  let moved = 0;
  const stay = (why: string): false => {
    stayed.set(why, (stayed.get(why) ?? 0) + 1);
    return false;
  };
  const one = async (letter: Letter): Promise<boolean> => {
    if (code !== undefined && causeOf(letter, box).code !== code) return false;
    const way = wayBack(letter, box);
    if (way.kind === 'stays') return stay(way.why);
    try {
      await outbox.put(way.body, way.attributes);
    } catch (fault) {
      if (fault instanceof LetterRefused) return stay(`is refused by the queue: ${fault.message}`);
      throw fault;
    }
    await letters.remove(letter);
    moved += 1;
    show(moved);
    return true;
  };
  await eachLetter(letters, reach, one);
  return { moved, stayed };
};
