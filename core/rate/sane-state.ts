import { HOUR, type Instant, SECOND } from '../instant.ts';
import type { LimiterState, LimiterStore } from './limiter-store.ts';
import { toMicros } from './slots.ts';

/** Nobody reserves as far ahead as this: such a time was written by a clock that was wrong. */
export const ABSURD_SLOT_MS = HOUR;
/** Nor is anything else written that is as far ahead as this: a lease is the longest, and takes 10 seconds. */
export const ABSURD_MS = 60 * SECOND;

/** What is known, without the times that only a wrong clock can have written: they would hold for as long as it was wrong. */
export const saneState = (state: LimiterState, now: Instant): LimiterState => {
  const { next, readAt, leasedUntil, slowdown, ...rest } = state;
  const isSane = (at: Instant | undefined): at is Instant => at !== undefined && at <= now + ABSURD_MS;
  return {
    ...rest,
    ...(next !== undefined && next <= toMicros(now + ABSURD_SLOT_MS) ? { next } : {}),
    ...(isSane(readAt) ? { readAt } : {}),
    ...(isSane(leasedUntil) ? { leasedUntil } : {}),
    ...(slowdown !== undefined && isSane(slowdown.at) ? { slowdown } : {}),
  };
};

/** A store that tells nothing absurd. */
export const saneStore = (store: LimiterStore, now: () => Instant): LimiterStore => {
  const sane = async <T extends LimiterState | undefined>(told: Promise<T>): Promise<T> => {
    const state = await told;
    return state === undefined ? state : (saneState(state, now()) as T);
  };
  return {
    read: () => sane(store.read()),
    claim: (claim) => sane(store.claim(claim)),
    lease: (lease) => sane(store.lease(lease)),
    learn: (learned) => sane(store.learn(learned)),
    throttle: (throttled) => sane(store.throttle(throttled)),
  };
};
