import type { BreakerState } from '../core/breaker/breaker-state.ts';
import type { BreakerStore, RememberedState } from '../core/breaker/breaker-store.ts';
import type { Pausable } from '../core/breaker/sending.ts';
import { breakerId, readState, writeState } from './breaker-codec.ts';

/**
 * States of the circuit breaker in memory, for tests and trials: the same contract as those in DynamoDB.
 *
 * @example const store = new MemoryBreaker()
 */
export class MemoryBreaker implements BreakerStore {
  readonly #written = new Map<string, { readonly text: string; readonly version: string }>();
  #writes = 0;

  async read(of: Pausable): Promise<RememberedState | undefined> {
    const found = this.#written.get(breakerId(of));
    return found && { state: readState(found.text), version: found.version };
  }

  async write(of: Pausable, state: BreakerState, over: string | undefined): Promise<string | undefined> {
    const id = breakerId(of);
    if (this.#written.get(id)?.version !== over) return undefined;
    this.#writes += 1;
    const version = String(this.#writes);
    this.#written.set(id, { text: writeState(state), version });
    return version;
  }
}
