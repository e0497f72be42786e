const DAY = 24 * 3600 * 1000;

interface Mail {
  readonly to?: string;
  /** ISO 8601 of mail and event. */
  readonly at?: string;
  readonly id?: string;
}

const mail = ({ to = 'pat@target.example', at = '2026-11-10T08:00:00.000Z', id = 'm-1' }: Mail) => ({
  timestamp: at,
  messageId: id,
  destination: [to],
});

/** A bounce as SES writes it. */
export const bounce = (
  about: Mail & {
    readonly type?: string;
    readonly subType?: string;
    readonly status?: string;
    readonly said?: string;
  } = {},
) => {
  const { to = 'pat@target.example', at = '2026-11-10T08:00:00.000Z', id = 'm-1' } = about;
  return {
    eventType: 'Bounce',
    mail: mail(about),
    bounce: {
      bounceType: about.type ?? 'Permanent',
      bounceSubType: about.subType ?? 'General',
      feedbackId: `f-${id}`,
      timestamp: at,
      bouncedRecipients: [
        {
          emailAddress: to,
          action: 'failed',
          status: about.status ?? '5.1.1',
          diagnosticCode: about.said ?? 'smtp; 550 5.1.1 user unknown',
        },
      ],
    },
  };
};

/** Soft bounces on so many days, the last one at `last`. */
export const softBounces = (days: number, last = Date.UTC(2026, 10, 15, 8), to = 'pat@target.example') =>
  Array.from({ length: days }, (_, i) =>
    bounce({
      to,
      id: `soft-${i}`,
      type: 'Transient',
      subType: 'MailboxFull',
      status: '4.2.2',
      said: 'smtp; 452 4.2.2 mailbox full',
      at: new Date(last - (days - 1 - i) * DAY).toISOString(),
    }),
  );

export const complaint = (about: Mail & { readonly feedbackType?: string } = {}) => ({
  eventType: 'Complaint',
  mail: mail(about),
  complaint: {
    feedbackId: `c-${about.id ?? 'm-1'}`,
    timestamp: about.at ?? '2026-11-10T08:00:00.000Z',
    complainedRecipients: [{ emailAddress: about.to ?? 'pat@target.example' }],
    ...(about.feedbackType === undefined ? {} : { complaintFeedbackType: about.feedbackType }),
  },
});

export const delivery = (about: Mail = {}) => ({
  eventType: 'Delivery',
  mail: mail(about),
  delivery: { timestamp: about.at ?? '2026-11-10T08:00:00.000Z', recipients: [about.to ?? 'pat@target.example'] },
});

/** The message in an SNS envelope, as a queue delivers it. */
export const inSns = (message: object) => ({
  Type: 'Notification',
  MessageId: 'n-1',
  Timestamp: '2026-11-10T08:00:01.000Z',
  Message: JSON.stringify(message),
});
