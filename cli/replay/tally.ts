import { type Classified, isVerdict } from '../../core/decisions/classify.ts';

/** What was read, and what was decided about it. */
export class ReplayTally {
  messages = 0;
  malformed = 0;
  readonly #decisions = new Map<string, number>();

  /** Counts what was decided about a message. */
  add(classified: Classified): void {
    this.messages += 1;
    if (classified.kind === 'malformed') {
      this.malformed += 1;
      return;
    }
    for (const line of classified.lines) this.#count(isVerdict(line) ? line.decision.rule : 'unusable-address');
  }

  /** Counts a message that cannot even be opened. */
  addMalformed(): void {
    this.messages += 1;
    this.malformed += 1;
  }

  /** Decisions by rule, the most frequent first. */
  get decisions(): readonly (readonly [rule: string, count: number])[] {
    return [...this.#decisions].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }

  #count(rule: string): void {
    this.#decisions.set(rule, (this.#decisions.get(rule) ?? 0) + 1);
  }
}
