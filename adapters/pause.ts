import { setTimeout as wait } from 'node:timers/promises';

/** Waits; replaced in tests by something that does not. */
export type Sleep = (millis: number) => Promise<void>;

/** Waits as long as it is told, by the real clock. */
export const sleep: Sleep = (millis) => wait(millis);

/**
 * How long to wait before the next try: doubling, bounded, with "equal" jitter, so that it is never below half of that.
 *
 * @param tries - tries made so far, from 1
 * @param random - from 0 up to 1
 * @returns whole milliseconds
 * @example pauseAfter(3, { firstMs: 100, mostMs: 5000 }, Math.random) // 200 to 400
 */
export const pauseAfter = (
  tries: number,
  { firstMs, mostMs }: { readonly firstMs: number; readonly mostMs: number },
  random: () => number,
): number => {
  const most = Math.min(mostMs, firstMs * 2 ** (tries - 1));
  return Math.round(most / 2 + (most / 2) * random());
};
