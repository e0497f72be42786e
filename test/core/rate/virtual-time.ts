import type { Time } from '../../../core/rate/time.ts';

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

const everybodyWaits = (): Promise<void> => new Promise(setImmediate);

/** Time that passes only while everybody waits, and then at once. */
export class VirtualTime implements Time {
  #now: number;
  /** A heap by time, the earliest first; those of one time in no particular order. */
  readonly #timers: Timer[] = [];

  constructor(start = Date.parse('2026-01-02T03:04:05.000Z')) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (millis: number): Promise<void> =>
    new Promise((ring) => this.#push({ at: this.#now + Math.max(0, millis), ring }));

  /** Lets time pass until nobody waits any more, or up to a time. */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    do await everybodyWaits();
    while (this.#ring(until));
    if (Number.isFinite(until)) this.#now = Math.max(this.#now, until);
  }

  /** What a promise comes to, with time passing for as long as it takes and no longer. */
  async during<T>(work: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    work.then(settle, settle);
    for (let idle = 0; idle < 1000; ) {
      await everybodyWaits();
      if (isSettled) return work;
      if (!this.#ring(Number.POSITIVE_INFINITY)) idle += 1;
    }
    throw new Error('waits for something that never happens');
  }

  /** Has the timers ring that are next; false if there are none up to that time. */
  #ring(until: number): boolean {
    const next = this.#timers[0];
    if (next === undefined || next.at > until) return false;
    this.#now = Math.max(this.#now, next.at);
    while (this.#timers[0] !== undefined && this.#timers[0].at <= this.#now) this.#pop()?.ring();
    return true;
  }

  #push(timer: Timer): void {
    const timers = this.#timers;
    let at = timers.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((timers[parent] as Timer).at <= timer.at) break;
      timers[at] = timers[parent] as Timer;
      at = parent;
    }
    timers[at] = timer;
  }

  #pop(): Timer | undefined {
    const timers = this.#timers;
    const [first] = timers;
    const last = timers.pop();
    if (first === undefined || last === undefined || timers.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= timers.length) break;
      if (child + 1 < timers.length && (timers[child + 1] as Timer).at < (timers[child] as Timer).at) child += 1;
      if ((timers[child] as Timer).at >= last.at) break;
      timers[at] = timers[child] as Timer;
      at = child;
    }
    timers[at] = last;
    return first;
  }
}
