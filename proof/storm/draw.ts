import { seededRandom } from '../../local/seeded-random.ts';
import { chance } from '../faults/dice.ts';

/** Choices that depend on the seed and the ordinals given, and on nothing drawn elsewhere. */
export class Draw {
  readonly #random: () => number;

  constructor(seed: number, ...ordinals: readonly number[]) {
    this.#random = seededRandom(chance(seed, ...ordinals) * 2 ** 32);
  }

  /** From 0 up to 1. */
  next(): number {
    return this.#random();
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** Whether something that happens this often, from 0 to 1, happens. */
  is(share: number): boolean {
    return this.#random() < share;
  }

  /** @throws if there is nothing to choose from */
  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error('nothing to choose from');
    return choices[this.below(choices.length)] as T;
  }

  /** One of several, each as often as its weight says. */
  weighted<T extends { readonly weight: number }>(choices: readonly T[]): T {
    let left = this.#random() * choices.reduce((sum, { weight }) => sum + weight, 0);
    for (const choice of choices) {
      left -= choice.weight;
      if (left < 0) return choice;
    }
    return this.pick(choices);
  }
}
