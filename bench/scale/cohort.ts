/** Messages that arrived at the same time, were received equally often, and want the same. */
export interface Cohort {
  /** Seconds. */
  readonly arrivedAt: number;
  readonly receives: number;
  readonly count: number;
  /** The partition of the index that each of them writes to; undefined: they change no entry. */
  readonly partition?: number;
}

/** A line of cohorts, first in, first out: the oldest are at the front. */
export class Line {
  #cohorts: Cohort[] = [];
  #from = 0;
  #count = 0;

  /** Messages in it. */
  get count(): number {
    return this.#count;
  }

  /** When the one at the front arrived; undefined if there is none. */
  get frontArrivedAt(): number | undefined {
    return this.#cohorts[this.#from]?.arrivedAt;
  }

  push(cohort: Cohort): void {
    if (cohort.count === 0) return;
    this.#cohorts.push(cohort);
    this.#count += cohort.count;
  }

  /** Takes so many from the front, or all there are. */
  take(count: number): Cohort[] {
    const taken: Cohort[] = [];
    let left = Math.min(count, this.#count);
    this.#count -= left;
    while (left > 0) {
      const front = this.#cohorts[this.#from] as Cohort;
      if (front.count > left) {
        taken.push({ ...front, count: left });
        this.#cohorts[this.#from] = { ...front, count: front.count - left };
        break;
      }
      taken.push(front);
      left -= front.count;
      this.#from += 1;
    }
    if (this.#from > 1000 && this.#from * 2 > this.#cohorts.length) {
      this.#cohorts = this.#cohorts.slice(this.#from);
      this.#from = 0;
    }
    return taken;
  }
}
