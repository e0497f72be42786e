import { DAY, type Instant, SECOND } from '../instant.ts';
import { type BreakerState, LEASE_MS, type Pause, resumed } from './breaker-state.ts';

/** What is to be done before any number is read. */
export type Look =
  /** Nothing: sending is paused and everybody knows, or another run is busy with it. */
  | { readonly kind: 'rest'; readonly why: 'paused' | 'busy' }
  /** SES was switched by somebody else, or a clock was wrong: remember it, and leave the rest to the next run. */
  | { readonly kind: 'remember'; readonly becomes: BreakerState }
  /** Sending is paused, and nobody was told for a day: claim it, then tell. */
  | { readonly kind: 'tell'; readonly becomes: BreakerState & { readonly pause: Pause } }
  /** SES sends: read the rates. */
  | { readonly kind: 'judge' };

/** Of its own switch SES may say what was true a while ago, and whoever switches it writes that down a little later. */
const SETTLING_MS = 120 * SECOND;
/** A person's clock may be this far ahead of ours. */
const CLOCKS_MS = 300 * SECOND;

/** What waits in the send queue is dropped after 13 days, so a pause must not be forgotten. */
const REMIND_MS = DAY;

const isBusy = ({ claimedAt, toldAt }: Pause, now: Instant): boolean =>
  claimedAt !== undefined &&
  (toldAt === undefined || toldAt < claimedAt) &&
  claimedAt <= now &&
  now < claimedAt + LEASE_MS;

const isFresh = (at: Instant, now: Instant): boolean => at <= now && now < at + SETTLING_MS;

const whilePaused = (state: BreakerState, now: Instant): Look => {
  const { phase, pause, resumption } = state;
  if (phase === 'running' && resumption !== undefined && isFresh(resumption.at, now))
    return { kind: 'rest', why: 'busy' };
  if (phase === 'running' || pause === undefined) {
    const found: Pause = { at: now, by: 'elsewhere', claimedAt: now };
    return { kind: 'remember', becomes: { ...state, phase: 'paused', pause: found } };
  }
  if (pause.toldAt !== undefined && now < pause.toldAt + REMIND_MS) return { kind: 'rest', why: 'paused' };
  if (isBusy(pause, now)) return { kind: 'rest', why: 'busy' };
  return { kind: 'tell', becomes: { ...state, phase: 'paused', pause: { ...pause, claimedAt: now } } };
};

/**
 * Compares what is remembered with what SES says. SES is right: whoever switches it in the console has done so, and a
 * resumption there counts as one from now on.
 */
export const look = (state: BreakerState, isSending: boolean, now: Instant): Look => {
  if (!isSending) return whilePaused(state, now);
  const { phase, pause, resumption } = state;
  if (phase === 'paused' && pause !== undefined && pause.by !== 'elsewhere' && isFresh(pause.at, now))
    return { kind: 'rest', why: 'busy' };
  if (phase === 'paused') return { kind: 'remember', becomes: resumed(state, { at: now, by: 'elsewhere' }) };
  if (phase === 'pausing' && pause !== undefined && isBusy(pause, now)) return { kind: 'rest', why: 'busy' };
  if (resumption !== undefined && resumption.at > now + CLOCKS_MS)
    return { kind: 'remember', becomes: { ...state, resumption: { ...resumption, at: now } } };
  return { kind: 'judge' };
};
