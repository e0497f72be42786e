import type { Instant } from '../../../core/instant.ts';

/**
 * Makes a look that takes long one that many may ask for: never two at once, as those who come meanwhile wait for the one
 * that runs, and what was seen is kept for a while. What failed is not kept.
 *
 * @param millis - how long, from its end
 * @returns with `fresh` what is kept is not good enough
 */
export const oneLook = <T>(
  millis: number,
  now: () => Instant,
  look: () => Promise<T>,
): ((fresh: boolean) => Promise<T>) => {
  let running: Promise<T> | undefined;
  let seen: { readonly at: Instant; readonly what: T } | undefined;
  const run = async (): Promise<T> => {
    seen = undefined;
    try {
      const what = await look();
      seen = { at: now(), what };
      return what;
    } finally {
      running = undefined;
    }
  };
  return async (fresh) => {
    if (running !== undefined) return running;
    if (!fresh && seen !== undefined && now() - seen.at < millis) return seen.what;
    running = run();
    return running;
  };
};
