import { type Instant, utcDay } from '../instant.ts';
import type { DeliveryFact, Entry, Evidence, OperatorDecision } from './entry.ts';
import { compareDecisions, compareDeliveries, compareEvidence, greater } from './order.ts';

/** UTC days of strikes an entry remembers. */
export const STRIKE_DAYS = 12;
/** Deliveries an entry with strikes remembers. */
export const DELIVERIES_KEPT = 6;

const isStrike = (e: Evidence): boolean => e.reason === 'soft-bounce';

interface Bounds {
  readonly least: Evidence;
  readonly greatest: Evidence;
}

const keepEvidence = (all: readonly Evidence[]): Evidence[] => {
  if (all.length < 2) return [...all];
  const bounds = new Map<string, Bounds>();
  const strikes = new Map<number, Evidence>();
  for (const e of all) {
    if (isStrike(e)) {
      const day = utcDay(e.at);
      strikes.set(day, greater(strikes.get(day), e, compareEvidence));
      continue;
    }
    const known = bounds.get(e.reason);
    bounds.set(e.reason, {
      least: greater(known?.least, e, (a, b) => compareEvidence(b, a)),
      greatest: greater(known?.greatest, e, compareEvidence),
    });
  }
  const kept = [...strikes.values()].sort(compareEvidence).slice(-STRIKE_DAYS);
  // Of equal pieces both bounds are the same one, the first.
  for (const { least, greatest } of bounds.values()) kept.push(...new Set([least, greatest]));
  return kept.sort(compareEvidence);
};

const keepDeliveries = (all: readonly DeliveryFact[]): DeliveryFact[] =>
  [...all]
    .sort(compareDeliveries)
    .filter((d, i, sorted) => i === 0 || compareDeliveries(d, sorted[i - 1] as DeliveryFact) !== 0)
    .slice(-DELIVERIES_KEPT);

const latest = (a: Instant | undefined, b: Instant | undefined): Instant | undefined => greater(a, b, (x, y) => x - y);

const withoutText = (e: Evidence): Evidence => {
  const { diagnostic: _diagnostic, reported: _reported, ...facts } = e;
  return facts;
};

const nameless = (decision: OperatorDecision | undefined, forgotten: Instant) =>
  decision !== undefined && decision.at <= forgotten ? { ...decision, by: '', note: '' } : decision;

/**
 * What two entries of one address and scope know together: the union of whole pieces, bounded so that nothing weak
 * pushes out anything strong. Commutative, associative and idempotent, so duplicates and disorder cannot matter.
 *
 * @returns a new entry with its pieces in their total order; neither argument is changed
 * @example merge(entry, entry) // the same facts as `entry`
 */
export const merge = (a: Entry, b: Entry): Entry => {
  const forgottenAt = latest(a.forgottenAt, b.forgottenAt);
  const clearedAt = latest(a.clearedAt, b.clearedAt);
  const forgotten = forgottenAt ?? Number.NEGATIVE_INFINITY;
  const operator = nameless(greater(a.operator, b.operator, compareDecisions), forgotten);
  const told = [...a.evidence, ...b.evidence].map((e) => (e.at <= forgotten ? withoutText(e) : e));
  return {
    address: a.address,
    scope: a.scope,
    evidence: keepEvidence(told),
    deliveries: keepDeliveries([...a.deliveries, ...b.deliveries]),
    ...(clearedAt === undefined ? {} : { clearedAt }),
    ...(forgottenAt === undefined ? {} : { forgottenAt }),
    ...(operator === undefined ? {} : { operator }),
  };
};

/** The entry as it is written: deliveries mean something only beside strikes, and are dropped without them. */
export const settle = (entry: Entry): Entry => (entry.evidence.some(isStrike) ? entry : { ...entry, deliveries: [] });

/** Whether an entry knows nothing and need not be written. */
export const knowsNothing = (entry: Entry): boolean =>
  entry.evidence.length === 0 &&
  entry.deliveries.length === 0 &&
  entry.clearedAt === undefined &&
  entry.forgottenAt === undefined &&
  entry.operator === undefined;

/** Whether two entries know the same facts; both must come from {@link merge} or {@link settle}. */
export const sameFacts = (a: Entry, b: Entry): boolean =>
  a.clearedAt === b.clearedAt &&
  a.forgottenAt === b.forgottenAt &&
  a.evidence.length === b.evidence.length &&
  a.deliveries.length === b.deliveries.length &&
  a.evidence.every((e, i) => compareEvidence(e, b.evidence[i] as Evidence) === 0) &&
  a.deliveries.every((d, i) => compareDeliveries(d, b.deliveries[i] as DeliveryFact) === 0) &&
  (a.operator === b.operator ||
    (a.operator !== undefined && b.operator !== undefined && compareDecisions(a.operator, b.operator) === 0));
