import { SES_LINES } from './ses-lines.ts';

/** When the circuit breaker pauses sending, and what. */
export interface BreakerSettings {
  /** The bounce rate that is too much, as a fraction: 0.05 is 5 %. */
  readonly bounceRate: number;
  /** The complaint rate that is too much, as a fraction: 0.001 is 0.1 %. */
  readonly complaintRate: number;
  /** Mails in the window below which no rate says anything. */
  readonly minimumVolume: number;
  /** Bounces, or complaints, in the window below which no rate says anything. */
  readonly minimumEvents: number;
  /** Whether the whole account is watched and paused, instead of the stack's own configuration set. */
  readonly account: boolean;
  /**
   * What tells how many mails there were: the deliveries and bounces that SES reports, or the mails it has accepted
   * where deliveries are off.
   */
  readonly volume: 'Delivery' | 'Send';
  /**
   * Whether our own rates pause sending too. Else they only bear out SES's: where bad mails are counted whose number is not
   * known, or those of other Regions.
   */
  readonly ownRates: boolean;
  /** The Region that counts the feedback, of all Regions together; absent: this one. */
  readonly countedIn?: string;
}

/** The lines at which SES reviews an account, over a volume at which five bad mails are no accident. */
export const DEFAULT_BREAKER: Omit<BreakerSettings, 'volume'> = {
  bounceRate: SES_LINES.bounces.review,
  complaintRate: SES_LINES.complaints.review,
  minimumVolume: 1000,
  minimumEvents: 5,
  account: false,
  ownRates: true,
};
