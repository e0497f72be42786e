import { type Sleep, sleep as sleepForReal } from './pause.ts';

/** Milliseconds between the starts of two calls: SES takes one a second of its account, and clocks are not exact. */
export const SECOND_CALL_MS = 1100;

/** Pauses before a throttled call is tried again: others of the account use the same second. */
const PAUSES_MS = [1100, 2200, 4400, 8800, 8800, 8800];

const THROTTLED = new Set(['TooManyRequestsException', 'ThrottlingException', 'Throttling', 'LimitExceededException']);

const isThrottled = (error: unknown): boolean => error instanceof Error && THROTTLED.has(error.name);

/** Time as pacing needs it. */
export interface Time {
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** @default - waits by the real clock */
  readonly sleep?: Sleep;
}

/**
 * Calls of SES's settings one after the other, started no closer than {@link SECOND_CALL_MS}. A throttled one is tried
 * again, up to six times.
 *
 * @example const paced = oneASecond(); await paced(() => client.send(command));
 */
export const oneASecond = ({ now = Date.now, sleep = sleepForReal }: Time = {}) => {
  let next = 0;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = async <T>(call: () => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries += 1) {
      const wait = next - now();
      if (wait > 0) await sleep(wait);
      next = now() + SECOND_CALL_MS;
      try {
        return await call();
      } catch (error) {
        const pause = PAUSES_MS[tries];
        if (pause === undefined || !isThrottled(error)) throw error;
        next = now() + pause;
      }
    }
  };

  return <T>(call: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => inTurn(call));
    last = turn.catch(() => undefined);
    return turn;
  };
};
