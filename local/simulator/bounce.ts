import { sesId } from '../ses/message-id.ts';

/** What a bounced mailbox says, less whom it is about. */
export interface BounceKind {
  readonly bounceType: string;
  readonly bounceSubType: string;
  /** Absent when there was no delivery status notification, as with an automatic reply. */
  readonly report?: { readonly reportingMTA: string; readonly status: string; readonly diagnosticCode: string };
}

export const USER_UNKNOWN: BounceKind = {
  bounceType: 'Permanent',
  bounceSubType: 'General',
  report: {
    reportingMTA: 'dsn; a8-50.smtp-out.amazonses.com',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  },
};

export const GLOBAL_LIST: BounceKind = {
  bounceType: 'Permanent',
  bounceSubType: 'Suppressed',
  report: {
    reportingMTA: 'dns; amazonses.com',
    status: '5.1.1',
    diagnosticCode:
      'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
  },
};

/** The same for a bounce and a complaint: only the list itself knows for which of them it holds an address. */
export const ACCOUNT_LIST: BounceKind = {
  bounceType: 'Permanent',
  bounceSubType: 'OnAccountSuppressionList',
  report: {
    reportingMTA: 'dns; amazonses.com',
    status: '5.1.1',
    diagnosticCode:
      'Amazon SES did not send the message to this address because it is on the suppression list for your account. For more information about removing addresses from the suppression list, see the Amazon SES Developer Guide at https://docs.aws.amazon.com/ses/latest/DeveloperGuide/sending-email-suppression-list.html',
  },
};

export const OUT_OF_OFFICE: BounceKind = { bounceType: 'Transient', bounceSubType: 'General' };

/** The `bounce` object: every recipient of one kind together, as SES reports several bounces of one call. */
export function bounceDetail(kind: BounceKind, recipients: readonly string[], at: Date): object {
  const { bounceType, bounceSubType, report } = kind;
  return {
    feedbackId: sesId(at),
    bounceType,
    bounceSubType,
    bouncedRecipients: recipients.map((emailAddress) => ({
      emailAddress,
      ...(report && { action: 'failed', status: report.status, diagnosticCode: report.diagnosticCode }),
    })),
    timestamp: at.toISOString(),
    ...(report && { reportingMTA: report.reportingMTA }),
  };
}
