/** What SES tells of an account, in its own words. */
export interface SendQuotaReading {
  /** Recipients a second. */
  readonly maxSendRate: number;
  /** Recipients in 24 hours; -1: without limit. */
  readonly max24HourSend: number;
  /** Recipients in the last 24 hours. */
  readonly sentLast24Hours: number;
}

/** Asks SES. It takes one such call a second, whoever in the account makes it. */
export interface SendQuota {
  /** @throws when SES does not say */
  read(): Promise<SendQuotaReading>;
}

/** More than anybody mails in a day, and still exact. */
export const NO_QUOTA = 1e12;
/** Recipients a second where SES sets no rate. */
const NO_RATE = 10_000;

/**
 * The rate in a reading.
 *
 * @returns recipients a second; undefined if the reading names none that could be kept to
 * @example usableRate({ maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 12 }) // 14
 */
export const usableRate = ({ maxSendRate }: SendQuotaReading): number | undefined => {
  if (maxSendRate < 0) return NO_RATE;
  return maxSendRate > 0 ? Math.min(maxSendRate, NO_RATE) : undefined;
};

/**
 * Recipients that may still be mailed today.
 *
 * @param ahead - recipients whose slots lie ahead: reserved, and not yet in SES's count
 * @returns below zero where more than that was sent or is reserved, by no more than a day's quota
 * @example leftToday({ maxSendRate: 1, max24HourSend: 200, sentLast24Hours: 150 }, 10) // 40
 */
export const leftToday = ({ max24HourSend, sentLast24Hours }: SendQuotaReading, ahead: number): number => {
  if (Number.isNaN(max24HourSend) || max24HourSend < 0) return NO_QUOTA;
  const sent = sentLast24Hours > 0 ? sentLast24Hours : 0;
  const quota = Math.floor(max24HourSend);
  return Math.min(NO_QUOTA, Math.max(-quota, quota - Math.ceil(sent) - Math.ceil(ahead)));
};
