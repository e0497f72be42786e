import fc from 'fast-check';
import { type Address, parseAddress } from '../../core/address/address.ts';
import {
  BLOCKING_REASONS,
  type DeliveryFact,
  type Entry,
  type Evidence,
  emptyEntry,
  type OperatorDecision,
  type Reason,
} from '../../core/entry/entry.ts';
import { merge, settle } from '../../core/entry/merge.ts';
import { DAY, HOUR } from '../../core/instant.ts';

export const START = Date.UTC(2026, 0, 1);

export const addressOf = (raw: string): Address => {
  const parsed = parseAddress(raw);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};

export const PAT_KEY = { address: addressOf('pat@target.example'), scope: '*' };
export const REASONS: readonly Reason[] = [...BLOCKING_REASONS.filter((r) => r !== 'manual'), 'not-spam', 'opted-in'];

/** One piece of evidence; its id is made of reason and time unless told. */
export const piece = (reason: Reason, at: number, over: Partial<Evidence> = {}): Evidence => ({
  id: `${reason}@${at}`,
  at,
  rule: reason,
  reason,
  type: 'Bounce',
  ...over,
});

/** A strike at noon of this day. */
export const strike = (day: number, over: Partial<Evidence> = {}): Evidence =>
  piece('soft-bounce', START + day * DAY + 12 * HOUR, over);

export const entryOf = (facts: Partial<Entry>): Entry => ({ ...emptyEntry(PAT_KEY), ...facts });

/** The entry that knows all of these, as it is written. */
export const joined = (...entries: readonly Entry[]): Entry => settle(entries.reduce(merge, emptyEntry(PAT_KEY)));

/** An entry of pieces of evidence alone, in normal form. */
export const known = (...evidence: readonly Evidence[]): Entry =>
  joined(...evidence.map((e) => entryOf({ evidence: [e] })));

/** What an operator's command leaves: the decision, and for a removal the time that voids. */
export const decided = (action: OperatorDecision['action'], at: number, by = 'ops', note = ''): Entry =>
  entryOf({ operator: { action, at, by, note }, ...(action === 'remove' ? { clearedAt: at } : {}) });

export const delivered = (at: number, messageId = `m${at}`): Entry => entryOf({ deliveries: [{ at, messageId }] });

/** Times that collide often, as lying clocks make them: a few instants, hours or days apart, and any in between. */
export const time: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 5 }).map((n) => START + n * DAY) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 15 }).map((n) => START + n * 6 * HOUR) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 200 * DAY }).map((n) => START + n) },
);

const messageId = fc.constantFrom('', 'm1', 'm2', 'm3');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Evidence with few ids, so that duplicates and conflicting duplicates (same id, other facts) are usual. */
export const evidence = (reason: fc.Arbitrary<Reason> = fc.constantFrom(...REASONS)): fc.Arbitrary<Evidence> =>
  fc
    .record({
      id: fc.constantFrom('e1', 'e2', 'e3'),
      at: time,
      reason,
      rule: fc.constantFrom('r1', 'r2'),
      type: fc.constantFrom('Bounce', 'Complaint'),
      subtype: optional(fc.constantFrom('a', 'b')),
      status: optional(fc.constantFrom('5.1.1', '4.2.2')),
      messageId: optional(messageId),
      diagnostic: optional(fc.constantFrom('no such user', 'ünknown "user"')),
      reported: optional(fc.constantFrom('x@else.example', 'y@else.example')),
    })
    .map((all) => JSON.parse(JSON.stringify(all)) as Evidence);

const deliveryFact: fc.Arbitrary<DeliveryFact> = fc.record({ at: time, messageId });

const decision: fc.Arbitrary<OperatorDecision> = fc.record({
  action: fc.constantFrom('remove', 'allow', 'add'),
  at: time,
  by: fc.constantFrom('ann', 'bob'),
  note: fc.constantFrom('', 'asked by phone'),
});

export const evidenceDelta = evidence().map((e) => entryOf({ evidence: [e] }));
export const strikeDelta = evidence(fc.constant('soft-bounce')).map((e) => entryOf({ evidence: [e] }));
export const deliveryDelta = deliveryFact.map((d) => entryOf({ deliveries: [d] }));
export const decisionDelta = decision.map((d) => decided(d.action, d.at, d.by, d.note));
export const forgetDelta = time.map((at) => entryOf({ forgottenAt: at }));

/** Anything one event or command leaves behind. */
export const delta: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 4, arbitrary: evidenceDelta },
  { weight: 3, arbitrary: strikeDelta },
  { weight: 2, arbitrary: deliveryDelta },
  { weight: 1, arbitrary: decisionDelta },
  { weight: 1, arbitrary: forgetDelta },
);

/** Any entry that merging can make. */
export const anyEntry = fc.array(delta, { maxLength: 14 }).map((deltas) => deltas.reduce(merge, emptyEntry(PAT_KEY)));
