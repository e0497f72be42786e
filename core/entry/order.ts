import type { DeliveryFact, Evidence, OperatorDecision } from './entry.ts';

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Everything of a piece of evidence but its time and id, in one fixed order with the texts last: dropping the texts
 * then never changes which of two pieces is the greater.
 */
const canonical = (e: Evidence): string =>
  JSON.stringify([
    e.rule,
    e.reason,
    e.type,
    e.subtype ?? null,
    e.status ?? null,
    e.messageId ?? null,
    e.diagnostic ?? null,
    e.reported ?? null,
  ]);

/** The total order of evidence: by time, then id, then canonical JSON; 0 only for equal facts. */
export const compareEvidence = (a: Evidence, b: Evidence): number =>
  a.at - b.at || text(a.id, b.id) || text(canonical(a), canonical(b));

/** The total order of deliveries: by time, then messageId. */
export const compareDeliveries = (a: DeliveryFact, b: DeliveryFact): number =>
  a.at - b.at || text(a.messageId, b.messageId);

const RANK = { remove: 0, allow: 1, add: 2 } as const;

/** The total order of operators' decisions: by time, then remove < allow < add, then who, then the note. */
export const compareDecisions = (a: OperatorDecision, b: OperatorDecision): number =>
  a.at - b.at || RANK[a.action] - RANK[b.action] || text(a.by, b.by) || text(a.note, b.note);

/** The greater of two, either of which may be absent; the first where they are equal. */
export const greater = <T extends object | number, B extends T | undefined>(
  a: T | undefined,
  b: B,
  compare: (a: T, b: T) => number,
): T | B => {
  if (a === undefined || b === undefined) return a ?? b;
  return compare(a, b) >= 0 ? a : b;
};
