import { type Instant, SECOND } from '../instant.ts';
import type { LimiterState } from './limiter-store.ts';
import { type Lack, type Plan, planClaim } from './plan-claim.ts';
import { makeQuotaReader, type QuotaReaderDeps } from './quota-reader.ts';
import { ABSURD_MS, saneStore } from './sane-state.ts';
import { shareAt, slowerStill } from './share.ts';
import { fromMicros, MICROS } from './slots.ts';

/** Slowing down writes at most once in this time, and moves everybody's next slot by as much. */
const PAUSE_MS = SECOND;
/** Who waits at reserved slots looks this often at whether SES has throttled others. */
const LOOK_MS = 2 * SECOND;
/** Writes that may be refused, because others were faster; what they have left is read after each. */
const ROUNDS = 4;

/** What a mail without a slot lacks. */
export interface Lacking {
  readonly what: Lack;
  /** Before this it is useless to ask again. */
  readonly until: Instant;
}

/** Slots for some of the mails asked for: as long as there is room in the time, and for those that the quota suffices for. */
export interface Reservation {
  /** When each mail may start, in order; such a time may have a fraction. Undefined: it has no slot. */
  readonly slots: readonly (Instant | undefined)[];
  /** The part of the rate that was used when they were reserved. */
  readonly share: number;
  /** What each mail lacks; undefined: nothing, it has a slot. */
  readonly lacking: readonly (Lacking | undefined)[];
}

/** Shares the account's rate and its daily quota among all senders, counted in recipients. */
export interface Limiter {
  /**
   * Reserves slots for a whole batch with one write.
   *
   * @param counts - recipients of each mail, in the order in which they shall go
   * @param until - the latest time at which a mail may start
   * @param leadMs - milliseconds that the first mail takes until it can start; left out if it is ready
   * @throws when the shared state could not be read or written
   */
  reserve(counts: readonly number[], until: Instant, leadMs?: number): Promise<Reservation>;
  /**
   * Whether a mail still goes at its slot. Slots may be reserved for a minute ahead: if SES has throttled since, only as
   * many go as there now is room for.
   *
   * @param share - of the reservation
   * @throws never
   */
  goes(share: number): Promise<boolean>;
  /** SES has throttled: everybody slows down for a while, because other programs share the account. @throws never */
  throttled(): Promise<void>;
}

/** What a limiter is made of. */
export type LimiterDeps = QuotaReaderDeps;

/**
 * The limiter of one sender. All senders with one store keep to the rate together: in no sliding second do more calls
 * start than SES takes. A sender that dies takes its reserved slots with it, nothing else.
 *
 * @example const { slots } = await makeLimiter(deps).reserve([1, 50, 1], Date.now() + 30_000)
 */
export const makeLimiter = (deps: LimiterDeps): Limiter => {
  const { log, now } = deps;
  const store = saneStore(deps.store, now);
  const withQuota = makeQuotaReader({ ...deps, store });
  let seen: { readonly state: LimiterState; readonly at: Instant } | undefined;
  /** Parts of calls for which there was room and that nobody used. */
  let room = 0;
  let slowedAt = Number.NEGATIVE_INFINITY;

  const see = (state: LimiterState): LimiterState => {
    seen = { state, at: now() };
    return state;
  };

  const reservation = (
    slots: Reservation['slots'],
    share: number,
    lacking: Plan['lacking'],
    { next = 0 }: LimiterState,
  ): Reservation => ({
    slots,
    share,
    lacking: lacking.map((what) => what && { what, until: what === 'rate' ? fromMicros(next) : now() }),
  });

  return {
    async reserve(counts, until, leadMs) {
      if (counts.length === 0) return { slots: [], share: 1, lacking: [] };
      let state = see(await withQuota(seen?.state ?? (await store.read())));
      for (let round = 0; round < ROUNDS; round += 1) {
        const occasion = { now: now(), until, isFresh: round > 0, ...(leadMs === undefined ? {} : { leadMs }) };
        const { offsets, lacking, claim } = planClaim(state, counts, occasion);
        const share = shareAt(state.slowdown, now());
        if (claim === undefined) return reservation([], share, lacking, state);
        const moved = await store.claim(claim);
        if (moved?.next !== undefined) {
          const first = moved.next - claim.span;
          const slots = offsets.map((offset) => (offset === undefined ? undefined : fromMicros(first + offset)));
          return reservation(slots, share, lacking, see(moved));
        }
        state = see(await store.read());
      }
      return reservation(
        [],
        1,
        counts.map(() => 'rate'),
        state,
      );
    },

    async goes(share) {
      if (seen !== undefined && now() - seen.at > LOOK_MS) {
        seen = { ...seen, at: now() };
        try {
          see(await store.read());
        } catch (fault) {
          log.warn('whether SES throttles could not be read', { cause: String(fault) });
        }
      }
      const part = shareAt(seen?.state.slowdown, now()) / share;
      if (part >= 1) return true;
      room += part;
      if (room < 1) return false;
      room -= 1;
      return true;
    },

    async throttled() {
      const at = now();
      const before = seen?.state.slowdown;
      if (at - Math.max(slowedAt, before?.at ?? slowedAt) < PAUSE_MS) return;
      slowedAt = at;
      try {
        const slowdown = slowerStill(before, at);
        const slowed = await store.throttle({
          before: before?.at,
          absurd: at + ABSURD_MS,
          slowdown,
          pause: PAUSE_MS * MICROS,
        });
        see(slowed ?? (await store.read()));
        if (slowed !== undefined) log.warn('SES throttles: all senders slow down', { share: slowdown.share });
      } catch (fault) {
        log.error('the slowdown could not be shared', { cause: String(fault) });
      }
    },
  };
};
