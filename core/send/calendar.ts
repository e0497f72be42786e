import type { Calendar } from './mailer.ts';

const METHOD = /^METHOD(?:;[^:\r\n]*)?:([^\r\n]*)/im;
const FIRST_LINE = /^BEGIN:VCALENDAR(\r?\n)/i;

/** The method that iCalendar text itself names; undefined if it names none. */
export const methodOf = (content: string): string | undefined => METHOD.exec(content)?.[1]?.trim();

/**
 * An invitation as mail programs read one: nothing before its first line, and a METHOD in it, which must be the one of the
 * part's type.
 *
 * @see RFC 6047 section 2.4
 */
export const completeCalendar = ({ method, content }: Calendar): Calendar => {
  const text = content.trimStart();
  if (methodOf(text) !== undefined) return { method, content: text };
  const withMethod = text.replace(FIRST_LINE, (line, end: string) => `${line}METHOD:${method.toUpperCase()}${end}`);
  return { method, content: withMethod };
};
