import { waitSeconds } from '../../core/rate/waiting.ts';
import { seededRandom } from '../../local/seeded-random.ts';
import { MEASURED } from './assumptions.ts';
import { Line } from './cohort.ts';
import { Engine } from './engine.ts';
import type { Moment } from './feedback-run.ts';
import { poisson } from './poisson.ts';

/** What runs: the send queue, and an SES that refuses everything for a while. Times are seconds. */
export interface ThrottleSetup {
  readonly seed: number;
  readonly seconds: number;
  /** Mails a second that are put on the queue. */
  readonly arrivals: (at: number) => number;
  /** Recipients a second that the account may mail. */
  readonly rate: number;
  /** Mails a second that the functions can send. */
  readonly functionsSend: number;
  readonly inFlight: number;
  readonly throttled: { readonly from: number; readonly to: number };
}

/** What happened. */
export interface ThrottleRun {
  readonly arrived: number;
  readonly sent: number;
  readonly waiting: number;
  readonly refusals: number;
  readonly mostReceives: number;
  readonly moments: readonly Moment[];
}

/** The part of the rate that is still tried while SES throttles, and how long the whole takes to come back. */
const LEAST_SHARE = 0.1;
const RECOVERY_SECONDS = 60;

/** The fewest queue functions that send so many a second, or the most there may be, and what they send. */
export const functionsFor = (mailsASecond: number): readonly [functions: number, mailsASecond: number] =>
  MEASURED.queueSends.find(([, sends]) => sends >= mailsASecond) ??
  (MEASURED.queueSends.at(-1) as readonly [number, number]);

/** Runs the send queue, a second at a time; who is refused waits as the queue function has him wait. */
export const runThrottle = (setup: ThrottleSetup): ThrottleRun => {
  const { rate, functionsSend, throttled } = setup;
  const engine = new Engine();
  const random = seededRandom(setup.seed);
  const visible = new Line();
  const open: number[] = [];
  const moments: Moment[] = [];
  const told = { arrived: 0, sent: 0, refusals: 0, mostReceives: 1 };
  let oldest = 0;
  let invisible = 0;

  const isThrottled = (): boolean => engine.now >= throttled.from && engine.now < throttled.to;
  const share = (): number =>
    engine.now < throttled.from
      ? 1
      : isThrottled()
        ? LEAST_SHARE
        : Math.min(1, LEAST_SHARE + (engine.now - throttled.to) / RECOVERY_SECONDS);

  const send = (): void => {
    const tried = Math.min(rate * share(), functionsSend, setup.inFlight - invisible);
    for (const cohort of visible.take(Math.floor(tried))) {
      const { receives, arrivedAt, count } = cohort;
      told.mostReceives = Math.max(told.mostReceives, receives);
      if (!isThrottled()) {
        told.sent += count;
        open[arrivedAt] = (open[arrivedAt] ?? 0) - count;
        continue;
      }
      told.refusals += count;
      invisible += count;
      engine.after(waitSeconds({ why: 'rate', receives, ageMs: (engine.now - arrivedAt) * 1000 }, random), () => {
        invisible -= count;
        visible.push({ ...cohort, receives: receives + 1 });
      });
    }
  };

  engine.every(1, () => {
    const { now } = engine;
    const count = poisson(setup.arrivals(now), random);
    told.arrived += count;
    open[now] = count;
    visible.push({ arrivedAt: now, receives: 1, count });
    send();
    while (oldest < now && (open[oldest] ?? 0) === 0) oldest += 1;
    moments.push({ at: now, waiting: told.arrived - told.sent, age: now - oldest, pollers: 0 });
    return now + 1 <= setup.seconds ? undefined : false;
  });
  engine.run(setup.seconds);
  return { ...told, waiting: told.arrived - told.sent, moments };
};
