import { MemoryLetters, MemoryOutbox } from '../../adapters/memory-letters.ts';
import type { Dependencies, OpenedLetters } from '../../cli/dependencies.ts';
import type { LetterBox } from '../../core/redrive/letters.ts';

/** What is in one dead-letter queue, and where it goes back to; the rest is empty. */
export type OpenBox = (box: LetterBox) => Promise<Partial<OpenedLetters>>;

/** Opens dead-letter queues, each with what it holds. */
export const openingBoxes =
  (open: OpenBox): Dependencies['openLetters'] =>
  async (_target, box) => ({
    letters: new MemoryLetters(),
    outbox: new MemoryOutbox(),
    mover: undefined,
    close: () => undefined,
    ...(await open(box)),
  });
