/** Milliseconds since the epoch, UTC. */
export type Instant = number;

export const SECOND = 1000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(?:(Z)|([+-])(\d\d):?(\d\d)?)?$/i;

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : 30 + ((month + (month > 7 ? 1 : 0)) % 2);

const assemble = (y: number, mo: number, d: number, h: number, mi: number, s: number): Instant | undefined =>
  y >= 1969 && mo >= 1 && mo <= 12 && d >= 1 && d <= daysIn(y, mo) && h <= 23 && mi <= 59 && s <= 60
    ? Date.UTC(y, mo - 1, d, h, mi, s)
    : undefined;

const inRange = (instant: Instant): Instant | undefined => (instant >= 0 && instant <= LATEST ? instant : undefined);

/** The digits from `from` up to `to` as a number; NaN if any is none. */
const digits = (raw: string, from: number, to: number): number => {
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = raw.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

const hasSeparators = (raw: string): boolean =>
  raw[4] === '-' && raw[7] === '-' && raw[10] === 'T' && raw[13] === ':' && raw[16] === ':' && raw[19] === '.';

/** The form SES and SNS nearly always write, `2026-01-02T03:04:05.678Z`: an eighth of the cost of the full pattern. */
const parseUsual = (raw: string): Instant | undefined => {
  const at = assemble(
    digits(raw, 0, 4),
    digits(raw, 5, 7),
    digits(raw, 8, 10),
    digits(raw, 11, 13),
    digits(raw, 14, 16),
    digits(raw, 17, 19),
  );
  const instant = (at ?? Number.NaN) + digits(raw, 20, 23);
  return Number.isNaN(instant) ? undefined : inRange(instant);
};

const parseAny = (raw: string): Instant | undefined => {
  const found = DATE_TIME.exec(raw.trim());
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHours, offsetMinutes] = found;
  const at = assemble(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    second === undefined ? 0 : Number(second),
  );
  if (at === undefined) return undefined;
  const millis = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * 60 * SECOND;
  return inRange(at + millis + (sign === '-' ? offset : -offset));
};

/**
 * A timestamp as SES, SNS and EventBridge write it, read tolerantly: `2026-01-02T03:04:05.678Z`, without a fraction,
 * with an offset, and the guide's own `2018-10-08T14:05:45 +0000`. Without a zone it is UTC.
 *
 * @returns undefined for anything that is no such string, names no real day, or lies outside the years 1970 to 9999
 * @example parseInstant('2018-10-08T14:05:45 +0000') // 1539007545000
 */
export const parseInstant = (raw: unknown): Instant | undefined => {
  if (typeof raw !== 'string' || raw.length > 48) return undefined;
  return raw.length === 24 && raw[23] === 'Z' && hasSeparators(raw) ? parseUsual(raw) : parseAny(raw);
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
