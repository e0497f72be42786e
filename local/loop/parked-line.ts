import type { Parked } from '../queue/queues.ts';
import type { ParkedLine } from './loop-event.ts';

/** What was set aside, in one line. */
export const parkedLine = ({ at, kind, messageId, code, message }: Parked, start: number): ParkedLine => ({
  event: 'parked',
  seconds: Math.max(0, at.getTime() - start) / 1000,
  kind,
  messageId,
  code,
  message,
});
