import type { Json } from './json.ts';

/** What a target can come to: what an input must never do. */
export type ViolationKind =
  /** An exception that nobody expects, or one that nobody caught. */
  | 'crash'
  /** It takes too long, or grows faster than its input does. */
  | 'hang'
  /** It takes memory, or says more, out of all proportion. */
  | 'memory'
  /** Text of a stranger does something in a log or at a terminal. */
  | 'injection'
  /** A promise of the program is broken. */
  | 'promise';

/** A target found that the program under test did what it must not do. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly kind: ViolationKind;

  constructor(kind: ViolationKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** One entry point for outside input. */
export interface Target {
  readonly name: string;
  /** Real shapes, as recipes (see `ready`). */
  readonly seeds: readonly Json[];
  /** Words that mean something to it. */
  readonly words?: readonly string[];
  /** Everything it can answer with: decision rules, error codes, outcomes. What of it was seen tells how deep the fuzzing goes. */
  readonly answers: readonly string[];
  /**
   * Gives it one input and looks at what comes of it.
   *
   * @returns the answers it gave
   * @throws Violation where a promise is broken; any other error is a crash
   */
  run(input: Json): Promise<readonly string[]>;
  /** Whether its time says something about its input: false where a network, or a wait, is in between. @default true */
  readonly isTimed?: boolean;
  stop?(): Promise<void>;
}

/** @throws Violation unless it holds */
export const promise = (holds: boolean, message: () => string): void => {
  if (!holds) throw new Violation('promise', message());
};
