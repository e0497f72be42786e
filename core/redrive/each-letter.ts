import { inParallel } from '../in-parallel.ts';
import type { Instant } from '../instant.ts';
import type { Letter, Letters } from './letters.ts';

/** How far a look goes. */
export interface Reach {
  /** Letters put there later are left alone: what is fed back and fails again would never end. */
  readonly startedAt: Instant;
  /** Letters at the most. @default - all */
  readonly most?: number;
  /** No letter is taken after this time. @default - there is time */
  readonly endsAt?: Instant;
  readonly now: () => Instant;
}

/** How long a letter is hidden if nobody gives it back, as after a crash. */
export const HIDDEN_SECONDS = 900;
/** So many looks that bring nothing new are the end; one may bring a letter twice, as SQS does now and then. */
const STALE_TAKES = 5;
/** Letters under way at once. */
const PARALLEL = 10;

const giveAllBack = (letters: Letters, held: readonly Letter[]): Promise<void> =>
  inParallel(PARALLEL, held, async (letter) => {
    // It is seen again by itself, a little later.
    await letters.giveBack(letter).catch(() => undefined);
  });

/**
 * Takes every letter of a queue once and gives back, at the end, what was not removed: looking changes nothing but the
 * count of receives, which a queue without dead letters of its own does not act on.
 *
 * @param handle - says whether it has removed the letter
 * @returns whether every letter was seen that could be
 * @throws what the queue or `handle` throws; everything is given back before
 */
export const eachLetter = async (
  letters: Letters,
  { startedAt, most = Number.POSITIVE_INFINITY, endsAt = Number.POSITIVE_INFINITY, now }: Reach,
  handle: (letter: Letter) => Promise<boolean>,
): Promise<boolean> => {
  const seen = new Set<string>();
  const held: Letter[] = [];
  let stale = 0;
  try {
    while (seen.size < most && now() < endsAt) {
      const taken = await letters.take(HIDDEN_SECONDS);
      const fresh = taken.filter(({ messageId }) => !seen.has(messageId));
      stale = fresh.length === 0 ? stale + 1 : 0;
      if (taken.length === 0 || stale === STALE_TAKES) {
        held.push(...taken);
        return true;
      }
      for (const { messageId } of fresh) seen.add(messageId);
      const [old, late] = [
        fresh.filter((each) => isBefore(each, startedAt)),
        fresh.filter((each) => !isBefore(each, startedAt)),
      ];
      held.push(...late, ...taken.filter((each) => !fresh.includes(each)));
      const open = new Set(old);
      try {
        await inParallel(PARALLEL, old, async (letter) => {
          if (await handle(letter)) open.delete(letter);
        });
      } finally {
        held.push(...open);
      }
    }
    return false;
  } finally {
    await giveAllBack(letters, held);
  }
};

const isBefore = ({ sentAt }: Letter, startedAt: Instant): boolean => sentAt === undefined || sentAt <= startedAt;
