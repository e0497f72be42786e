import type { SESClient, SESClientConfig } from '@aws-sdk/client-ses';
import { sesClient } from '../../adapters/ses-client.ts';
import { SesMailer, type SesMailerOptions } from '../../adapters/ses-mailer.ts';
import type { RawMail, TemplateMail } from '../../core/send/mailer.ts';

export const MAIL: RawMail = {
  kind: 'raw',
  source: 'no-reply@ledger.example',
  destinations: ['pat@target.example', 'ann@target.example'],
  raw: Buffer.from('Subject: Hi\r\n\r\nHi\r\n'),
  tags: { stream: 'receipts', order: '4711' },
  configurationSet: 'Suppressor-Set',
};

export const TEMPLATE: TemplateMail = {
  kind: 'template',
  template: 'welcome',
  data: '{"name":"Pat"}',
  source: 'no-reply@ledger.example',
  destinations: ['pat@target.example', 'ann@target.example', 'bob@target.example'],
  from: { name: 'Ledger, Ltd.', address: 'no-reply@ledger.example' },
  to: [{ name: 'Zoë', address: 'pat@target.example' }],
  cc: [{ name: '', address: 'ann@target.example' }],
  bcc: [{ name: '', address: 'bob@target.example' }],
  replyTo: [{ name: 'Help desk', address: 'help@ledger.example' }],
  tags: { stream: 'receipts' },
  configurationSet: 'Suppressor-Set',
};

/** What a client of a server of this process needs. */
export const LOCAL = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** A mailer whose pauses take no time but are noted, and move its clock. */
export const mailerOf = (client: SESClient, options: Partial<SesMailerOptions> = {}) => {
  const clock = { now: 0 };
  const pauses: number[] = [];
  const sleep = async (millis: number): Promise<void> => {
    pauses.push(millis);
    clock.now += millis;
  };
  const mailer = new SesMailer({ client, now: () => clock.now, sleep, random: () => 1, ...options });
  return { pauses, clock, mailer };
};

/** The same over the client that this project recommends. */
export const mailerAt = (endpoint: string, config: SESClientConfig = {}) =>
  mailerOf(sesClient({ ...LOCAL, endpoint, ...config }));
