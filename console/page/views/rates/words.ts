/** A fraction in percent, with as many digits as SES's lines need. @example percent(0.0012) // '0.12 %' */
export const percent = (rate: number): string => `${Number((rate * 100).toPrecision(3))} %`;

/** A number with separators. */
export const number = (of: number): string => of.toLocaleString('en-US');

/** A count with its noun. @example counted(1, 'bounce') // '1 bounce' */
export const counted = (count: number, noun: string): string => `${number(count)} ${noun}${count === 1 ? '' : 's'}`;

const HOUR = 3600;

/** How long a point is, in words. @example lengthWords(21600) // '6 hours' */
export const lengthWords = (seconds: number): string => {
  if (seconds === HOUR) return 'hour';
  return seconds % HOUR === 0 ? counted(seconds / HOUR, 'hour') : counted(Math.round(seconds / 60), 'minute');
};

/** A window of so many hours. @example windowWords(168) // 'last 7 days' */
export const windowWords = (hours: number): string => {
  const of = hours > 24 && hours % 24 === 0 ? counted(hours / 24, 'day') : counted(hours, 'hour');
  return of === '1 hour' ? 'last hour' : `last ${of}`;
};

/** A moment to the minute, in UTC. @example minuteText('2026-11-20T12:00:00.000Z') // '2026-11-20 12:00' */
export const minuteText = (iso: string): string => iso.slice(0, 16).replace('T', ' ');
