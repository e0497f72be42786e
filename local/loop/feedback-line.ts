import type { Said } from '../simulator/publisher.ts';
import type { FeedbackLine } from './loop-event.ts';
import { shownText } from './shown-text.ts';

/** What the simulator said, in one line. */
export const feedbackLine = (said: Said, start: number): FeedbackLine => ({
  event: 'feedback',
  at: said.at.toISOString(),
  seconds: Math.max(0, said.at.getTime() - start) / 1000,
  type: said.type,
  recipients: said.recipients.length > 0 ? said.recipients : said.to,
  finding: shownText(finding(said)),
  messageId: said.messageId,
  subject: shownText(said.subject),
});

function finding({ detail }: Said): string {
  const { bounceType, bounceSubType, bouncedRecipients, smtpResponse, complaintFeedbackType, reason, errorMessage } =
    detail as Record<string, string | undefined> & { bouncedRecipients?: readonly { diagnosticCode?: string }[] };
  if (bounceType === undefined) return smtpResponse ?? complaintFeedbackType ?? reason ?? errorMessage ?? '';
  const diagnosis = bouncedRecipients?.[0]?.diagnosticCode ?? 'no report';
  return `${bounceType}/${bounceSubType}, ${diagnosis}`;
}
