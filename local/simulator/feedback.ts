import type { EventType } from '../ses/account.ts';

/** One thing SES says about a mail: the type, and under `key` what it found. The same in both families. */
export interface Feedback {
  readonly type: EventType;
  readonly key: string;
  readonly detail: object;
  /** Bare addresses it is about; empty when it is about the mail as a whole. */
  readonly recipients: readonly string[];
}

/** Feedback that is still to come: its detail is made when its time is there. */
export interface PlannedFeedback extends Omit<Feedback, 'detail'> {
  /** Milliseconds after the one before it, or after acceptance. */
  readonly afterMs: number;
  readonly makeDetail: (at: Date) => object;
}
