import type { Sleep } from '../../../../console/server/feed/repeated.ts';
import { NOW } from '../../../cli/harness.ts';

/** Lets everything happen that waits for no time. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 4; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A clock that stands still until it is told how much time passes. */
export class FakeClock {
  #now: number;
  readonly #sleepers = new Set<{ readonly at: number; wake(): void }>();

  constructor(now: number = NOW) {
    this.#now = now;
  }

  now = (): number => this.#now;

  sleep: Sleep = (millis, signal) =>
    new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { at: this.#now + millis, wake };
      this.#sleepers.add(sleeper);
      if (signal.aborted) wake();
      signal.addEventListener('abort', wake);
    });

  /** How many sleep. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  /** Sets it to another time without anybody being woken. */
  set(now: number): void {
    this.#now = now;
  }

  /** Lets milliseconds pass, whoever is to be woken in between in their order. */
  async pass(millis: number): Promise<void> {
    const until = this.#now + millis;
    await settle();
    for (;;) {
      const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > until) break;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await settle();
    }
    this.#now = until;
    await settle();
  }
}
