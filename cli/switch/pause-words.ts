import type { Pause } from '../../core/breaker/breaker-state.ts';
import { causeWords } from '../../core/breaker/notice.ts';
import { isoOrNull } from '../output/json-line.ts';
import { printable } from '../output/printable.ts';
import { timeWords } from '../output/words.ts';

const who = ({ by, operator }: Pause): string => {
  if (by === 'breaker') return 'by the circuit breaker';
  if (by === 'elsewhere') return 'by somebody in the console, another program, or SES';
  return operator === undefined ? 'by command' : `by ${printable(operator)}`;
};

/**
 * Since when, by whom and why, as one line without its end.
 *
 * @example pauseWords({ at: 0, by: 'command', operator: 'pat', note: 'bad list' }) // 'since 1970-01-01 00:00 UTC, by pat: bad list'
 */
export const pauseWords = (pause: Pause): string => {
  const { at, cause, note } = pause;
  const why = cause === undefined ? note : causeWords(cause);
  return `since ${timeWords(at)}, ${who(pause)}${why === undefined ? '' : `: ${printable(why)}`}`;
};

/** A pause as JSON shows it; everything that is not known is null. */
export const pauseJson = (pause: Pause | undefined) => {
  if (pause === undefined) return null;
  const { at, by, operator = null, note = null, cause } = pause;
  const why = cause === undefined ? null : { ...cause, since: isoOrNull(cause.since) };
  return { at: isoOrNull(at), by, operator, note, cause: why };
};
