import { seededRandom } from '../../local/seeded-random.ts';
import { type Cohort, Line } from './cohort.ts';
import { Engine } from './engine.ts';
import type { FeedbackSetup } from './feedback-setup.ts';
import { poisson, someOf } from './poisson.ts';
import { spread } from './spread.ts';
import { Tokens } from './tokens.ts';

/** The queue at a time. */
export interface Moment {
  readonly at: number;
  /** Messages that are not done: waiting, given back or being worked on. */
  readonly waiting: number;
  /** Seconds since the oldest of them arrived. */
  readonly age: number;
  readonly pollers: number;
}

/** What happened. */
export interface FeedbackRun {
  readonly arrived: number;
  readonly done: number;
  readonly waiting: number;
  readonly deadLetters: number;
  /** Once a second. */
  readonly moments: readonly Moment[];
  readonly invocations: number;
  /** Seconds of all invocations together. */
  readonly busySeconds: number;
  /** Messages that were given back. */
  readonly givenBack: number;
  /** The most often that a message was received. */
  readonly mostReceives: number;
  readonly mostInFlight: number;
}

/** Invocations that began in the same step. */
interface Wave {
  readonly pollers: number;
  readonly startedAt: number;
  readonly endsAt: number;
  /** What has still to be read, and, partition by partition of the index, to be written. */
  unread: Cohort[];
  readonly unwritten: Cohort[][];
  /** What is read and written: done when its invocation ends. */
  readonly ready: Cohort[];
}

const HALF_AN_HOUR = 1800;

const sum = (cohorts: readonly Cohort[]): number => cohorts.reduce((total, { count }) => total + count, 0);
const changes = (cohorts: readonly Cohort[]): number => sum(cohorts.filter(({ partition }) => partition !== undefined));

/** Splits off so many messages from the front. */
const split = (cohorts: readonly Cohort[], count: number): [Cohort[], Cohort[]] => {
  const line = new Line();
  for (const cohort of cohorts) line.push(cohort);
  return [line.take(count), line.take(Number.POSITIVE_INFINITY)];
};

