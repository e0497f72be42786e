import type { Policy } from '../../core/contract/index.ts';
import { blocks } from '../../core/entry/derive.ts';
import type { Instant } from '../../core/instant.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { scopeWords, timeWords, untilWords } from '../output/words.ts';
import type { Told } from './told.ts';

/** How an explanation is written. */
export interface ReportOptions {
  readonly policy: Policy;
  readonly now: Instant;
  readonly paint: Paint;
}

/** How an entry stands, in one sentence. */
export const headline = ({ entry, standing }: Told, { now, paint }: ReportOptions): string => {
  const address = paint.strong(printable(entry.address));
  const scope = `(scope ${printable(entry.scope)})`;
  const { status, reason = 'no reason given', since, until } = standing;
  const began = since === undefined ? '' : `, since ${timeWords(since)}`;
  if (blocks(standing, now)) {
    const where = scopeWords(entry.scope);
    return `${address} is ${paint.bad('suppressed')} ${where}: ${printable(reason)}${began}, ${untilWords(until, now)}.`;
  }
  if (status === 'suppressed')
    return `${address} is ${paint.good('no longer suppressed')} ${scope}: the hold for ${printable(reason)} ${untilWords(until, now)}.`;
  if (status === 'allowed') return `${address} is ${paint.good('allowed')} ${scope} by an operator${began}.`;
  return `${address} is ${paint.good('not suppressed')} ${scope}; the list only remembers what happened.`;
};
