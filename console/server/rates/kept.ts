import type { Instant } from '../../../core/instant.ts';

interface Answer<T> {
  readonly at: Instant;
  readonly value: Promise<T>;
}

/**
 * Keeps each answer for a while, so that people who look again, or together, ask once. What failed is not kept.
 *
 * @param millis - how long
 * @example const rates = kept(30_000, now, (hours: number) => readRates(hours)); await rates(24)
 */
export const kept = <K, T>(
  millis: number,
  now: () => Instant,
  ask: (key: K) => Promise<T>,
): ((key: K) => Promise<T>) => {
  const answers = new Map<K, Answer<T>>();
  return (key) => {
    const at = now();
    for (const [of, answer] of answers) if (at - answer.at >= millis) answers.delete(of);
    const known = answers.get(key);
    if (known !== undefined) return known.value;
    const answer = { at, value: ask(key) };
    answers.set(key, answer);
    answer.value.catch(() => {
      if (answers.get(key) === answer) answers.delete(key);
    });
    return answer.value;
  };
};
