import type { PublishedNotice } from '../alarms/notices-server.ts';
import type { NoticeLine } from './loop-event.ts';
import { shownText } from './shown-text.ts';

/** What the people on call were told, in one line; in JSON with the whole text. */
export const noticeLine = ({ at, messageId, subject, message }: PublishedNotice, start: number): NoticeLine => ({
  event: 'notice',
  at: at.toISOString(),
  seconds: Math.max(0, at.getTime() - start) / 1000,
  messageId,
  subject: subject === null ? null : shownText(subject),
  message,
});
