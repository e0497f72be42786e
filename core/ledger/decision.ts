import type { Entry, OperatorDecision } from '../entry/entry.ts';
import { DAY, type Instant, toIso } from '../instant.ts';
import { cleanText } from '../text.ts';

/** Who decides about an address, and why. */
export interface Decided {
  /** A person or program; 64 characters are kept. */
  readonly by: string;
  /** 200 characters are kept. */
  readonly note: string;
}

const BY_CHARS = 64;
const NOTE_CHARS = 200;

/** How far clocks may differ: a decision that had to be dated later than this would void what is still to come. */
export const CLOCKS_DIFFER = DAY;

/** Who decides and why, as it is kept. */
export const kept = ({ by, note }: Decided): Decided => ({
  by: cleanText(by, BY_CHARS),
  note: cleanText(note, NOTE_CHARS),
});

/** Whether this decision was the last one, by the same person with the same note. */
export const isLast = ({ operator }: Entry, action: OperatorDecision['action'], { by, note }: Decided): boolean =>
  operator?.action === action && operator.by === by && operator.note === note;

/** When a decision is made, so that it is the last one and keeps its names: now, or just after what is dated later. */
export const decisionTime = ({ operator, forgottenAt }: Entry, now: Instant): Instant =>
  Math.max(now, (operator?.at ?? -1) + 1, (forgottenAt ?? -1) + 1);

/**
 * A fact is dated so far in the future that a decision which voids it would void all that comes until then. The entry is
 * left as it is.
 */
export class FutureFact extends Error {
  override readonly name = 'FutureFact';
  readonly at: Instant;

  constructor(at: Instant) {
    super(`something known of it is dated ${toIso(at)}; all that happens until then would be void too`);
    this.at = at;
  }
}

/** @throws FutureFact if a decision of this time would void more than clocks that differ explain */
export const checkVoids = (at: Instant, now: Instant): void => {
  if (at > now + CLOCKS_DIFFER) throw new FutureFact(at);
};
