import { loadAt } from './assumptions.ts';
import { SIZES } from './flow.ts';
import { type Depths, depthsOf, type Outcome, outcomeOf } from './outcome.ts';
import { QUOTAS } from './quotas.ts';
import { HAPPENS, type Happening, peakRate, type Variation } from './scenario.ts';
import { functionsFor, runThrottle, type ThrottleRun } from './throttle-run.ts';

/** An outcome of a run in which something is other than usual. */
export interface Varied {
  readonly what: string;
  readonly outcome: Outcome;
}

/** What SES's throttling did to the send queue. */
export interface ThrottleOutcome extends Depths, Omit<ThrottleRun, 'sent'> {
  readonly mails: number;
  /** What is other than usual. */
  readonly what: string;
  readonly functions: number;
  /** Mails a second they can send, and the account may. */
  readonly functionsSend: number;
  readonly rate: number;
}

/** All that is simulated. */
export interface Results {
  readonly seed: number;
  readonly events: readonly Outcome[];
  /** The silent outage without a limit on the feedback function. */
  readonly unlimited: readonly Outcome[];
  /** A mass bounce at sizes between. */
  readonly bursts: readonly Outcome[];
  readonly varied: readonly Varied[];
  readonly throttles: readonly ThrottleOutcome[];
}

const HOUR = 3600;
const HALF_PAST = (HAPPENS.from + HAPPENS.to) / 2;

/** What the account may: as much as the busiest hour needs, or more. */
export const USUAL = 'refused for an hour';

/**
 * Mail on the queue is sent as by the day's curve.
 *
 * @param room - what the account may, in busiest hours
 * @param refused - whether SES refuses for an hour
 */
export const throttleAt = (mails: number, seed: number, room = 1, refused = true): ThrottleOutcome => {
  const needed = peakRate(mails) * room;
  const rate = Math.ceil(needed / 10) * 10;
  const [functions, functionsSend] = functionsFor(needed);
  const what = refused
    ? room === 1
      ? USUAL
      : `the same, an account that may ${room} times as much`
    : 'nothing is refused';
  const { sent: _sent, ...run } = runThrottle({
    seed,
    seconds: HAPPENS.to + 14 * HOUR,
    arrivals: (at) => (mails / 86_400) * loadAt((at - HALF_PAST) / HOUR),
    rate,
    functionsSend,
    inFlight: QUOTAS.inFlight.value,
    throttled: refused ? HAPPENS : { from: 0, to: 0 },
  });
  return { mails, what, functions, functionsSend, rate, ...depthsOf(run.moments, HAPPENS.to), ...run };
};

const EVENTS: readonly Happening[] = ['burst', 'outage, refused at once', 'outage, no answer'];
const BETWEEN = [300_000_000, 400_000_000, 500_000_000];
const LARGE = SIZES[2];
const LARGEST = SIZES[3];
const APART = [1, 1, 1, 1, 1, 1, 1, 1];

const VARIED: readonly {
  readonly what: string;
  readonly mails: number;
  readonly happening: Happening;
  readonly vary: Variation;
}[] = [
  { what: 'each bucket on a partition of its own', mails: LARGEST, happening: 'burst', vary: { together: APART } },
  {
    what: 'each bucket on a partition of its own',
    mails: BETWEEN[2] as number,
    happening: 'burst',
    vary: { together: APART },
  },
  {
    what: 'four buckets on one partition',
    mails: BETWEEN[1] as number,
    happening: 'burst',
    vary: { together: [4, 2, 1, 1] },
  },
  { what: '400 feedback functions', mails: BETWEEN[1] as number, happening: 'burst', vary: { maxConcurrency: 400 } },
  { what: 'the processor twice as slow', mails: LARGE, happening: 'outage, no answer', vary: { slower: 2 } },
  { what: 'the processor twice as slow', mails: LARGEST, happening: 'outage, no answer', vary: { slower: 2 } },
  {
    what: '100 feedback functions, as deployed',
    mails: LARGEST,
    happening: 'outage, no answer',
    vary: { maxConcurrency: 100 },
  },
  { what: 'the table knows twice the load', mails: LARGE, happening: 'outage, no answer', vary: { knownLoad: 2 } },
];

/** Runs everything: about twenty runs. */
export const simulate = (seed: number): Results => ({
  seed,
  events: SIZES.flatMap((mails) => EVENTS.map((happening) => outcomeOf(mails, happening, { seed }))),
  unlimited: SIZES.map((mails) => outcomeOf(mails, 'outage, no answer', { seed, maxConcurrency: undefined })),
  bursts: BETWEEN.map((mails) => outcomeOf(mails, 'burst', { seed })),
  varied: VARIED.map(({ what, mails, happening, vary }) => ({
    what,
    outcome: outcomeOf(mails, happening, { seed, ...vary }),
  })),
  throttles: [
    ...SIZES.slice(0, 3).map((mails) => throttleAt(mails, seed)),
    ...SIZES.slice(0, 2).map((mails) => throttleAt(mails, seed, 1.5)),
    throttleAt(LARGE, seed, 1, false),
  ],
});
