/** Spreads the bits of a whole number over 32 bits (MurmurHash3's last step). */
const mixed = (bits: number): number => {
  let hash = bits;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** A text as 32 bits (FNV-1a). */
export const hashText = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** A number from 0 up to 1 that depends on all of these and on nothing else. */
export const chance = (...parts: readonly number[]): number =>
  parts.reduce((hash, part) => mixed(hash ^ mixed(part + 0x9e3779b9)), 0x2545f491) / 2 ** 32;

/** Places for ordinals: two subjects that share one only share their count. */
const SLOTS = 2 ** 18;

/**
 * Dice whose throws do not depend on who comes first: the nth throw for a subject is the same in every run with the same seed,
 * however the throws for other subjects lie in between. The memory they take does not grow.
 */
export class Dice {
  readonly #seed: number;
  readonly #thrown = new Uint32Array(SLOTS);

  constructor(seed: number) {
    this.#seed = seed;
  }

  /**
   * @param subject - what is asked about, such as an operation and its keys
   * @returns from 0 up to 1
   */
  throw(subject: string): number {
    const hash = hashText(subject);
    const slot = hash % SLOTS;
    const ordinal = this.#thrown[slot] ?? 0;
    this.#thrown[slot] = ordinal + 1;
    return chance(this.#seed, hash, ordinal);
  }
}
