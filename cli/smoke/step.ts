/** What is done, in order: the mails, what the list must say, the mail that must be withheld, and tidying up. */
export const STEPS = ['send', 'list', 'send-again', 'clean-up'] as const;

/** One step with one address, done or failed. */
export interface Step {
  readonly step: (typeof STEPS)[number];
  readonly address: string;
  readonly ok: boolean;
  /** Milliseconds: of a mail until its answer, of a row from the mail until it was there. */
  readonly ms: number;
  readonly message: string;
  /** What to do about it; null if it went well. */
  readonly fix: string | null;
}
