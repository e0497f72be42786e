/** Milliseconds since the epoch, UTC. */
export type Instant = number;

export const SECOND = 1000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(?:(Z)|([+-])(\d\d):?(\d\d)?)?$/i;

/**
 * A timestamp as SES, SNS and EventBridge write it, read tolerantly: `2026-01-02T03:04:05.678Z`, without a fraction,
 * with an offset, and the guide's own `2018-10-08T14:05:45 +0000`. Without a zone it is UTC.
 *
 * @returns undefined for anything that is no such string, names no real day, or lies outside the years 1970 to 9999
 * @example parseInstant('2018-10-08T14:05:45 +0000') // 1539007545000
 */
export const parseInstant = (raw: unknown): Instant | undefined => {
  if (typeof raw !== 'string' || raw.length > 48) return undefined;
  const found = DATE_TIME.exec(raw.trim());
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHours, offsetMinutes] = found;
  const [y, mo, d, h, mi, s] = [
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
  ];
  if (h > 23 || mi > 59 || s > 60) return undefined;
  const midnight = Date.UTC(y, mo - 1, d);
  const back = new Date(midnight);
  if (back.getUTCMonth() !== mo - 1 || back.getUTCDate() !== d) return undefined;
  const millis = fraction === undefined ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000);
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * 60 * SECOND;
  const instant = midnight + h * HOUR + mi * 60 * SECOND + s * SECOND + millis + (sign === '-' ? offset : -offset);
  return instant >= 0 && instant <= LATEST ? instant : undefined;
};

/**
 * An epoch in milliseconds as SQS writes it.
 *
 * @example parseEpochMillis('1767323045678') // 1767323045678
 */
export const parseEpochMillis = (raw: unknown): Instant | undefined => {
  if (typeof raw !== 'string' || !/^\d{1,15}$/.test(raw)) return undefined;
  const instant = Number(raw);
  return instant <= LATEST ? instant : undefined;
};

/** ISO 8601 in UTC with milliseconds. @example toIso(0) // '1970-01-01T00:00:00.000Z' */
export const toIso = (instant: Instant): string => new Date(instant).toISOString();

/** Days since the epoch, UTC: two instants of one day share it. */
export const utcDay = (instant: Instant): number => Math.floor(instant / DAY);

/** Epoch seconds, rounded up, as `until` and TTL are stored. @example toEpochSeconds(1500) // 2 */
export const toEpochSeconds = (instant: Instant): number => Math.ceil(instant / SECOND);
