import { type Instant, parseInstant, SECOND } from '../instant.ts';

const LATEST_SECONDS = 10_000_000_000;
/** Bounces are no older than that: a smaller number is something else, such as a date without its dashes. */
const EARLIEST = Date.UTC(1995, 0, 1);
const NUMBER = /^\d{9,13}(?:\.\d{1,9})?$/;
const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;
/** `Tue, 07 Jan 2025 19:25:45 UTC`, as Mailgun writes it. */
const RFC_2822 =
  /^(?:[A-Za-z]{3}, ?)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ?(?:(?:UTC|GMT|Z)|([+-]\d{4}))$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const pad = (digits: string | number): string => String(digits).padStart(2, '0');

const fromRfc2822 = (text: string): Instant | undefined => {
  const found = RFC_2822.exec(text);
  if (found === null) return undefined;
  const [, day = '', name = '', year, hour, minute, second = '00', zone = 'Z'] = found;
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  return month === 0 ? undefined : parseInstant(`${year}-${pad(month)}-${pad(day)}T${hour}:${minute}:${second}${zone}`);
};

/** What providers write where they do not know the time. */
const isNoTime = (text: string): boolean => text === '' || text === '0' || /\b0001\b/.test(text) || text === 'null';

/**
 * The time of a row: ISO 8601 and its relatives, RFC 2822, a day, or epoch seconds or milliseconds.
 *
 * @returns undefined if the row has none, null if it cannot be read: `03/04/2025` is March to some and April to others
 * @example rowTime('1443651154') // 1443651154000
 */
export const rowTime = (raw: string | undefined): Instant | null | undefined => {
  const text = raw?.trim() ?? '';
  if (isNoTime(text)) return undefined;
  if (NUMBER.test(text)) {
    const number = Number(text);
    const at = Math.floor(number < LATEST_SECONDS ? number * SECOND : number);
    return at < EARLIEST ? null : at;
  }
  const iso = DAY_ONLY.test(text) ? `${text}T00:00:00Z` : text.replace(/ UTC$/, 'Z');
  return parseInstant(iso) ?? fromRfc2822(text) ?? null;
};
