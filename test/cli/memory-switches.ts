import { breakerId } from '../../adapters/breaker-codec.ts';
import { MemoryBreaker } from '../../adapters/memory-breaker.ts';
import type { OpenedSwitches } from '../../cli/dependencies.ts';
import type { AccountStanding } from '../../core/breaker/sending.ts';

/** Switches in memory; `on` says what is sent with, by the id of its state. */
export interface MemorySwitches extends OpenedSwitches {
  readonly store: MemoryBreaker;
  readonly on: Record<string, boolean>;
  /** What was switched, in order, as in `breaker#mine off`. */
  readonly moves: string[];
}

/** Switches in memory: the configuration set `mine` and the account, both on unless `on` says otherwise. */
export const memorySwitches = (
  on: Record<string, boolean> = {},
  standing: Partial<AccountStanding> = {},
): MemorySwitches => {
  const moves: string[] = [];
  return {
    configurationSet: 'mine',
    store: new MemoryBreaker(),
    on,
    moves,
    sending: (of) => ({
      isEnabled: async () => on[breakerId(of)] ?? true,
      set: async (enabled) => {
        moves.push(`${breakerId(of)} ${enabled ? 'on' : 'off'}`);
        on[breakerId(of)] = enabled;
      },
    }),
    standing: async () => ({ sendingEnabled: on['breaker#*'] ?? true, isShutDown: false, ...standing }),
    close: () => undefined,
  };
};
