import { visible } from './text.tsx';
import { timeText } from './time.tsx';

/** The scope of what holds for every mail. */
export const EVERYWHERE = '*';

const TENANT = 'tenant:';

/** Where a suppression holds, in the words of the commands. @example scopeWords('newsletter') // 'in the stream newsletter' */
export const scopeWords = (scope: string): string => {
  if (scope === EVERYWHERE) return 'everywhere';
  return scope.startsWith(TENANT)
    ? `for the tenant ${visible(scope.slice(TENANT.length))}`
    : `in the stream ${visible(scope)}`;
};

/** A scope as a heading. @example scopeTitle('*') // 'Everywhere (*)' */
export const scopeTitle = (scope: string): string => {
  if (scope === EVERYWHERE) return 'Everywhere (*)';
  return scope.startsWith(TENANT) ? `Tenant ${visible(scope.slice(TENANT.length))}` : `Stream ${visible(scope)}`;
};

/** An end, seen from now, in the words of the commands. @example untilWords(null) // 'without end' */
export const untilWords = (until: string | null, now = new Date()): string => {
  if (until === null) return 'without end';
  return `${new Date(until) > now ? 'until' : 'ended'} ${timeText(until).slice(0, 16)} UTC`;
};

/** A count with its noun. @example counted(1, 'line') // '1 line' */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
