import type { Instant } from '../core/instant.ts';
import type { Claim, Learned, Lease, LimiterState, LimiterStore, Throttled } from '../core/rate/limiter-store.ts';
import { NO_QUOTA } from '../core/rate/send-quota.ts';

/** Whether slots may be reserved as asked, and where `next` is afterwards. */
const moved = ({ next, left = NO_QUOTA }: LimiterState, { recipients, span, from }: Claim): number | undefined => {
  if (left < recipients) return undefined;
  if ('start' in from)
    return next === undefined || next < from.start || next > from.absurd ? from.start + span : undefined;
  const [least, most] = from.add;
  return next !== undefined && next >= least && next <= most ? next + span : undefined;
};

/**
 * The shared rate in memory, for tests and trials: the same contract as the one in DynamoDB.
 *
 * @example const store = new MemoryLimiter({ rate: 14, readAt: Date.now() })
 */
export class MemoryLimiter implements LimiterStore {
  #state: LimiterState;
  #holder: string | undefined;

  constructor(state: LimiterState = {}) {
    this.#state = state;
  }

  async read(): Promise<LimiterState> {
    return this.#state;
  }

  async claim(claim: Claim): Promise<LimiterState | undefined> {
    const next = moved(this.#state, claim);
    if (next === undefined) return undefined;
    return this.#change({ next, left: (this.#state.left ?? NO_QUOTA) - claim.recipients });
  }

  async lease({ holder, now, until, staleBefore, absurd }: Lease): Promise<LimiterState | undefined> {
    const { readAt, leasedUntil } = this.#state;
    const isWithin = (at: Instant | undefined, least: Instant) => at !== undefined && at >= least && at <= absurd;
    if (isWithin(readAt, staleBefore) || (isWithin(leasedUntil, now) && leasedUntil !== now)) return undefined;
    this.#holder = holder;
    return this.#change({ leasedUntil: until });
  }

  async learn({ holder, now, rate, left }: Learned): Promise<LimiterState | undefined> {
    const { leasedUntil: _, ...rest } = this.#state;
    if (this.#holder !== holder || ('change' in left && rest.left === undefined)) return undefined;
    this.#holder = undefined;
    this.#state = rest;
    return this.#change({
      rate,
      readAt: now,
      left: 'set' in left ? left.set : (rest.left ?? 0) + left.change,
    });
  }

  async throttle({ before, absurd, slowdown, pause }: Throttled): Promise<LimiterState | undefined> {
    const { next, slowdown: last } = this.#state;
    const slowedAt = last !== undefined && last.at <= absurd ? last.at : undefined;
    if (next === undefined || slowedAt !== before) return undefined;
    return this.#change({ slowdown, next: next + pause });
  }

  #change(change: LimiterState): LimiterState {
    this.#state = { ...this.#state, ...change };
    return this.#state;
  }
}
