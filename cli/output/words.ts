import { EVERYWHERE } from '../../core/contract/index.ts';
import { type Instant, toIso } from '../../core/instant.ts';
import { printable } from './printable.ts';

const TENANT = 'tenant:';

/** A time as people read it, to the minute. @example timeWords(0) // '1970-01-01 00:00 UTC' */
export const timeWords = (instant: Instant): string => `${toIso(instant).slice(0, 16).replace('T', ' ')} UTC`;

/** An end, seen from now. */
export const untilWords = (until: Instant | null | undefined, now: Instant): string => {
  if (until === null || until === undefined) return 'without end';
  return until > now ? `until ${timeWords(until)}` : `ended ${timeWords(until)}`;
};

/** Where a suppression holds. @example scopeWords('newsletter') // 'in the stream newsletter' */
export const scopeWords = (scope: string): string => {
  if (scope === EVERYWHERE) return 'everywhere';
  return scope.startsWith(TENANT)
    ? `for the tenant ${printable(scope.slice(TENANT.length))}`
    : `in the stream ${printable(scope)}`;
};

/** A count with its noun. @example counted(1, 'strike day') // '1 strike day' */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
