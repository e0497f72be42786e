import type { Instant } from '../instant.ts';
import { type BreakerState, NEVER_PAUSED, type Pause, type Resumption, resumed } from './breaker-state.ts';
import type { BreakerStore } from './breaker-store.ts';
import type { Pausable, Sending } from './sending.ts';

/** Who switches what, and why. */
export interface ByCommand {
  readonly pausable: Pausable;
  readonly sending: Sending;
  readonly store: BreakerStore;
  /** Empty if the system does not say. */
  readonly operator: string;
  readonly note: string | undefined;
  readonly now: Instant;
}

/** SES was switched, and it could not be remembered: others kept writing. */
export class SwitchNotRemembered extends Error {
  override readonly name = 'SwitchNotRemembered';
  readonly code = 'SwitchNotRemembered';
}

/** Nobody writes more often than a run of the breaker and a few people. */
const TRIES = 5;

/**
 * Changes what is remembered, again where somebody was faster.
 *
 * @param change - undefined: it is right as it is
 * @returns the state before and after
 */
const remember = async (
  { pausable, store }: ByCommand,
  change: (state: BreakerState) => BreakerState | undefined,
): Promise<readonly [before: BreakerState, after: BreakerState]> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { state, version } = (await store.read(pausable)) ?? { state: NEVER_PAUSED, version: undefined };
    const next = change(state);
    if (next === undefined || (await store.write(pausable, next, version)) !== undefined) return [state, next ?? state];
  }
  throw new SwitchNotRemembered('SES was switched, but who did it and why could not be remembered');
};

const said = ({ operator, note, now }: ByCommand) => ({
  at: now,
  by: 'command' as const,
  ...(operator === '' ? {} : { operator }),
  ...(note === undefined ? {} : { note }),
});

/**
 * Pauses sending for somebody, first at SES: a pause must not wait for a table. A pause that is there stays as it is
 * remembered.
 *
 * @returns whether SES was switched, and the pause that holds now
 * @throws SwitchNotRemembered, or when SES or the table cannot say
 */
export const pauseByCommand = async (who: ByCommand): Promise<{ readonly changed: boolean; readonly pause: Pause }> => {
  const changed = await who.sending.isEnabled();
  if (changed) await who.sending.set(false);
  const pause: Pause = { ...said(who), toldAt: who.now };
  const [, { pause: holds = pause }] = await remember(who, (state) =>
    changed || state.phase === 'running' ? { ...state, phase: 'paused', pause } : undefined,
  );
  return { changed, pause: holds };
};

/**
 * Resumes sending for somebody; from now on counts start anew, see {@link resumed}.
 *
 * @returns whether SES was switched, the pause that ends, if one was known of, and the resumption, if it is one
 * @throws SwitchNotRemembered, or when SES or the table cannot say
 */
export const resumeByCommand = async (
  who: ByCommand,
): Promise<{
  readonly changed: boolean;
  readonly pause: Pause | undefined;
  readonly resumption: Resumption | undefined;
}> => {
  const changed = !(await who.sending.isEnabled());
  if (changed) await who.sending.set(true);
  const [before, after] = await remember(who, (state) =>
    changed || state.phase === 'paused' ? resumed(state, said(who)) : undefined,
  );
  const ends = before.phase === 'running' ? undefined : before.pause;
  return { changed, pause: ends, resumption: after === before ? undefined : after.resumption };
};
