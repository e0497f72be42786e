import { STREAM_TAG } from '../../core/contract/index.ts';
import { type AcceptedMail, headerValue, subjectOf } from '../ses/mail.ts';
import { bareAddress } from '../ses/mailbox.ts';
import type { AcceptedLine } from './loop-event.ts';
import { shownText } from './shown-text.ts';

/** What SES accepted, in one line. */
export const acceptedLine = (mail: AcceptedMail, start: number): AcceptedLine => ({
  event: 'accepted',
  at: mail.acceptedAt.toISOString(),
  seconds: Math.max(0, mail.acceptedAt.getTime() - start) / 1000,
  messageId: mail.messageId,
  recipients: mail.recipients.map(bareAddress),
  subject: shownText(subjectOf(mail)),
  stream: headerValue(mail.tags, STREAM_TAG) ?? null,
});
