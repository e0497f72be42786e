import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import {
  BLOCKING_REASONS,
  type BlockingReason,
  type Entry,
  type Evidence,
  emptyEntry,
} from '../../../core/entry/entry.ts';
import { merge } from '../../../core/entry/merge.ts';
import { compareDecisions, compareEvidence } from '../../../core/entry/order.ts';
import { DAY } from '../../../core/instant.ts';
import { delta, PAT_KEY } from '../entries.ts';

/**
 * Sections 4 and 5 of the design over everything that ever happened, nothing bounded and nothing merged: what an entry
 * that forgets most of it must still say.
 */
const HOLD_DAYS: { readonly [reason: string]: number } = { 'global-list': 14, validation: 30, 'dead-domain': 30 };
const LIFT: { readonly [reason: string]: string } = { complaint: 'not-spam', unsubscribe: 'opted-in' };
const NEVER = Number.NEGATIVE_INFINITY;
const NO_END = Number.POSITIVE_INFINITY;

const softHold = (count: number): number | undefined =>
  count < 3 ? undefined : ({ 3: 7, 4: 14, 5: 30 }[count] ?? NO_END);

const newestByDay = (strikes: readonly Evidence[]): Evidence[] => {
  const days = new Map<number, Evidence>();
  for (const s of strikes.toSorted(compareEvidence)) days.set(Math.floor(s.at / DAY), s);
  return [...days.values()].slice(-12);
};

const softEnd = (all: readonly Entry[], clearedAt: number): number | undefined => {
  const strikes = newestByDay(all.flatMap((e) => e.evidence).filter((e) => e.reason === 'soft-bounce'));
  const bounced = strikes.map((s) => s.messageId).filter((id) => id !== undefined && id !== '');
  const deliveries = [...new Map(all.flatMap((e) => e.deliveries).map((d) => [JSON.stringify(d), d])).values()]
    .toSorted((a, b) => a.at - b.at || (a.messageId < b.messageId ? -1 : 1))
    .slice(-6);
  const reset = Math.max(NEVER, ...deliveries.filter((d) => !bounced.includes(d.messageId)).map((d) => d.at));
  const valid = strikes.filter((s) => s.at > reset && s.at > clearedAt);
  const newest = Math.max(NEVER, ...valid.map((s) => s.at));
  const days = softHold(valid.filter((s) => s.at >= newest - 90 * DAY).length);
  return days === undefined ? undefined : newest + days * DAY;
};

const expected = (all: readonly Entry[]) => {
  const evidence = all.flatMap((e) => e.evidence);
  const clearedAt = Math.max(NEVER, ...all.map((e) => e.clearedAt ?? NEVER));
  const operator = all
    .flatMap((e) => e.operator ?? [])
    .toSorted(compareDecisions)
    .at(-1);
  const endOf = (reason: BlockingReason): number | undefined => {
    if (reason === 'manual') return operator?.action === 'add' ? NO_END : undefined;
    const lift = LIFT[reason];
    if (operator?.action === 'allow' && lift === undefined) return undefined;
    if (reason === 'soft-bounce') return softEnd(all, clearedAt);
    const allowedAt = operator?.action === 'allow' ? operator.at : NEVER;
    const lifts = evidence.filter((e) => e.reason === lift).map((e) => e.at);
    const valid = evidence.filter(
      (e) => e.reason === reason && e.at > clearedAt && e.at > allowedAt && lifts.every((at) => e.at >= at),
    );
    if (valid.length === 0) return undefined;
    return Math.max(...valid.map((e) => e.at)) + (HOLD_DAYS[reason] ?? NO_END) * DAY;
  };
  const ends = BLOCKING_REASONS.map((reason) => ({ reason, until: endOf(reason) ?? NEVER }));
  const latest = Math.max(...ends.map((e) => e.until));
  if (latest === NEVER) return { status: operator?.action === 'allow' ? 'allowed' : 'watched' };
  const reason = ends.find((e) => e.until === latest)?.reason;
  return { status: 'suppressed', reason, ...(latest === NO_END ? {} : { until: latest }) };
};

const bothSay = (deltas: readonly Entry[]): void => {
  const { status, reason, until } = derive(deltas.reduce(merge, emptyEntry(PAT_KEY)), DEFAULT_POLICY);
  const found = {
    status,
    ...(reason === undefined || status === 'allowed' ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
  };
  expect(found).toEqual(expected(deltas));
};

test('an entry says what all that ever happened says, although it forgets most of it', () => {
  fc.assert(fc.property(fc.array(delta, { minLength: 1, maxLength: 8 }), bothSay), { numRuns: 2500 });
});

test('an entry says so also after many events', () => {
  fc.assert(fc.property(fc.array(delta, { minLength: 40, maxLength: 120 }), bothSay), { numRuns: 300 });
});
