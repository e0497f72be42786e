import { SesAccount } from '../../../local/ses/account.ts';
import type { AcceptedMail } from '../../../local/ses/mail.ts';
import { MailboxSimulator } from '../../../local/simulator/mailbox-simulator.ts';

export const MESSAGE_ID = '0100019a00000000-7c9e6679-7425-40de-944b-e07fc1f90ae7-000000';

/** A mail as the local SES accepted it, to `recipients`. */
export const acceptedMail = (recipients: readonly string[], more: Partial<AcceptedMail> = {}): AcceptedMail => ({
  operation: 'SendRawEmail',
  source: 'Ledger <no-reply@ledger.example>',
  recipients,
  headers: [
    { name: 'From', value: 'Ledger <no-reply@ledger.example>' },
    { name: 'To', value: recipients.join(', ') },
    { name: 'Subject', value: 'Your receipt' },
    { name: 'Message-ID', value: '<original@ledger.example>' },
  ],
  tags: [{ name: 'stream', value: 'receipts' }],
  configurationSet: 'receipts',
  raw: null,
  content: null,
  undoing: null,
  messageId: MESSAGE_ID,
  messageIdHeader: `<${MESSAGE_ID}@email.amazonses.com>`,
  acceptedAt: new Date('2026-01-02T03:04:05.678Z'),
  ...more,
});

/** A message of SES, as JSON. */
export interface Message {
  readonly eventType?: string;
  readonly notificationType?: string;
  readonly mail: { readonly destination: readonly string[]; readonly tags?: object };
  readonly bounce?: { readonly bouncedRecipients: readonly object[] };
  readonly complaint?: object;
  readonly delivery?: { readonly recipients: readonly string[] };
}

/** What a simulator says about `mail`, in order. */
export async function sayings(mail: AcceptedMail, arrange: (account: SesAccount) => void = () => undefined) {
  const account = new SesAccount();
  account.configurationSets.set(
    'receipts',
    new Set(['Bounce', 'Complaint', 'Delivery', 'Subscription', 'Reject', 'Rendering Failure']),
  );
  arrange(account);
  const events: Message[] = [];
  const notifications: Message[] = [];
  const simulator = new MailboxSimulator(
    account,
    {
      event: (message) => events.push(JSON.parse(JSON.stringify(message))),
      notification: (message) => notifications.push(JSON.parse(JSON.stringify(message))),
    },
    { delays: [0, 2], seed: 7 },
  );
  simulator.take(mail);
  while (!simulator.isIdle) await new Promise((resolve) => setTimeout(resolve, 1));
  return { events, notifications };
}
