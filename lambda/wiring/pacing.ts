import type { IdentityNotifications } from '../../adapters/identity-notifications.ts';
import type { Sleep } from '../../adapters/pause.ts';

/** Milliseconds between two calls: SES takes one a second of each kind, and clocks are not exact. */
export const PACE_MS = 1100;

/** Time as the pacer needs it. */
export interface Time {
  /** Milliseconds since the epoch. */
  now(): number;
  readonly sleep: Sleep;
}

/**
 * The same calls, started no sooner than {@link PACE_MS} after the one before has ended, also across invocations of one
 * environment. What another environment calls meanwhile is left to the client's own retry of throttled calls.
 */
export const paced = (calls: IdentityNotifications, time: Time): IdentityNotifications => {
  let next = 0;
  const inTurn = async <T>(call: () => Promise<T>): Promise<T> => {
    const wait = next - time.now();
    if (wait > 0) await time.sleep(wait);
    try {
      return await call();
    } finally {
      next = time.now() + PACE_MS;
    }
  };
  return {
    read: (identities) => inTurn(() => calls.read(identities)),
    setTopic: (identity, type, topic) => inTurn(() => calls.setTopic(identity, type, topic)),
    setHeaders: (identity, type, enabled) => inTurn(() => calls.setHeaders(identity, type, enabled)),
  };
};
