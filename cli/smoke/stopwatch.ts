import type { Dependencies } from '../dependencies.ts';

/** Time as it passes, by the clock or by what was waited, whichever is more: a clock that stands still ends every wait. */
export interface Stopwatch {
  /** Milliseconds since it was made. */
  read(): number;
  wait(millis: number): Promise<void>;
}

export const stopwatch = ({ now, sleep }: Pick<Dependencies, 'now' | 'sleep'>): Stopwatch => {
  const start = now();
  let waited = 0;
  return {
    read: () => Math.max(now() - start, waited),
    async wait(millis) {
      await sleep(millis);
      waited += millis;
    },
  };
};
