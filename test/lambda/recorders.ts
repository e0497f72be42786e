import type { Counts } from '../../core/counts.ts';
import type { DeadLetter, DeadLetters } from '../../core/feedback/dead-letters.ts';
import type { Log } from '../../core/log.ts';

/** Counts in memory: `counted` is what was flushed, as `metric/rule`. */
export class RecordedCounts implements Counts {
  readonly counted: Record<string, number> = {};
  #pending: [string, number][] = [];

  add(metric: string, rule: string, by = 1): void {
    this.#pending.push([`${metric}/${rule}`, by]);
  }

  flush(): void {
    for (const [name, by] of this.#pending) this.counted[name] = (this.counted[name] ?? 0) + by;
    this.#pending = [];
  }
}

/** Log lines in memory. */
export class RecordedLog implements Log {
  readonly lines: { readonly level: string; readonly message: string; readonly [field: string]: unknown }[] = [];

  info(message: string, fields = {}): void {
    this.lines.push({ level: 'info', message, ...fields });
  }

  warn(message: string, fields = {}): void {
    this.lines.push({ level: 'warn', message, ...fields });
  }

  error(message: string, fields = {}): void {
    this.lines.push({ level: 'error', message, ...fields });
  }

  /** Everything that was logged, as text to search. */
  get text(): string {
    return JSON.stringify(this.lines);
  }
}

/** Dead letters in memory; `fault` makes parking fail. */
export class RecordedDeadLetters implements DeadLetters {
  readonly letters: DeadLetter[] = [];
  fault: Error | undefined;

  async park(letter: DeadLetter): Promise<void> {
    if (this.fault !== undefined) throw this.fault;
    this.letters.push(letter);
  }
}
