import { breakerId } from '../../../adapters/breaker-codec.ts';
import { MemoryBreaker } from '../../../adapters/memory-breaker.ts';
import type { Notice } from '../../../core/breaker/notices.ts';
import type { Readings } from '../../../core/breaker/rates.ts';
import type { BreakerDeps, BreakerRun } from '../../../core/breaker/run-breaker.ts';
import type { Instant } from '../../../core/instant.ts';
import { makeHandler } from '../../../lambda/breaker/handler.ts';
import { LIMITS, NOW, readings, SET } from '../../core/breaker/samples.ts';
import { RecordedCounts, RecordedLog } from '../recorders.ts';

/** Mails and bounces of one moment. */
export interface Traffic {
  readonly at: Instant;
  readonly delivered: number;
  readonly bounces: number;
}

/** Where a call is cut short: before it did anything, or after it did what it does. */
export type Cut = 'before' | 'after';

/** A circuit breaker in a small world of its own: mails, SES's switch, a clock, and a fault where one is wanted. */
export const stage = () => {
  const world = {
    now: NOW,
    sending: true,
    traffic: [] as Traffic[],
    ses: {} as Partial<Readings['ses']>,
    /** Readings that are not made of the traffic. */
    more: {} as Partial<Readings>,
    notices: [] as Notice[],
    pauses: 0,
    asked: [] as [since: Instant, now: Instant][],
  };
  const store = new MemoryBreaker();
  const counts = new RecordedCounts();
  const log = new RecordedLog();
  let cut: { left: number; how: Cut } | undefined;
  let calls = 0;

  /** One call of a port: cut short if its turn has come. */
  const call = async <T>(act: () => T | Promise<T>): Promise<T> => {
    calls += 1;
    const isCut = cut !== undefined && cut.left === calls;
    if (isCut && cut?.how === 'before') throw new Error('cut before');
    const done = await act();
    if (isCut) throw new Error('cut after');
    return done;
  };

  const deps: BreakerDeps = {
    pausable: SET,
    sending: {
      isEnabled: () => call(() => world.sending),
      set: (enabled) =>
        call(() => {
          world.sending = enabled;
          if (!enabled) world.pauses += 1;
        }),
    },
    rates: {
      read: (since, now) =>
        call(() => {
          world.asked.push([since, now]);
          const within = world.traffic.filter(({ at }) => at >= since && at < now);
          const sum = (of: 'delivered' | 'bounces') => within.reduce((total, each) => total + each[of], 0);
          return { ...readings(sum('delivered'), { bounces: sum('bounces') }, world.ses), ...world.more };
        }),
    },
    store: {
      read: (of) => call(() => store.read(of)),
      write: (of, state, over) => call(() => store.write(of, state, over)),
    },
    notices: {
      publish: (notice) =>
        call(() => {
          world.notices.push(notice);
        }),
    },
    limits: LIMITS,
    options: '--stack Suppressor',
    counts,
    log,
    now: () => world.now,
  };
  const handler = makeHandler(deps);

  return {
    world,
    store,
    counts,
    log,
    deps,
    run: (): Promise<BreakerRun> => handler(),
    /** Runs with the n-th call cut short, counted from 1; `null` when it failed. */
    runCut: async (n: number, how: Cut): Promise<BreakerRun | null> => {
      cut = { left: n, how };
      calls = 0;
      try {
        return await handler();
      } catch {
        return null;
      } finally {
        cut = undefined;
      }
    },
    /** Calls of the last run. */
    calls: () => calls,
    /** A burst of mail a minute ago. */
    mail: (delivered: number, bounces: number) => world.traffic.push({ at: world.now - 60_000, delivered, bounces }),
    state: async () => (await store.read(SET))?.state,
    id: breakerId(SET),
  };
};
