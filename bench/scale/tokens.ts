/** So much a second, of which at most a second's worth is kept. */
export class Tokens {
  readonly #perSecond: number;
  #left: number;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
  }

  /** What can be taken: whole ones. */
  get whole(): number {
    return Math.floor(this.#left);
  }

  /** Lets time pass. */
  refill(seconds: number): void {
    this.#left = Math.min(this.#perSecond, this.#left + this.#perSecond * seconds);
  }

  /** Takes no more than {@link whole}. */
  take(count: number): void {
    this.#left -= count;
  }
}
