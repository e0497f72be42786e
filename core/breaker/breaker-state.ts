import type { Instant } from '../instant.ts';
import type { RateKind } from './limits.ts';

/** What made the breaker trip. */
export interface Cause {
  readonly kind: RateKind;
  /** Whose rate was at the line: SES's own, or the one made of our own counts. */
  readonly source: 'ses' | 'own';
  readonly rate: number;
  readonly line: number;
  /** Our own count since `since`. */
  readonly events: number;
  /** Mails that these are a part of: those since `since`, or of the busiest day that complaints may be about. */
  readonly volume: number;
  readonly since: Instant;
}

/** Sending was paused, or is about to be. */
export interface Pause {
  readonly at: Instant;
  /** The breaker, somebody with the command line, or whoever else may do it: the console, another program. */
  readonly by: 'breaker' | 'command' | 'elsewhere';
  /** Why, where the breaker did it. */
  readonly cause?: Cause;
  /** Who ran the command, and the note given with it. */
  readonly operator?: string;
  readonly note?: string;
  /** Since when a run is busy with this pause; another run leaves it alone for {@link LEASE_MS}. */
  readonly claimedAt?: Instant;
  /** When the people on call were told; a pause by command tells whoever ran it. */
  readonly toldAt?: Instant;
}

/** Sending was resumed. */
export interface Resumption {
  readonly at: Instant;
  readonly by: 'command' | 'elsewhere';
  readonly operator?: string;
  readonly note?: string;
}

/** What is remembered of something that can be paused. */
export interface BreakerState {
  /** `pausing`: the breaker has decided, and SES may not have been told yet. */
  readonly phase: 'running' | 'pausing' | 'paused';
  /** The last pause; it stays when sending is resumed. */
  readonly pause?: Pause;
  readonly resumption?: Resumption;
  /** Rates of SES that count again only once they have been seen below half of their line. */
  readonly disarmed: readonly RateKind[];
}

/** Of something that was never paused. */
export const NEVER_PAUSED: BreakerState = { phase: 'running', disarmed: [] };

/** Longer than an invocation may take, shorter than Lambda waits before it repeats one that failed. */
export const LEASE_MS = 45_000;

/**
 * The state once sending is resumed: counts start anew, and SES's slow rates are disarmed. What was true before cannot
 * pause it again.
 */
export const resumed = (state: BreakerState, resumption: Resumption): BreakerState => ({
  ...state,
  phase: 'running',
  resumption,
  disarmed: ['bounces', 'complaints'],
});
