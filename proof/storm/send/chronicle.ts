import type { SendAnswer, SendError } from '../../../core/send/answer.ts';

/** What a caller was told. */
export type Told =
  | { readonly kind: 'answer'; readonly answer: SendAnswer }
  | { readonly kind: 'error'; readonly error: SendError }
  /** The function never returned: its caller sees a time-out. */
  | { readonly kind: 'killed' };

/** One request in one invocation. */
export interface Call {
  readonly ordinal: number;
  /** When the invocation began, by the storm's own clock. */
  readonly start: number;
  /** During the outage of the tables. */
  readonly inOutage: boolean;
  end: number;
  told: Told;
  /** Mails of this call that arrived at SES: the people of each, as keys. */
  readonly arrived: (readonly string[])[];
}

/** A mail SES took on. */
export interface TakenMail {
  readonly ordinal: number;
  readonly messageId: string;
  /** The tag `suppressor-key`, if it has one. */
  readonly key: string | undefined;
  readonly recipients: readonly string[];
}

/** Everything that happened, in the order of one clock that counts happenings. */
export class Chronicle {
  readonly calls: Call[] = [];
  readonly taken: TakenMail[] = [];
  /** When a block began to be written, by `address\nscope`. */
  readonly begun = new Map<string, number>();
  /** When its write was acknowledged for the first time. */
  readonly written = new Map<string, number>();
  #clock = 0;

  now(): number {
    this.#clock += 1;
    return this.#clock;
  }

  call(ordinal: number, start: number, inOutage: boolean): Call {
    const call: Call = { ordinal, start, inOutage, end: 0, told: { kind: 'killed' }, arrived: [] };
    this.calls.push(call);
    return call;
  }

  beginBlock(key: string): void {
    if (!this.begun.has(key)) this.begun.set(key, this.now());
  }

  blockWritten(key: string): void {
    if (!this.written.has(key)) this.written.set(key, this.now());
  }
}
