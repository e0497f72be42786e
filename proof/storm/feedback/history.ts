/** What the storm's own bookkeeping knows of each message: when invocations with it began and ended, by one clock. */
export class History {
  /** The event of each message. */
  readonly arrivals: Int32Array;
  readonly #firstStart: Int32Array;
  readonly #lastEnd: Int32Array;
  readonly #doneStart: Int32Array;
  readonly #doneEnd: Int32Array;
  #clock = 0;

  constructor(arrivals: Int32Array) {
    this.arrivals = arrivals;
    const times = (): Int32Array => new Int32Array(arrivals.length);
    this.#firstStart = times();
    this.#lastEnd = times();
    this.#doneStart = times();
    this.#doneEnd = times();
  }

  /** An invocation with these messages begins. @returns its time, from 1, which no other has */
  began(messages: readonly number[]): number {
    this.#clock += 1;
    for (const message of messages) this.#firstStart[message] ||= this.#clock;
    return this.#clock;
  }

  /** It ended, and acknowledged some of them. */
  ended(messages: readonly number[], start: number, acknowledged: ReadonlySet<number>): void {
    this.#clock += 1;
    for (const message of messages) {
      this.#lastEnd[message] = this.#clock;
      if (!acknowledged.has(message) || this.#doneEnd[message] !== 0) continue;
      this.#doneStart[message] = start;
      this.#doneEnd[message] = this.#clock;
    }
  }

  /** When the first invocation with it began; infinite if none did. */
  firstStart(message: number): number {
    return this.#firstStart[message] || Number.POSITIVE_INFINITY;
  }

  /** When the last invocation with it had ended. */
  lastEnd(message: number): number {
    return this.#lastEnd[message] ?? 0;
  }

  /** The invocation that acknowledged it first; undefined if none did. */
  done(message: number): { readonly start: number; readonly end: number } | undefined {
    const end = this.#doneEnd[message] ?? 0;
    return end === 0 ? undefined : { start: this.#doneStart[message] ?? 0, end };
  }
}
