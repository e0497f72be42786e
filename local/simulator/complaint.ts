import { sesId } from '../ses/message-id.ts';

/** The `complaint` object of somebody who pressed "spam", as the mailbox simulator reports it. */
export const complaintDetail = (recipients: readonly string[], at: Date): object => ({
  feedbackId: sesId(at),
  complaintSubType: null,
  complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
  timestamp: at.toISOString(),
  userAgent: 'Amazon SES Mailbox Simulator',
  complaintFeedbackType: 'abuse',
  arrivalDate: at.toISOString(),
});
