import type { SesAccount } from '../ses/account.ts';
import { type AcceptedMail, subjectOf } from '../ses/mail.ts';
import { bareAddress } from '../ses/mailbox.ts';
import type { Feedback } from './feedback.ts';
import { MailboxSimulator } from './mailbox-simulator.ts';
import type { Delays } from './plan.ts';

/** One thing the simulator said. */
export interface Said extends Feedback {
  readonly at: Date;
  readonly messageId: string;
  readonly subject: string;
  /** Everybody the mail was for. */
  readonly to: readonly string[];
  readonly family: 'event' | 'notification';
}

/** Where messages are published, as a client of SNS would: `local/queue/topic.ts` is one. */
export interface PublishTo {
  /** @param subject - absent for identity notifications */
  publish(message: string, subject?: string): void;
}

export interface PublisherOptions {
  readonly delays: Delays;
  readonly seed: number;
  readonly onFeedback: (said: Said) => void;
}

/** A mailbox simulator that publishes to a topic as SES does, and tells of each message. */
export function publisher(
  account: SesAccount,
  topic: PublishTo,
  { onFeedback, ...waits }: PublisherOptions,
): MailboxSimulator {
  const said = (family: Said['family'], mail: AcceptedMail, feedback: Feedback) =>
    onFeedback({
      ...feedback,
      family,
      messageId: mail.messageId,
      subject: subjectOf(mail),
      to: mail.recipients.map(bareAddress),
      at: new Date(),
    });
  return new MailboxSimulator(
    account,
    {
      event: (message, mail, feedback) => {
        topic.publish(`${JSON.stringify(message)}\n`, 'Amazon SES Email Event Notification');
        said('event', mail, feedback);
      },
      notification: (message, mail, feedback) => {
        topic.publish(JSON.stringify(message));
        said('notification', mail, feedback);
      },
    },
    waits,
  );
}
