import { SESClient } from '@aws-sdk/client-ses';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import { LocalSes } from '../../../local/ses/local-ses.ts';
import type { AcceptedMail } from '../../../local/ses/mail.ts';

/** A local SES with the real client before it; the client makes one attempt. */
export async function startSes() {
  const told: AcceptedMail[] = [];
  const ses = new LocalSes((mail) => told.push(mail));
  ses.account.configurationSets.set('receipts', new Set(['Bounce']));
  const server = await ses.listen();
  const client = new SESClient({ ...DUMMY_CREDENTIALS, endpoint: server.url, maxAttempts: 1 });
  const stop = async () => {
    client.destroy();
    await server.stop();
  };
  return { account: ses.account, inbox: ses.inbox, told, client, url: server.url, stop };
}

/** A raw send to `recipients`, as the send function makes it. */
export const rawSend = (...recipients: string[]) => ({
  Source: 'no-reply@ledger.example',
  Destinations: recipients,
  RawMessage: {
    Data: Buffer.from(
      [
        'From: Ledger <no-reply@ledger.example>',
        `To: ${recipients.join(',\r\n ')}`,
        'Subject: Your receipt',
        'Message-ID: <original@ledger.example>',
        '',
        'Thank you.',
        '',
      ].join('\r\n'),
    ),
  },
});
