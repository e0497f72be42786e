import type { SESClient, SESClientConfig } from '@aws-sdk/client-ses';
import { sesClient } from '../../adapters/ses-client.ts';
import { SesMailer } from '../../adapters/ses-mailer.ts';
import type { OutgoingMail } from '../../core/send/mailer.ts';

export const MAIL: OutgoingMail = {
  source: 'no-reply@ledger.example',
  destinations: ['pat@target.example', 'ann@target.example'],
  raw: Buffer.from('Subject: Hi\r\n\r\nHi\r\n'),
  tags: { stream: 'receipts', order: '4711' },
  configurationSet: 'Suppressor-Set',
};

/** What a client of a server of this process needs. */
export const LOCAL = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** A mailer whose pauses take no time but are noted, and move its clock. */
export const mailerOf = (client: SESClient) => {
  const clock = { now: 0 };
  const pauses: number[] = [];
  const sleep = async (millis: number): Promise<void> => {
    pauses.push(millis);
    clock.now += millis;
  };
  return { pauses, clock, mailer: new SesMailer({ client, now: () => clock.now, sleep, random: () => 1 }) };
};

/** The same over the client that this project recommends. */
export const mailerAt = (endpoint: string, config: SESClientConfig = {}) =>
  mailerOf(sesClient({ ...LOCAL, endpoint, ...config }));