/** Runs the way from the queue to the list: pollers, invocations, a table that throttles or is out, and what comes back. */
export const runFeedback = (setup: FeedbackSetup): FeedbackRun => {
  const { step, batch, pollers, outage, index } = setup;
  const engine = new Engine();
  const random = seededRandom(setup.seed);
  const visible = new Line();
  const reads = new Tokens(setup.reads);
  const writes = new Tokens(setup.writes);
  const partitions = index.map(() => new Tokens(setup.indexWrites));
  const open: number[] = [];
  const moments: Moment[] = [];
  const told = { arrived: 0, done: 0, deadLetters: 0, invocations: 0, busySeconds: 0, givenBack: 0, mostReceives: 1 };
  let throttled: Wave[] = [];
  let oldest = 0;
  let scaled = pollers.atFirst;
  let busy = 0;
  let inFlight = 0;
  let mostInFlight = 0;
  let uneasyAt = setup.calm.from;

  const slotOf = (at: number): number => Math.round(at / step);
  const finish = (cohorts: readonly Cohort[]): void => {
    for (const { arrivedAt, count } of cohorts) {
      const slot = slotOf(arrivedAt);
      open[slot] = (open[slot] ?? 0) - count;
      told.done += count;
      inFlight -= count;
    }
  };
  const setAside = ({ arrivedAt, count }: Cohort): void => {
    const slot = slotOf(arrivedAt);
    open[slot] = (open[slot] ?? 0) - count;
    told.deadLetters += count;
  };
  const giveBack = (cohorts: readonly Cohort[], receivedAt: number): void => {
    told.givenBack += sum(cohorts);
    const back = cohorts.map((cohort) => ({ ...cohort, receives: cohort.receives + 1 }));
    engine.after(Math.max(0, receivedAt + setup.visibilitySeconds - engine.now), () => {
      for (const cohort of back) {
        inFlight -= cohort.count;
        if (cohort.receives > setup.receives) setAside(cohort);
        else visible.push(cohort);
      }
    });
  };
  const isOut = (): boolean => outage !== undefined && engine.now >= outage.from && engine.now < outage.to;

  /** Takes so many as all of the tokens have, and leaves the rest. */
  const grant = (cohorts: readonly Cohort[], ...limits: readonly Tokens[]): [Cohort[], Cohort[]] => {
    const count = Math.min(sum(cohorts), ...limits.map(({ whole }) => whole));
    for (const tokens of limits) tokens.take(count);
    return split(cohorts, count);
  };
  /** Reads and writes what the table lets it. @returns whether nothing is left to do */
  const advance = (wave: Wave): boolean => {
    const [read, unread] = grant(wave.unread, reads);
    wave.unread = unread;
    for (const cohort of read)
      (cohort.partition === undefined ? wave.ready : wave.unwritten[cohort.partition])?.push(cohort);
    for (const [i, cohorts] of wave.unwritten.entries()) {
      const [written, left] = grant(cohorts, writes, partitions[i] as Tokens);
      wave.ready.push(...written);
      wave.unwritten[i] = left;
    }
    return wave.unread.length === 0 && wave.unwritten.every((cohorts) => cohorts.length === 0);
  };
  const release = ({ pollers: those, startedAt, ready }: Wave, at: number): void => {
    told.busySeconds += those * (at - startedAt);
    engine.after(Math.max(0, at - engine.now), () => {
      busy -= those;
      finish(ready);
    });
  };

  const retryThrottled = (): void => {
    throttled = throttled.filter((wave) => {
      if (!isOut() && advance(wave)) {
        release(wave, Math.max(engine.now, wave.endsAt));
        return false;
      }
      if (engine.now - wave.startedAt < setup.throttledSeconds) return true;
      giveBack([...wave.unread, ...wave.unwritten.flat()], wave.startedAt);
      release(wave, engine.now);
      return false;
    });
  };

  const receive = (): void => {
    const idle = Math.min(Math.floor(scaled), pollers.most) - busy;
    if (idle <= 0 || visible.count === 0) return;
    const room = setup.inFlight - inFlight;
    const once = Math.min(visible.count, idle * batch, room);
    if (once <= 0) return;
    const sample = visible.count;
    const seconds = setup.service(batch, batch * setup.arrivals(engine.now).changing);
    // Where a step has room for several invocations of a poller, and the table for what they read, they are one wave.
    const rounds = isOut() ? 1 : Math.max(1, Math.floor(step / seconds));
    const taken = visible.take(Math.min(sample, once * rounds, room));
    const count = sum(taken);
    inFlight += count;
    mostInFlight = Math.max(mostInFlight, inFlight);
    const invocations = Math.ceil(count / batch);
    const those = Math.min(idle, Math.ceil(invocations / rounds));
    busy += those;
    told.invocations += invocations;
    for (const { receives } of taken) told.mostReceives = Math.max(told.mostReceives, receives);
    const now = engine.now;
    if (outage !== undefined && isOut()) {
      engine.after(outage.seconds, () => giveBack(taken, now));
      release(
        { pollers: those, startedAt: now, endsAt: now, unread: [], unwritten: [], ready: [] },
        now + outage.seconds,
      );
      return;
    }
    const perInvocation = setup.service(count / invocations, changes(taken) / invocations);
    const wave = {
      pollers: those,
      startedAt: now,
      endsAt: now + perInvocation * (invocations / those),
      unread: taken,
      unwritten: index.map((): Cohort[] => []),
      ready: [],
    };
    if (advance(wave)) release(wave, wave.endsAt);
    else throttled.push(wave);
  };

  const scale = (): void => {
    const wanted = visible.count > batch && inFlight < setup.inFlight;
    if (wanted) scaled = Math.min(pollers.most, scaled + (pollers.perMinute / 60) * step);
    else if (busy < scaled / 2) scaled = Math.max(pollers.atFirst, scaled * (1 - step / 60));
  };

  engine.every(step, () => {
    const { now } = engine;
    for (const tokens of [reads, writes, ...partitions]) tokens.refill(step);
    const { rate, changing } = setup.arrivals(now);
    const count = now < setup.seconds ? poisson(rate * step, random) : 0;
    told.arrived += count;
    open[slotOf(now)] = count;
    const changed = someOf(count, changing, random);
    visible.push({ arrivedAt: now, receives: 1, count: count - changed });
    for (const [partition, here] of spread(changed, index, random).entries())
      visible.push({ arrivedAt: now, receives: 1, count: here, partition });
    retryThrottled();
    receive();
    scale();
    while (oldest < slotOf(now) && (open[oldest] ?? 0) === 0) oldest += 1;
    if (slotOf(now) % slotOf(1) === 0)
      moments.push({
        at: now,
        waiting: told.arrived - told.done - told.deadLetters,
        age: now - oldest * step,
        pollers: busy,
      });
    if (now - oldest * step >= setup.calm.seconds) uneasyAt = Math.max(uneasyAt, now);
    return now + step <= setup.seconds && now < uneasyAt + HALF_AN_HOUR ? undefined : false;
  });
  engine.run(setup.seconds);
  return { ...told, waiting: told.arrived - told.done - told.deadLetters, moments, mostInFlight };
};
