/** One thing that must hold, and what was found. */
export interface Claim {
  readonly name: string;
  /** What was counted, for people. */
  readonly found: string;
  /** The first of what does not hold; empty if the claim holds. */
  readonly broken: readonly string[];
  /** How many do not hold. */
  readonly failures: number;
}

const SHOWN = 5;

/** Collects what does not hold: a few in words, all as a count, so that a storm of failures fits a screen. */
export class Failures {
  readonly #shown: string[] = [];
  #count = 0;

  add(words: string): void {
    this.#count += 1;
    if (this.#shown.length < SHOWN) this.#shown.push(words);
  }

  get count(): number {
    return this.#count;
  }

  claim(name: string, found: string): Claim {
    return { name, found, broken: [...this.#shown], failures: this.#count };
  }
}

export const holds = ({ failures }: Claim): boolean => failures === 0;
