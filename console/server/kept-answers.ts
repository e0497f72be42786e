import type { Instant } from '../../core/instant.ts';

/** The answer to one question. */
class KeptAnswer<T> {
  readonly #millis: number;
  readonly #now: () => Instant;
  readonly #ask: () => Promise<T>;
  #running: Promise<T> | undefined;
  #seen: { readonly at: Instant; readonly what: T } | undefined;

  constructor(millis: number, now: () => Instant, ask: () => Promise<T>) {
    this.#millis = millis;
    this.#now = now;
    this.#ask = ask;
  }

  /** Nobody waits for it, and nobody would be given it. */
  get isOld(): boolean {
    return this.#running === undefined && !this.#isGood(this.#seen);
  }

  async get(fresh: boolean): Promise<T> {
    if (this.#running !== undefined)
      return fresh ? this.#running.catch(() => undefined).then(() => this.#run()) : this.#running;
    if (!fresh && this.#isGood(this.#seen)) return this.#seen.what;
    return this.#run();
  }

  #isGood<S extends { readonly at: Instant }>(seen: S | undefined): seen is S {
    return seen !== undefined && this.#now() - seen.at < this.#millis;
  }

  async #run(): Promise<T> {
    // somebody else who waited may have begun it
    if (this.#running !== undefined) return this.#running;
    this.#seen = undefined;
    this.#running = this.#ask();
    try {
      const what = await this.#running;
      this.#seen = { at: this.#now(), what };
      return what;
    } finally {
      this.#running = undefined;
    }
  }
}

/**
 * Keeps the answer to each question for a while, from when it came, so that those who look again, or together, ask once: no
 * question is ever asked twice at a time. What failed is not kept.
 *
 * @param millis - how long
 * @returns gives an answer; with `fresh` one to a question that is asked from now on, after what runs already
 * @example const rates = keptAnswers(30_000, now, (hours: number) => readRates(hours)); await rates(24)
 */
export const keptAnswers = <K, T>(
  millis: number,
  now: () => Instant,
  ask: (key: K) => Promise<T>,
): ((key: K, fresh?: boolean) => Promise<T>) => {
  const answers = new Map<K, KeptAnswer<T>>();
  return (key, fresh = false) => {
    for (const [of, answer] of answers) if (answer.isOld) answers.delete(of);
    const answer = answers.get(key) ?? new KeptAnswer(millis, now, () => ask(key));
    answers.set(key, answer);
    return answer.get(fresh);
  };
};
