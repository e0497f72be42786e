import { SESClient } from '@aws-sdk/client-ses';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import { LocalSes } from '../../../local/ses/local-ses.ts';
import type { AcceptedMail } from '../../../local/ses/mail.ts';

/** A local SES with the real clients of both versions before it; a client makes one attempt. */
export async function startSes() {
  const told: AcceptedMail[] = [];
  const ses = new LocalSes((mail) => told.push(mail));
  ses.account.configurationSets.set('receipts', new Set(['Bounce']));
  const server = await ses.listen();
  const config = { ...DUMMY_CREDENTIALS, endpoint: server.url, maxAttempts: 1 };
  const client = new SESClient(config);
  const v2 = new SESv2Client(config);
  const stop = async () => {
    client.destroy();
    v2.destroy();
    await server.stop();
  };
  return { account: ses.account, inbox: ses.inbox, told, client, v2, url: server.url, stop };
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
