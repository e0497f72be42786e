import type { DeliveryFact } from '../../../core/entry/entry.ts';
import { DELIVERIES_KEPT } from '../../../core/entry/merge.ts';
import { compareDeliveries } from '../../../core/entry/order.ts';
import type { Expected } from './expectation.ts';
import type { History } from './history.ts';

/** What an entry may remember of its deliveries, by what the storm itself did. */
export interface Memory {
  /** Learnt while a strike was known for certain: remembered, unless newer ones push it out. */
  readonly must: readonly DeliveryFact[];
  /** May be remembered; `must` is part of it. */
  readonly may: readonly DeliveryFact[];
}

/** The messages that carry each event. */
export const messagesByEvent = ({ arrivals }: History): ReadonlyMap<number, readonly number[]> => {
  const messages = new Map<number, number[]>();
  for (const [message, event] of arrivals.entries()) {
    const known = messages.get(event);
    if (known === undefined) messages.set(event, [message]);
    else known.push(message);
  }
  return messages;
};

const distinct = (facts: readonly DeliveryFact[]): DeliveryFact[] =>
  [...facts]
    .sort(compareDeliveries)
    .filter((fact, i, all) => i === 0 || compareDeliveries(fact, all[i - 1] as DeliveryFact) !== 0);

/**
 * Works out what an entry must and may remember of its deliveries. A delivery must be there if one invocation acknowledged it
 * that had a strike in it too, or that began after another had acknowledged a strike. It cannot be there if every invocation
 * with it was over before the first one with a strike began. In between, both is right.
 */
export const memoryOf = (
  { strikes, deliveries }: Expected,
  history: History,
  messages: ReadonlyMap<number, readonly number[]>,
): Memory => {
  const of = (event: number): readonly number[] => messages.get(event) ?? [];
  const strikeMessages = strikes.flatMap(of);
  const strikesDone = strikeMessages.map((message) => history.done(message)).filter((done) => done !== undefined);
  const knownSince = Math.min(...strikesDone.map(({ end }) => end));
  const together = new Set(strikesDone.map(({ start }) => start));
  const firstStrike = Math.min(...strikeMessages.map((message) => history.firstStart(message)));
  const isCertain = (event: number): boolean =>
    of(event).some((message) => {
      const done = history.done(message);
      return done !== undefined && (done.start > knownSince || together.has(done.start));
    });
  const isPossible = (event: number): boolean => of(event).some((message) => history.lastEnd(message) > firstStrike);
  return {
    must: distinct(deliveries.filter(({ event }) => isCertain(event)).map(({ fact }) => fact)),
    may: distinct(deliveries.filter(({ event }) => isPossible(event)).map(({ fact }) => fact)),
  };
};

const has = (facts: readonly DeliveryFact[], one: DeliveryFact): boolean =>
  facts.some((fact) => compareDeliveries(fact, one) === 0);

/** Whether these deliveries are the newest few of a set that holds all of `must` and nothing beyond `may`. */
export const isAllowed = (kept: readonly DeliveryFact[], { must, may }: Memory): boolean => {
  if (!kept.every((fact) => has(may, fact))) return false;
  const missing = must.filter((fact) => !has(kept, fact));
  if (kept.length < DELIVERIES_KEPT) return missing.length === 0;
  return missing.every((fact) => compareDeliveries(fact, kept[0] as DeliveryFact) < 0);
};

/** Whether the storm's history leaves one result only. */
export const isDetermined = ({ must, may }: Memory): boolean =>
  may.slice(-DELIVERIES_KEPT).every((fact) => has(must, fact));
