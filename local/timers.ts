/** One-shot timers that can all be cleared at once, so that nothing fires after a stop. */
export class Timers {
  readonly #pending = new Set<NodeJS.Timeout>();
  #stopped = false;

  /** Runs `task` after `ms` milliseconds, unless {@link stop} comes first. */
  after(ms: number, task: () => void): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      task();
    }, ms);
    this.#pending.add(timer);
  }

  /** How many have yet to fire. */
  get pending(): number {
    return this.#pending.size;
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }
}
