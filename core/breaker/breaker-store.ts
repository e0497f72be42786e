import type { BreakerState } from './breaker-state.ts';
import type { Pausable } from './sending.ts';

/** A state as it was read. */
export interface RememberedState {
  readonly state: BreakerState;
  /** Stands for exactly this writing of it. */
  readonly version: string;
}

/** Where states are remembered, one for each thing that can be paused. Implementations pass one contract suite. */
export interface BreakerStore {
  /**
   * The state of something, read consistently; undefined if there is none.
   *
   * @throws BreakerStateUnreadable if it is none that this version can read; otherwise when the table cannot say
   */
  read(of: Pausable): Promise<RememberedState | undefined>;
  /**
   * Writes a state, if the one it takes the place of is still there.
   *
   * @param over - the version that was read; undefined: only if there is none
   * @returns the version written; undefined: it was lost, somebody else has written meanwhile
   * @throws when the table cannot say; the write may have happened
   */
  write(of: Pausable, state: BreakerState, over: string | undefined): Promise<string | undefined>;
}

/** What is remembered cannot be read: another version or another program wrote it. */
export class BreakerStateUnreadable extends Error {
  override readonly name = 'BreakerStateUnreadable';
  readonly code = 'BreakerStateUnreadable';
}
