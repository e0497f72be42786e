import { KEY_TAG } from '../../core/contract/index.ts';
import { arn } from '../../local/arn.ts';

/** When all of this happened; the world's clock starts an hour later. */
const AT = '2026-03-02T11:00:00.000Z';

/** What a message says beside whom it is about. */
interface About {
  /** Tells mails apart. */
  readonly mail: string;
  /** The hash of the idempotency key that the mail was sent with. */
  readonly key?: string;
  /** When SES accepted it. */
  readonly at?: string;
}

const mailOf = ({ mail, key, at = AT }: About, to: readonly string[]) => ({
  timestamp: at,
  source: 'news@ledger.example',
  sourceArn: arn('ses', 'identity/ledger.example'),
  messageId: mail,
  destination: to,
  tags: { 'ses:configuration-set': ['crash'], ...(key === undefined ? {} : { [KEY_TAG]: [key] }) },
});

/** A message as SES publishes it to a topic. */
const message = (eventType: string, about: About, to: readonly string[], detail: object): string =>
  JSON.stringify({ eventType, mail: mailOf(about, to), ...detail });

const recipients = (to: readonly string[], more: object = {}) => to.map((emailAddress) => ({ emailAddress, ...more }));

/** A hard bounce of everybody named. */
export const bounce = (about: About, ...to: readonly string[]): string =>
  message('Bounce', about, to, {
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: recipients(to, { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 unknown' }),
      timestamp: about.at ?? AT,
      feedbackId: `bounce-${about.mail}`,
    },
  });

/** A soft bounce. */
export const softBounce = (about: About, ...to: readonly string[]): string =>
  message('Bounce', about, to, {
    bounce: {
      bounceType: 'Transient',
      bounceSubType: 'MailboxFull',
      bouncedRecipients: recipients(to, { action: 'failed', status: '4.2.2', diagnosticCode: 'smtp; 452 full' }),
      timestamp: about.at ?? AT,
      feedbackId: `soft-${about.mail}`,
    },
  });

/** A complaint. */
export const complaint = (about: About, ...to: readonly string[]): string =>
  message('Complaint', about, to, {
    complaint: {
      complainedRecipients: recipients(to),
      timestamp: about.at ?? AT,
      feedbackId: `complaint-${about.mail}`,
      complaintFeedbackType: 'abuse',
    },
  });

/** A delivery. */
export const delivery = (about: About, ...to: readonly string[]): string =>
  message('Delivery', about, to, {
    delivery: { timestamp: about.at ?? AT, recipients: to, smtpResponse: '250 ok', processingTimeMillis: 500 },
  });

/** A message in the envelope of SNS. */
export const inSns = (text: string): string =>
  JSON.stringify({ Type: 'Notification', MessageId: 'sns-1', Timestamp: '2026-03-02T11:30:00.000Z', Message: text });
