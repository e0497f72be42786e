import { SECOND } from '../instant.ts';
import type { Log } from '../log.ts';
import type { LimiterState, LimiterStore } from './limiter-store.ts';
import { rateNow } from './plan-claim.ts';
import { ABSURD_MS } from './sane-state.ts';
import { leftToday, type SendQuota, usableRate } from './send-quota.ts';
import { slotSpacing, toMicros } from './slots.ts';
import type { Time } from './time.ts';

/** How often the quota is read. */
export const QUOTA_MS = 60 * SECOND;
/** How long one sender may take to read it before another one tries. */
export const LEASE_MS = 10 * SECOND;

/** How often others look for what the first sender ever has read, and after which time. */
const LOOKS = 6;
const LOOK_MS = 500;

/** What reading the quota takes. */
export interface QuotaReaderDeps extends Time {
  /** One that tells nothing absurd. */
  readonly store: LimiterStore;
  readonly quota: SendQuota;
  readonly log: Log;
  /** A name that no other sender has. */
  readonly holder: string;
}

/**
 * Keeps the account's quota in the shared state: one sender at a time asks SES, about once a minute, and the others use
 * what it wrote. If SES does not say, the last that is known holds, or one recipient a second.
 *
 * @returns a function that gives the state with a quota as new as can be had
 */
export const makeQuotaReader = ({ store, quota, log, holder, now, sleep }: QuotaReaderDeps) => {
  let hasLooked = false;

  /** Takes the lease and asks. A fault leaves the lease to run out, so that nobody asks again at once. */
  const read = async (): Promise<LimiterState> => {
    const at = now();
    const leased = await store.lease({
      holder,
      now: at,
      until: at + LEASE_MS,
      staleBefore: at - QUOTA_MS,
      absurd: at + ABSURD_MS,
    });
    if (leased === undefined) return store.read();
    try {
      const reading = await quota.read();
      const rate = usableRate(reading) ?? leased.rate;
      if (rate === undefined) throw new Error(`SES names no rate that could be kept to, got ${reading.maxSendRate}`);
      const ahead = Math.max(0, (leased.next ?? 0) - toMicros(at)) / slotSpacing(rateNow(leased, at));
      const left = leftToday(reading, ahead);
      const change = leased.left === undefined ? { set: left } : { change: left - leased.left };
      return (await store.learn({ holder, now: now(), rate, left: change })) ?? (await store.read());
    } catch (fault) {
      hasLooked = true;
      log.warn('the sending quota could not be read', { cause: String(fault), lastKnownRate: leased.rate ?? null });
      return leased;
    }
  };

  return async (known: LimiterState): Promise<LimiterState> => {
    const isStale = known.readAt === undefined || known.readAt < now() - QUOTA_MS;
    let found = isStale && (known.leasedUntil ?? 0) <= now() ? await read() : known;
    for (let looks = 0; found.rate === undefined && !hasLooked && looks < LOOKS; looks += 1) {
      await sleep(LOOK_MS);
      found = await store.read();
    }
    hasLooked ||= found.rate === undefined;
    return found;
  };
};
