import type { Instant } from '../instant.ts';
import type { Cause } from './breaker-state.ts';
import { type Limits, RATE_KINDS, type RateKind } from './limits.ts';
import type { Readings } from './rates.ts';

/** What the readings come to. */
export interface Judgement {
  /** Why sending must be paused; undefined: it need not. */
  readonly cause: Cause | undefined;
  /** A rate is at its line, but made by too little mail or too few bad ones. */
  readonly belowMinimum: boolean;
  /** Rates of SES that stay disarmed. */
  readonly disarmed: readonly RateKind[];
}

/** A rate this part of its line and below has recovered. */
const RECOVERED = 0.5;

const known = (rate: number | undefined): rate is number => rate !== undefined && Number.isFinite(rate) && rate >= 0;

/**
 * Judges the mail of a window. A rate pauses sending from its line on, if there was enough mail and enough bad mail for a
 * rate to say anything; what SES tells of longer ago is old news unless our own counts bear it out. A disarmed rate of
 * SES does not count, and is armed again below half of its line.
 *
 * Complaints come for days, about mail that is no longer in the window: a big mailing must not be held against the few mails
 * of the day after. They are a share of the busiest day of the week, if that is more.
 *
 * @param since - start of the window, for the cause
 * @example judge({ ses: {…}, events: { bounces: 60, complaints: 0 }, volume: 1000, busiest: 1000 }, [], limits, since).cause?.rate // 0.06
 */
export const judge = (
  { ses, events, volume, busiest }: Readings,
  disarmed: readonly RateKind[],
  { lines, minimumVolume, minimumEvents, ownRates }: Limits,
  since: Instant,
): Judgement => {
  const found: Cause[] = RATE_KINDS.flatMap((kind) => {
    const line = lines[kind];
    const of = kind === 'complaints' ? Math.max(volume, busiest) : volume;
    const about = { kind, line, events: events[kind], volume: of, since };
    const own = ownRates && of > 0 ? events[kind] / of : undefined;
    const told = disarmed.includes(kind) ? undefined : ses[kind];
    const causes: Cause[] = [];
    if (known(own) && own >= line) causes.push({ ...about, source: 'own', rate: own });
    if (known(told) && told >= line) causes.push({ ...about, source: 'ses', rate: told });
    return causes;
  });
  const cause = volume >= minimumVolume ? found.find(({ events }) => events >= minimumEvents) : undefined;
  return {
    cause,
    belowMinimum: cause === undefined && found.length > 0,
    disarmed: disarmed.filter((kind) => {
      const told = ses[kind];
      return !known(told) || told >= lines[kind] * RECOVERED;
    }),
  };
};
