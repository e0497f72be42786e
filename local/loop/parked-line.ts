import type { Parked } from '../queue/queues.ts';
import type { ParkedLine } from './loop-event.ts';
import { shownText } from './shown-text.ts';

/** What was set aside, in one line. */
export const parkedLine = (
  { at, kind, messageId, code, message, subject }: Omit<Parked, 'body'>,
  start: number,
): ParkedLine => ({
  event: 'parked',
  at: at.toISOString(),
  seconds: Math.max(0, at.getTime() - start) / 1000,
  kind,
  messageId,
  code: code === null ? null : shownText(code),
  message: message === null ? null : shownText(message),
  subject: subject === null ? null : shownText(subject),
});
