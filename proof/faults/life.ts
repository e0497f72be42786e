/** Where a function dies: at its nth request, from 0, before it leaves or when its answer is due. */
export interface Death {
  readonly request: number;
  readonly phase: 'before' | 'after';
}

const never = (): Promise<never> => new Promise(() => undefined);

/**
 * The life of a function's environment. When it dies, nothing of it goes on: requests that are under way may still
 * arrive, but no answer comes back and no further request leaves.
 */
export class Life {
  readonly #death: Death | undefined;
  readonly #over: Promise<void>;
  #end: () => void = () => undefined;
  #isOver = false;
  #requests = 0;

  /** @param death - absent: it lives for as long as it is used */
  constructor(death?: Death) {
    this.#death = death;
    this.#over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Resolves when it dies. */
  get over(): Promise<void> {
    return this.#over;
  }

  /** Makes a request, or dies of it. A life that is over makes none and never answers. */
  async request<T>(make: () => Promise<T>): Promise<T> {
    if (this.#isOver) return never();
    const isLast = this.#death?.request === this.#requests;
    this.#requests += 1;
    if (isLast && this.#death?.phase === 'before') return this.#die();
    try {
      return await make();
    } finally {
      if (isLast || this.#isOver) await this.#die();
    }
  }

  #die(): Promise<never> {
    this.#isOver = true;
    this.#end();
    return never();
  }
}
