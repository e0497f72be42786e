import { setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '../../../core/instant.ts';

/** Waits, and comes back at once when `signal` aborts; never rejects. */
export type Sleep = (millis: number, signal: AbortSignal) => Promise<void>;

/** Waits by the real clock. */
export const sleep: Sleep = (millis, signal) => wait(millis, undefined, { signal }).catch(() => undefined);

/** What is done again and again. */
export interface RepeatedOptions {
  /** Done once. Gives back the milliseconds until the next time; never rejects. */
  readonly work: () => Promise<number>;
  readonly now: () => Instant;
  /** @default - by the real clock */
  readonly sleep?: Sleep;
}

/**
 * Does something at once, then again after each wait, from when it is begun until that is ended. Begun again within a
 * wait, it waits for the rest of it: pages that come and go cost no more than one that stays. A turn that is under way when
 * it is ended comes to its end, and no second one begins beside it.
 *
 * @returns begins it, which gives back what ends it
 * @example const begin = repeated({ work: async () => { await look(); return 5000; }, now: Date.now }); const end = begin();
 */
export const repeated = ({ work, now, sleep: pause = sleep }: RepeatedOptions): (() => () => void) => {
  let turn: Promise<void> = Promise.resolve();
  let next = { at: Number.NEGATIVE_INFINITY, wait: 0 };

  const take = async (): Promise<void> => {
    const millis = await work();
    next = { at: now() + millis, wait: millis };
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const last = turn;
      await last;
      // another one may have begun the next turn
      if (signal.aborted || turn !== last) continue;
      // a clock that was set back must not make the wait longer
      const left = Math.min(next.at - now(), next.wait);
      if (left <= 0) turn = take();
      else {
        await pause(left, signal);
        if (!signal.aborted && turn === last) turn = take();
      }
    }
  };

  return () => {
    const ended = new AbortController();
    void run(ended.signal);
    return () => ended.abort();
  };
};
