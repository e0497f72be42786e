import { randomUUID } from 'node:crypto';
import { Environment, type FunctionDefinition } from './environment.ts';
import { failed, type Outcome } from './outcome.ts';

/** The environments of one function. An invocation takes a free one, starts one while there may be more, or waits. */
export class FunctionPool {
  readonly #definition: FunctionDefinition;
  readonly #size: number;
  readonly #onInvoked: (payload: string, outcome: Outcome) => void;
  readonly #all = new Set<Environment>();
  readonly #free: Environment[] = [];
  readonly #waiting: ((environment: Environment | null) => void)[] = [];
  #isStopped = false;

  /**
   * @param size - environments at most, from 1
   * @param onInvoked - told of each invocation that was run
   */
  constructor(
    definition: FunctionDefinition,
    size: number,
    onInvoked: (payload: string, outcome: Outcome) => void = () => undefined,
  ) {
    this.#definition = definition;
    this.#size = size;
    this.#onInvoked = onInvoked;
  }

  /** Starts the first environment ahead of the first event. */
  async warm(): Promise<void> {
    const environment = await this.#take();
    await environment?.ready();
    if (environment !== null) this.#give(environment);
  }

  /**
   * Runs one event; waits its turn when every environment is busy. Never rejects.
   *
   * @param payload - JSON text
   */
  async invoke(payload: string, requestId: string = randomUUID()): Promise<Outcome> {
    const environment = await this.#take();
    if (environment === null) return failed('Runtime.Stopped', 'the local cloud was stopped');
    const outcome = await environment.run(requestId, payload);
    this.#give(environment);
    if (!outcome.ok) this.#definition.onLog(`Invoke Error ${JSON.stringify(outcome.error)}`);
    this.#onInvoked(payload, outcome);
    return outcome;
  }

  /** Ends every environment; invocations under way fail. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const next of this.#waiting.splice(0)) next(null);
    await Promise.all([...this.#all].map((environment) => environment.stop()));
  }

  async #take(): Promise<Environment | null> {
    if (this.#isStopped) return null;
    for (let free = this.#free.pop(); free !== undefined; free = this.#free.pop()) {
      if (free.isUsable) return free;
      this.#all.delete(free);
    }
    if (this.#all.size < this.#size) return this.#start();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(environment: Environment): void {
    if (!environment.isUsable) this.#all.delete(environment);
    const next = this.#waiting.shift();
    if (next === undefined) {
      if (environment.isUsable) this.#free.push(environment);
    } else next(environment.isUsable ? environment : this.#start());
  }

  #start(): Environment {
    const environment = new Environment(this.#definition);
    this.#all.add(environment);
    return environment;
  }
}
