/** What happens at a time. */
type Action = () => void;

interface Entry {
  readonly at: number;
  /** Which of two at the same time comes first: the one that was asked for first. */
  readonly order: number;
  readonly action: Action;
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/**
 * Time that jumps from one event to the next: a heap of what is to happen, in the order of its time, and of its asking
 * where times are the same, so that a run can be repeated exactly.
 *
 * @example
 * const engine = new Engine();
 * engine.after(2, () => engine.now); // called when now is 2
 * engine.run(10); // and then now is 10
 */
export class Engine {
  #now = 0;
  #asked = 0;
  readonly #heap: Entry[] = [];

  /** Seconds since the beginning. */
  get now(): number {
    return this.#now;
  }

  /**
   * Has something happen later.
   *
   * @param seconds - from now, 0 or more
   * @throws RangeError for a time in the past, or none
   */
  after(seconds: number, action: Action): void {
    if (!(seconds >= 0)) throw new RangeError(`an event lies in the future, got: ${seconds} s from now`);
    this.#push({ at: this.#now + seconds, order: this.#asked, action });
    this.#asked += 1;
  }

  /** Has something happen again and again, first now, until it says false. */
  every(seconds: number, action: () => boolean | undefined): void {
    const again = (): void => {
      if (action() !== false) this.after(seconds, again);
    };
    this.after(0, again);
  }

  /** Lets everything happen up to a time, that time included. */
  run(until: number): void {
    for (let first = this.#heap[0]; first !== undefined && first.at <= until; first = this.#heap[0]) {
      this.#pop();
      this.#now = first.at;
      first.action();
    }
    this.#now = until;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up] as Entry;
      if (isBefore(parent, entry)) break;
      heap[i] = parent;
      i = up;
    }
    heap[i] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && isBefore(heap[right] as Entry, heap[left] as Entry) ? right : left;
      const least = heap[child] as Entry;
      if (isBefore(last, least)) break;
      heap[i] = least;
      i = child;
    }
    heap[i] = last;
  }
}
