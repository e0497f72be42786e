import type { BreakerSettings } from '../contract/index.ts';

/** The two rates that SES judges a sender by. */
export const RATE_KINDS = ['bounces', 'complaints'] as const;

/** One of the two rates. */
export type RateKind = (typeof RATE_KINDS)[number];

/** What is too much, and from how much mail on a rate says anything. */
export interface Limits {
  /** Rates from which sending is paused, as fractions. */
  readonly lines: Readonly<Record<RateKind, number>>;
  readonly minimumVolume: number;
  readonly minimumEvents: number;
  /** Whether our own rates pause sending too; else they only bear out SES's. */
  readonly ownRates: boolean;
}

/** The limits in the settings of the stack. */
export const limitsOf = ({
  bounceRate,
  complaintRate,
  minimumVolume,
  minimumEvents,
  ownRates,
}: BreakerSettings): Limits => ({
  lines: { bounces: bounceRate, complaints: complaintRate },
  minimumVolume,
  minimumEvents,
  ownRates,
});
