import type { Metric, MetricRule } from '../contract/index.ts';

/** The codes a send can fail with, whether the same request may be sent again, and what to do about it. */
const CODES = {
  InvalidRequest: [false, 'Mend the request; the message names the field.'],
  TooLarge: [false, 'Send less, or put the content behind a link.'],
  RecipientsSuppressed: [false, 'Leave the suppressed recipients out, or use "onSuppressed": "drop".'],
  SenderNotVerified: [false, 'Verify the sender or its domain in SES in this Region.'],
  RecipientNotVerified: [
    false,
    'The account is in the SES sandbox: verify the recipient or request production access.',
  ],
  SenderNotAllowed: [false, 'Add the sender to `senders` in the configuration and deploy again.'],
  SendingPaused: [
    false,
    '`ses-suppressor doctor` says who paused sending and how to resume it, once the cause is gone.',
  ],
  ConfigurationSetNotFound: [false, 'Name a configuration set that this stack has wired, or leave it out.'],
  TemplateNotFound: [false, 'Create the template in SES in this Region, or mend its name.'],
  RateExceeded: [true, 'Wait a second and send again; ask SES for a higher sending rate if it persists.'],
  QuotaExceeded: [false, 'The 24-hour quota is used up: wait for hours, or ask SES for more.'],
  ListUnavailable: [true, 'Nothing was sent because the suppression list could not be read: send again.'],
  SesUnreachable: [true, 'No connection to SES was opened, nothing was sent: send again.'],
  UnsubscribeUnavailable: [true, 'The key for unsubscribe links could not be read, nothing was sent: send again.'],
  MessageRejected: [false, 'SES refused the message; its own words are in the message.'],
  InProgress: [true, 'The first send with this key is still running: ask again for its answer.'],
  IdempotencyKeyReused: [false, 'Use a new key for a new message.'],
  OutcomeUnknown: [false, 'SES may have accepted the message: sending again may mail twice.'],
} as const satisfies Record<MetricRule<typeof Metric.SEND_FAILED>, readonly [retryable: boolean, remedy: string]>;

export type SendCode = keyof typeof CODES;

/** Why a send failed: a value, not an exception. */
export interface SendFailure {
  readonly code: SendCode;
  /** What happened, with the offending value. */
  readonly message: string;
  /** Whether the very same request may be sent again without mailing anybody twice. */
  readonly retryable: boolean;
  readonly remedy: string;
}

/**
 * A failure with the remedy of its code.
 *
 * @example sendFailure('QuotaExceeded', 'Daily message quota exceeded.').retryable // false
 */
export const sendFailure = (code: SendCode, message: string, remedy: string = CODES[code][1]): SendFailure => ({
  code,
  message,
  retryable: CODES[code][0],
  remedy,
});
