import { randomUUID } from 'node:crypto';
import type { Letter, LetterAttributes, Letters, Moved, Mover, Outbox } from '../core/redrive/letters.ts';

/** What a message in memory is made of. */
export type GivenLetter = Partial<Omit<Letter, 'receiptHandle'>> & Pick<Letter, 'body'>;

interface Held {
  readonly letter: Letter;
  isHidden: boolean;
}

/** As many as SQS gives at once. */
const MOST_TAKEN = 10;

/** A queue of dead letters in memory, for tests. */
export class MemoryLetters implements Letters {
  readonly #held = new Map<string, Held>();
  /** Receives, as they count against a message. */
  takes = 0;

  /** Puts a letter there. */
  add({ messageId = randomUUID(), attributes = {}, sentAt = 0, body }: GivenLetter): void {
    const letter = { messageId, receiptHandle: `handle-${messageId}`, attributes, sentAt, body };
    this.#held.set(messageId, { letter, isHidden: false });
  }

  /** Those that anybody can see, in order. */
  get visible(): readonly Letter[] {
    return [...this.#held.values()].filter(({ isHidden }) => !isHidden).map(({ letter }) => letter);
  }

  async depth(): Promise<number> {
    return this.#held.size;
  }

  async take(): Promise<readonly Letter[]> {
    const taken: Held[] = [];
    for (const held of this.#held.values()) {
      if (!held.isHidden) taken.push(held);
      if (taken.length === MOST_TAKEN) break;
    }
    for (const held of taken) held.isHidden = true;
    this.takes += taken.length;
    return taken.map(({ letter }) => letter);
  }

  async giveBack({ messageId }: Letter): Promise<void> {
    const held = this.#held.get(messageId);
    if (held !== undefined) held.isHidden = false;
  }

  async remove({ messageId }: Letter): Promise<void> {
    this.#held.delete(messageId);
  }
}

/** A queue in memory that takes what is fed back. */
export class MemoryOutbox implements Outbox {
  readonly mostReceives = 5;
  readonly received: { readonly body: string; readonly attributes: LetterAttributes }[] = [];

  async put(body: string, attributes: LetterAttributes): Promise<void> {
    this.received.push({ body, attributes });
  }
}

/** Moves letters in memory: so many at each look at its progress. */
export class MemoryMover implements Mover {
  readonly #letters: MemoryLetters;
  readonly #outbox: MemoryOutbox;
  readonly #perLook: number;
  #toMove = 0;
  #moved = 0;

  constructor(letters: MemoryLetters, outbox: MemoryOutbox, perLook = Number.POSITIVE_INFINITY) {
    this.#letters = letters;
    this.#outbox = outbox;
    this.#perLook = perLook;
  }

  async start(): Promise<void> {
    this.#toMove = await this.#letters.depth();
  }

  async progress(): Promise<Moved> {
    for (const letter of this.#letters.visible.slice(0, this.#perLook)) {
      await this.#outbox.put(letter.body, letter.attributes);
      await this.#letters.remove(letter);
      this.#moved += 1;
    }
    const state = this.#letters.visible.length === 0 ? 'done' : 'running';
    return { state, moved: this.#moved, toMove: this.#toMove, why: undefined };
  }
}
