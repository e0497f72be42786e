/** How a queue treats what nobody has acknowledged. */
export interface StormQueueOptions {
  /** Takes for which a message that was taken stays hidden: the visibility timeout, in the queue's own time. */
  readonly visibility: number;
  /** Takes of one message before it is set aside. */
  readonly maxReceiveCount: number;
}

interface Hidden {
  readonly message: number;
  readonly until: number;
}

/**
 * A standard queue whose time is data: a clock that counts takes, so that a visibility timeout of minutes is over in
 * milliseconds and the same run can be had again. Messages are numbers, from 0, all of them sent before the first take. At least
 * once: what was taken and not deleted is seen again. Its memory does not grow.
 */
export class StormQueue {
  readonly #options: StormQueueOptions;
  readonly #receives: Uint8Array;
  readonly #deleted: Uint8Array;
  readonly #hidden: Hidden[] = [];
  readonly #buried: number[] = [];
  #fresh = 0;
  #left: number;
  #time = 0;

  constructor(messages: number, options: StormQueueOptions) {
    this.#options = options;
    this.#receives = new Uint8Array(messages);
    this.#deleted = new Uint8Array(messages);
    this.#left = messages;
  }

  /** Messages not yet deleted or set aside. */
  get left(): number {
    return this.#left;
  }

  /** Messages set aside after all their tries. */
  get buried(): readonly number[] {
    return this.#buried;
  }

  /** How often a message was taken. */
  receives(message: number): number {
    return this.#receives[message] ?? 0;
  }

  /** Takes up to `most` visible messages; what was hidden long enough comes first. */
  take(most: number): number[] {
    this.#time += 1;
    const taken: number[] = [];
    while (taken.length < most) {
      const message = this.#next();
      if (message === undefined) break;
      const receives = this.receives(message);
      if (receives >= this.#options.maxReceiveCount) {
        this.#buried.push(message);
        this.#left -= 1;
        continue;
      }
      this.#receives[message] = receives + 1;
      this.#hidden.push({ message, until: this.#time + this.#options.visibility });
      taken.push(message);
    }
    return taken;
  }

  delete(message: number): void {
    if (this.#deleted[message] === 1) return;
    this.#deleted[message] = 1;
    this.#left -= 1;
  }

  /** Lets the time pass until the first hidden message is seen again. */
  pass(): void {
    const [first] = this.#hidden;
    if (first !== undefined) this.#time = Math.max(this.#time, first.until);
  }

  #next(): number | undefined {
    for (let first = this.#hidden[0]; first !== undefined && first.until <= this.#time; first = this.#hidden[0]) {
      this.#hidden.shift();
      if (this.#deleted[first.message] === 0) return first.message;
    }
    if (this.#fresh >= this.#receives.length) return undefined;
    this.#fresh += 1;
    return this.#fresh - 1;
  }
}
