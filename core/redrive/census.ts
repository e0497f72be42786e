import type { Instant } from '../instant.ts';
import { causeOf } from './cause.ts';
import type { Letter, LetterBox } from './letters.ts';
import { type WayBack, wayBack } from './way-back.ts';

/** Letters with the same code. */
export interface CauseCount {
  readonly code: string;
  readonly letters: number;
  /** Of these, how many can be fed back. */
  readonly goes: number;
  /** Why the others cannot, each reason once. */
  readonly stays: readonly string[];
  /** When the oldest was first put on a queue. */
  readonly oldest: Instant | undefined;
  /** The oldest of them. */
  readonly sample: Sample;
}

/** One letter, without what it says: a request may hold a password, feedback a stranger's address. */
export interface Sample {
  readonly messageId: string;
  readonly message: string | undefined;
  /** Of a send request: by which `message --key` finds what became of it. */
  readonly key: string | undefined;
}

interface Group {
  letters: number;
  goes: number;
  readonly stays: Set<string>;
  oldest: Instant | undefined;
  sample: Sample;
}

const sampleOf = (letter: Letter, message: string | undefined, way: WayBack): Sample => ({
  messageId: letter.messageId,
  message,
  key: way.kind === 'goes' ? way.key : undefined,
});

/** Counts letters by cause. */
export class Census {
  readonly #box: LetterBox;
  readonly #groups = new Map<string, Group>();

  constructor(box: LetterBox) {
    this.#box = box;
  }

  add(letter: Letter): void {
    const { code, message } = causeOf(letter, this.#box);
    const way = wayBack(letter, this.#box);
    const { sentAt } = letter;
    const known = this.#groups.get(code);
    const group = known ?? {
      letters: 0,
      goes: 0,
      stays: new Set(),
      oldest: sentAt,
      sample: sampleOf(letter, message, way),
    };
    if (known === undefined) this.#groups.set(code, group);
    group.letters += 1;
    if (way.kind === 'goes') group.goes += 1;
    else group.stays.add(way.why);
    if (sentAt === undefined || (group.oldest !== undefined && group.oldest <= sentAt)) return;
    group.oldest = sentAt;
    group.sample = sampleOf(letter, message, way);
  }

  /** All that was counted, the most frequent cause first. */
  get causes(): CauseCount[] {
    return [...this.#groups]
      .map(([code, group]) => ({ code, ...group, stays: [...group.stays].sort() }))
      .sort((a, b) => b.letters - a.letters || (a.code < b.code ? -1 : 1));
  }

  get letters(): number {
    return [...this.#groups.values()].reduce((sum, { letters }) => sum + letters, 0);
  }
}
