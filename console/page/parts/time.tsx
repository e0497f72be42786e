const pad = (value: number): string => String(value).padStart(2, '0');

const day = (at: Date): string => `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
const clock = (at: Date): string => `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;

/** How much of a time is shown: all of it, all but the seconds, or what tells it apart: today the clock, else day and minute. */
export type TimeForm = 'full' | 'minute' | 'short';

/** A time in words, in UTC; what is no time stays as it is. */
export const timeText = (iso: string, form: TimeForm = 'full', now = new Date()): string => {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  if (form === 'minute') return `${day(at)} ${clock(at).slice(0, 5)}`;
  if (form === 'short' && day(at) === day(now)) return clock(at);
  if (form === 'short')
    return day(at).slice(0, 4) === day(now).slice(0, 4) ? `${day(at).slice(5)} ${clock(at).slice(0, 5)}` : day(at);
  return `${day(at)} ${clock(at)}`;
};

/**
 * A time, in UTC as everywhere in this console (the rail says so), with the exact one as its title.
 *
 * @example <Time iso={entry.since} form="minute" />
 */
export const Time = ({ iso, form = 'full' }: { readonly iso: string; readonly form?: TimeForm }) => (
  <time class="time" dateTime={iso} title={iso}>
    {timeText(iso, form)}
  </time>
);
