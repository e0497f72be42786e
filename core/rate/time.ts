import type { Instant } from '../instant.ts';

/** Time as those who wait need it. */
export interface Time {
  /** Milliseconds since the epoch, UTC. */
  now(): Instant;
  /** Waits about so many milliseconds: never much less, and now and then more. */
  sleep(millis: number): Promise<void>;
}

/** Waits until the clock says so: timers may fire a little early. */
export const waitUntil = async (at: Instant, { now, sleep }: Time): Promise<void> => {
  for (let left = at - now(); left > 0; left = at - now()) await sleep(Math.ceil(left));
};
