import type { Instant } from '../instant.ts';
import type { RateKind } from './limits.ts';

/** What was measured of the mail of a window. */
export interface Readings {
  /** SES's own rates as fractions, the newest of the window; undefined: SES tells none. */
  readonly ses: Readonly<Record<RateKind, number | undefined>>;
  /** Mails that bounced for good, and complaints, as the feedback function counted them; simulator excluded. */
  readonly events: Readonly<Record<RateKind, number>>;
  /** Mails in the window, at least; simulator excluded where deliveries tell them. */
  readonly volume: number;
  /** Mails of the busiest 24 hours of the week up to now: complaints come days after the mail they are about. */
  readonly busiest: number;
}

/** Where rates are measured. */
export interface Rates {
  /**
   * What was measured of `[since, now)`.
   *
   * @param since - on a full minute: counts are kept by the minute
   * @throws when it cannot be said; no number is ever guessed
   */
  read(since: Instant, now: Instant): Promise<Readings>;
}
