import type { Instant } from '../instant.ts';

/** The dead-letter queues of a deployment, by the names that people use. */
export const LETTER_BOXES = ['feedback', 'undelivered', 'sends', 'failed-sends'] as const;

/**
 * `feedback`: what the feedback function could not apply. `undelivered`: what the topic could not deliver. `sends`: queued
 * requests that nobody can send. `failed-sends`: Lambda's records of asynchronous invocations of the send function.
 */
export type LetterBox = (typeof LETTER_BOXES)[number];

/** One attribute of a message, beside its body. */
export interface LetterAttribute {
  /** SQS's type, such as `String`. */
  readonly type: string;
  readonly text?: string;
  readonly bytes?: Uint8Array;
}

export type LetterAttributes = Readonly<Record<string, LetterAttribute>>;

/** A message of a dead-letter queue, hidden from others while it is looked at. */
export interface Letter {
  readonly messageId: string;
  /** By which it is given back or removed. */
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: LetterAttributes;
  /** When it was first put on a queue: one that SQS moved here keeps that time and its id. */
  readonly sentAt: Instant | undefined;
}

/** A dead-letter queue. */
export interface Letters {
  /** About how many it holds, those that somebody looks at too. */
  depth(): Promise<number>;
  /**
   * Takes up to ten that nobody else looks at, and hides them from others.
   *
   * @param hiddenSeconds - after so long they are seen again if nobody gives them back before
   * @returns none: there are none to be seen now
   */
  take(hiddenSeconds: number): Promise<readonly Letter[]>;
  /** Lets others see it again. */
  giveBack(letter: Letter): Promise<void>;
  /** Deletes it. */
  remove(letter: Letter): Promise<void>;
}

/** Where letters go back to. */
export interface Outbox {
  /** After so many receives SQS moves a message to the dead letters; undefined: never. */
  readonly mostReceives: number | undefined;
  /** @throws LetterRefused if this one can never be put there */
  put(body: string, attributes: LetterAttributes): Promise<void>;
}

/** How far a move has come. */
export interface Moved {
  readonly state: 'running' | 'done' | 'failed';
  /** About how many were moved. */
  readonly moved: number;
  /** About how many there were to move. */
  readonly toMove: number;
  /** Why it failed, in SQS's words. */
  readonly why: string | undefined;
}

/** Moves all letters within SQS. */
export interface Mover {
  /** @throws when SQS does not begin */
  start(): Promise<void>;
  progress(): Promise<Moved>;
}

/** The queue takes no such message, whoever sends it and whenever. */
export class LetterRefused extends Error {
  override readonly name = 'LetterRefused';
}
