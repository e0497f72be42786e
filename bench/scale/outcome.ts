import type { Moment } from './feedback-run.ts';
import { runFeedback } from './feedback-run.ts';
import { CALM_SECONDS, HAPPENS, type Happening, setupOf, type Variation } from './scenario.ts';

/** What a queue went through. */
export interface Depths {
  /** The most messages that were not done. */
  readonly deepest: number;
  /** Seconds that one of them waited, the most. */
  readonly oldest: number;
  /** Minutes after it was over until none was older than before; 0 if none ever was. Null: not within the run. */
  readonly recoveredAfter: number | null;
}

/** What an event did to the feedback. */
export interface Outcome extends Depths {
  readonly mails: number;
  readonly happening: Happening;
  readonly arrived: number;
  readonly waiting: number;
  /** Messages that ended in the dead-letter queue. */
  readonly deadLetters: number;
  readonly givenBack: number;
  readonly mostReceives: number;
  readonly mostInFlight: number;
  /** The most feedback functions at work at a time. */
  readonly mostFunctions: number;
  /** GB-seconds of the feedback function in the whole run. */
  readonly gbSeconds: number;
  readonly moments: readonly Moment[];
}

/** How deep and old a queue became, and when it was over. @param endedAt - seconds from the beginning of the run */
export const depthsOf = (moments: readonly Moment[], endedAt: number): Depths => {
  const last = moments.findLast(({ age }) => age >= CALM_SECONDS);
  const most = (of: (moment: Moment) => number): number => moments.reduce((so, moment) => Math.max(so, of(moment)), 0);
  const after = last === undefined ? 0 : Math.max(0, last.at - endedAt) / 60;
  return {
    deepest: most(({ waiting }) => waiting),
    oldest: most(({ age }) => age),
    recoveredAfter: last === moments.at(-1) && last !== undefined ? null : after,
  };
};

const FUNCTION_GB = 0.25;

/** Runs an event at a size. */
export const outcomeOf = (mails: number, happening: Happening, vary: Variation = {}): Outcome => {
  const { moments, busySeconds, ...run } = runFeedback(setupOf(mails, happening, vary));
  const { arrived, waiting, deadLetters, givenBack, mostReceives, mostInFlight } = run;
  return {
    mails,
    happening,
    ...depthsOf(moments, HAPPENS.to),
    arrived,
    waiting,
    deadLetters,
    givenBack,
    mostReceives,
    mostInFlight,
    mostFunctions: moments.reduce((most, { pollers }) => Math.max(most, pollers), 0),
    gbSeconds: busySeconds * FUNCTION_GB,
    moments,
  };
};
