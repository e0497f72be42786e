/**
 * How a check ended: all is well; something is wrong; worth knowing and no fault; nobody could say; or there is nothing of
 * the kind on a local cloud.
 */
export const FINDING_STATUSES = ['ok', 'wrong', 'note', 'unknown', 'not-checked-locally'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** What a check has to say, before it is known which check it was. */
export interface Said {
  readonly status: FindingStatus;
  readonly message: string;
  /** What to do about it; null where there is nothing to do. */
  readonly fix: string | null;
}

/** One thing that a check has found. */
export interface Finding extends Said {
  /** Name of the check, the same in every version. */
  readonly check: string;
  /** What was looked at: an identity, a queue, a table. */
  readonly about: string;
}

/** All is well. @example ok('2,048 bits, verified') */
export const ok = (message: string): Said => ({ status: 'ok', message, fix: null });

/** Something is wrong. */
export const wrong = (message: string, fix: string): Said => ({ status: 'wrong', message, fix });

/** Worth knowing; nothing has to be done. */
export const note = (message: string, fix: string | null = null): Said => ({ status: 'note', message, fix });

/** Nobody could say. */
export const unknown = (message: string, fix: string): Said => ({ status: 'unknown', message, fix });
