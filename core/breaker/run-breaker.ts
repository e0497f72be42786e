import { Metric } from '../contract/index.ts';
import type { Counts } from '../counts.ts';
import type { Instant } from '../instant.ts';
import type { Log } from '../log.ts';
import { type BreakerState, type Cause, NEVER_PAUSED, type Pause } from './breaker-state.ts';
import type { BreakerStore } from './breaker-store.ts';
import { type Judgement, judge } from './judge.ts';
import type { Limits } from './limits.ts';
import { look } from './look.ts';
import { noticeOf } from './notice.ts';
import type { Notices } from './notices.ts';
import type { Rates } from './rates.ts';
import type { Pausable, Sending } from './sending.ts';
import { windowStart } from './window.ts';

/** All that a run touches. */
export interface BreakerDeps {
  readonly pausable: Pausable;
  readonly sending: Sending;
  readonly rates: Rates;
  readonly store: BreakerStore;
  readonly notices: Notices;
  readonly limits: Limits;
  /** By which the command line finds the deployment, as in `--stack Suppressor`. */
  readonly options: string;
  readonly counts: Counts;
  readonly log: Log;
  readonly now: () => Instant;
}

/**
 * What a run came to. `kept`: the rates are fine, or say nothing; `tripped`: it has paused sending and told; `told`: it
 * told of a pause that was there; `noticed`: somebody else had switched SES; `busy`: another run is at it.
 */
export type BreakerRun = 'kept' | 'tripped' | 'told' | 'noticed' | 'paused' | 'busy';

/** SES was paused, and what is remembered changed meanwhile: the next run compares the two again. */
export class BreakerOvertaken extends Error {
  override readonly name = 'BreakerOvertaken';
  readonly code = 'BreakerOvertaken';
}

type Paused = BreakerState & { readonly pause: Pause };

/** Publishes, then remembers that: a run that dies in between tells twice, and none never tells. */
const tell = async (state: Paused, version: string, deps: BreakerDeps): Promise<void> => {
  const { pausable, notices, options, store, log, now } = deps;
  await notices.publish(noticeOf(state.pause, pausable, options));
  const told = { ...state, pause: { ...state.pause, toldAt: now() } };
  if ((await store.write(pausable, told, version)) === undefined)
    log.warn('somebody has switched sending while the notice of the pause was on its way');
};

/** Remembers what it is about to do before it does it: whichever step a run dies at, the next one goes on from there. */
const trip = async (
  state: BreakerState,
  cause: Cause,
  over: string | undefined,
  deps: BreakerDeps,
): Promise<BreakerRun> => {
  const { pausable, sending, store, counts, log, now } = deps;
  const at = now();
  const pausing: Paused = { ...state, phase: 'pausing', pause: { at, by: 'breaker', cause, claimedAt: at } };
  const claimed = await store.write(pausable, pausing, over);
  if (claimed === undefined) return 'busy';
  await sending.set(false);
  counts.add(Metric.BREAKER, 'tripped');
  log.error('sending paused', { pausable, cause });
  const paused: Paused = { ...pausing, phase: 'paused' };
  const version = await store.write(pausable, paused, claimed);
  if (version === undefined)
    throw new BreakerOvertaken('sending was paused, and somebody changed what is remembered of it at the same time');
  await tell(paused, version, deps);
  return 'tripped';
};

const keep = async (
  state: BreakerState,
  { belowMinimum, disarmed }: Judgement,
  over: string | undefined,
  { pausable, store, counts }: BreakerDeps,
): Promise<BreakerRun> => {
  if (belowMinimum) counts.add(Metric.BREAKER, 'below-minimum');
  const { pause, ...rest } = state;
  // An earlier run decided to pause and died before it could; by now there is no cause any more.
  const dropped = state.phase === 'pausing';
  const kept: BreakerState = {
    ...rest,
    ...(dropped || pause === undefined ? {} : { pause }),
    phase: 'running',
    disarmed,
  };
  // A write that is lost is made up for by the next run, which reads the same.
  if (dropped || disarmed.length < state.disarmed.length) await store.write(pausable, kept, over);
  return 'kept';
};

const readAndJudge = async (
  state: BreakerState,
  over: string | undefined,
  now: Instant,
  deps: BreakerDeps,
): Promise<BreakerRun> => {
  const since = windowStart(state, now);
  const readings = await deps.rates.read(since, now);
  const judgement = judge(readings, state.disarmed, deps.limits, since);
  deps.log.info('rates', { ...readings, since, disarmed: state.disarmed, belowMinimum: judgement.belowMinimum });
  return judgement.cause === undefined ? keep(state, judgement, over, deps) : trip(state, judgement.cause, over, deps);
};

/**
 * One run of the circuit breaker: looks at SES's switch, reads the rates and pauses sending if it must. It may be repeated, lost
 * or run twice at a time: a pause is one pause and told once. It never resumes.
 *
 * @throws when something could not be read, paused, remembered or told; the run must be repeated, after
 *   `LEASE_MS` at the earliest
 */
export const runBreaker = async (deps: BreakerDeps): Promise<BreakerRun> => {
  const { pausable, sending, store, log, now } = deps;
  const { state, version } = (await store.read(pausable)) ?? { state: NEVER_PAUSED, version: undefined };
  const isSending = await sending.isEnabled();
  const seen = look(state, isSending, now());
  switch (seen.kind) {
    case 'rest':
      return seen.why;
    case 'remember':
      log.warn('sending was switched by somebody else', { pausable, isSending });
      return (await store.write(pausable, seen.becomes, version)) === undefined ? 'busy' : 'noticed';
    case 'tell': {
      const claimed = await store.write(pausable, seen.becomes, version);
      if (claimed === undefined) return 'busy';
      await tell(seen.becomes, claimed, deps);
      return 'told';
    }
    case 'judge':
      return readAndJudge(state, version, now(), deps);
  }
};
