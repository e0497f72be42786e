import { messageIdHeader } from '../../../core/messages/message-id-header.ts';
import type { AcceptedMail } from '../../../local/ses/mail.ts';
import { sesId } from '../../../local/ses/message-id.ts';

/** A mail as the local SES keeps it; `raw` is its MIME, as text or bytes. */
export const acceptedMail = ({
  raw = 'Subject: Your receipt\r\n\r\nThank you.\r\n',
  ...more
}: Omit<Partial<AcceptedMail>, 'raw'> & { readonly raw?: string | Buffer | null } = {}): AcceptedMail => {
  const acceptedAt = new Date('2026-11-24T12:00:00Z');
  const messageId = sesId(acceptedAt);
  return {
    messageId,
    messageIdHeader: messageIdHeader(messageId, 'us-east-1'),
    acceptedAt,
    operation: 'SendRawEmail',
    source: 'no-reply@ledger.example',
    recipients: ['Pat <pat@target.example>'],
    headers: [
      { name: 'From', value: 'Ledger <no-reply@ledger.example>' },
      { name: 'To', value: 'Pat <pat@target.example>' },
      { name: 'Subject', value: 'Your receipt' },
    ],
    tags: [{ name: 'stream', value: 'receipts' }],
    configurationSet: 'suppressor-local',
    raw: raw === null ? null : Buffer.from(raw),
    content: null,
    undoing: null,
    ...more,
  };
};
