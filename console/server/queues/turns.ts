import type { Box, BoxLook, Redriven } from '../../api.ts';
import { Refusal } from '../refusal.ts';

/**
 * Keeps those who look into a dead-letter queue from hiding its letters from each other: looks at the same time are one,
 * letters are moved after a look that runs, and nobody looks or moves while they are moved.
 */
export class Turns {
  readonly #looks = new Map<Box, Promise<BoxLook>>();
  readonly #moving = new Set<Box>();

  /** @throws Refusal `RedriveRunning` */
  async look(box: Box, look: () => Promise<BoxLook>): Promise<BoxLook> {
    this.#refuseWhileMoving(box);
    const running = this.#looks.get(box);
    if (running !== undefined) return running;
    const one = look().finally(() => this.#looks.delete(box));
    this.#looks.set(box, one);
    return one;
  }

  /** @throws Refusal `RedriveRunning` */
  async move(box: Box, move: () => Promise<Redriven>): Promise<Redriven> {
    this.#refuseWhileMoving(box);
    this.#moving.add(box);
    try {
      await this.#looks.get(box)?.catch(() => undefined);
      return await move();
    } finally {
      this.#moving.delete(box);
    }
  }

  #refuseWhileMoving(box: Box): void {
    if (!this.#moving.has(box)) return;
    throw new Refusal(409, {
      code: 'RedriveRunning',
      message: 'the letters of this queue are being moved',
      remedy: 'Wait until that is done, and look again.',
    });
  }
}
