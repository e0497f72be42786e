/** Longer than Lambda would let any of these functions run: every wait of theirs is over by then. */
const MOST_MS = 120_000;

/**
 * What a function answers, or a fault where it never does: a storm must end, also one that has found something.
 *
 * @param work - the answer, or the death
 * @throws Error if there is neither in two minutes
 */
export const answered = async <T>(work: Promise<T>, mostMs = MOST_MS): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`a function has not answered in ${mostMs / 1000} seconds`)), mostMs);
  });
  try {
    return await Promise.race([work, never]);
  } finally {
    clearTimeout(timer);
  }
};
