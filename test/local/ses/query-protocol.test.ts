import {
  GetSendQuotaCommand,
  ListIdentitiesCommand,
  SendEmailCommand,
  SendRawEmailCommand,
  SendTemplatedEmailCommand,
} from '@aws-sdk/client-ses';
import { acceptedMail } from '../simulator/simulator-under-test.ts';
import { rawSend, startSes } from './ses-client.ts';

let ses: Awaited<ReturnType<typeof startSes>>;

beforeEach(async () => {
  ses = await startSes();
});
afterEach(() => ses.stop());

describe('The local SES, asked by the real client', () => {
  test('accepts a raw mail, keeps its envelope, tags and MIME text, and answers an id in the form of SES', async () => {
    const request = {
      ...rawSend('Pat <pat@target.example>', 'kim@target.example'),
      ConfigurationSetName: 'receipts',
      Tags: [
        { Name: 'stream', Value: 'receipts' },
        { Name: 'order', Value: '4711' },
      ],
    };
    const { MessageId } = await ses.client.send(new SendRawEmailCommand(request));
    expect(MessageId).toMatch(/^0100[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000$/);
    expect(ses.inbox.last).toMatchObject({
      messageId: MessageId,
      operation: 'SendRawEmail',
      source: 'no-reply@ledger.example',
      recipients: ['Pat <pat@target.example>', 'kim@target.example'],
      tags: [
        { name: 'stream', value: 'receipts' },
        { name: 'order', value: '4711' },
      ],
      configurationSet: 'receipts',
      raw: request.RawMessage.Data,
    });
    expect(ses.told).toEqual([ses.inbox.last]);
  });

  test('takes the envelope from the headers when no destinations are given, whatever their folding', async () => {
    const Data = Buffer.from(
      'From: a@ledger.example\r\nTo: "Pat, Ltd" <pat@target.example>,\r\n kim@target.example\r\nBcc: sam@target.example\r\n\r\nHi',
    );
    await ses.client.send(new SendRawEmailCommand({ RawMessage: { Data } }));
    expect(ses.inbox.last?.recipients).toEqual([
      '"Pat, Ltd" <pat@target.example>',
      'kim@target.example',
      'sam@target.example',
    ]);
    expect(ses.inbox.last?.source).toBe('a@ledger.example');
  });

  test('reads configuration set and tags from the headers when the call gives none', async () => {
    const Data = Buffer.from(
      'X-SES-CONFIGURATION-SET: receipts\r\nX-SES-MESSAGE-TAGS: stream=receipts, order=1\r\nFrom: a@ledger.example\r\nTo: b@target.example\r\n\r\nHi',
    );
    await ses.client.send(new SendRawEmailCommand({ RawMessage: { Data } }));
    expect(ses.inbox.last?.configurationSet).toBe('receipts');
    expect(ses.inbox.last?.tags).toEqual([
      { name: 'stream', value: 'receipts' },
      { name: 'order', value: '1' },
    ]);
  });

  test('accepts a mail in parts with all its recipients', async () => {
    await ses.client.send(
      new SendEmailCommand({
        Source: 'no-reply@ledger.example',
        Destination: {
          ToAddresses: ['a@target.example'],
          CcAddresses: ['b@target.example'],
          BccAddresses: ['c@target.example'],
        },
        Message: { Subject: { Data: 'Grüße <1>' }, Body: { Text: { Data: 'text' }, Html: { Data: '<b>html</b>' } } },
        Tags: [{ Name: 'stream', Value: 'news' }],
      }),
    );
    expect(ses.inbox.last).toMatchObject({
      operation: 'SendEmail',
      recipients: ['a@target.example', 'b@target.example', 'c@target.example'],
      content: { subject: 'Grüße <1>', text: 'text', html: '<b>html</b>' },
      tags: [{ name: 'stream', value: 'news' }],
    });
  });

  test('fills a template, and rejects one that does not exist', async () => {
    ses.account.templates.set('welcome', { subject: 'Hello {{name}}', text: 'Your plan: {{plan}}' });
    const call = (Template: string, data: object) =>
      ses.client.send(
        new SendTemplatedEmailCommand({
          Source: 'no-reply@ledger.example',
          Destination: { ToAddresses: ['a@target.example'] },
          Template,
          TemplateData: JSON.stringify(data),
        }),
      );
    await call('welcome', { name: 'Pat', plan: 'small' });
    expect(ses.inbox.last?.content).toEqual({ subject: 'Hello Pat', text: 'Your plan: small', html: null });
    await call('welcome', { name: 'Pat' });
    expect(ses.inbox.last?.undoing?.type).toBe('Rendering Failure');
    await expect(call('goodbye', {})).rejects.toMatchObject({ name: 'TemplateDoesNotExistException' });
    expect(ses.inbox.accepted).toBe(2);
  });

  test.each([
    ['as text', (virus: string) => virus],
    ['as an attachment', (virus: string) => Buffer.from(virus).toString('base64')],
  ])('takes a mail with the scanner test file %s, to reject it later', async (_how, encode) => {
    const virus = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('');
    const Data = Buffer.from(`From: a@ledger.example\r\nTo: b@target.example\r\n\r\n${encode(virus)}\r\n`);
    await ses.client.send(new SendRawEmailCommand({ RawMessage: { Data } }));
    expect(ses.inbox.last?.undoing).toEqual({ type: 'Reject', detail: { reason: 'Bad content' } });
  });

  test('tells its quota, which leaves the mailbox simulator out', async () => {
    await ses.client.send(new SendRawEmailCommand(rawSend('a@target.example', 'success@simulator.amazonses.com')));
    ses.account.maxSendRate = 14;
    expect(await ses.client.send(new GetSendQuotaCommand({}))).toMatchObject({
      Max24HourSend: 50_000,
      MaxSendRate: 14,
      SentLast24Hours: 1,
    });
  });

  test('tells a quota without limit as -1, and answers one such call a second', async () => {
    ses.account.max24HourSend = -1;
    ses.account.sentLast24Hours = 1_000_000;
    await ses.client.send(new SendRawEmailCommand(rawSend('a@target.example')));
    expect(await ses.client.send(new GetSendQuotaCommand({}))).toMatchObject({
      Max24HourSend: -1,
      SentLast24Hours: 1_000_001,
    });
    await expect(ses.client.send(new GetSendQuotaCommand({}))).rejects.toMatchObject({
      name: 'Throttling',
      message: 'Rate exceeded',
    });
  });

  test('replaces the Message-ID, whatever the message has', async () => {
    const { MessageId } = await ses.client.send(new SendRawEmailCommand(rawSend('a@target.example')));
    expect(ses.inbox.last?.messageIdHeader).toBe(`<${MessageId}@email.amazonses.com>`);
  });

  test('heeds the tags of a header only where the call has none', async () => {
    const Data = Buffer.from('X-SES-MESSAGE-TAGS: order=1\r\nFrom: a@ledger.example\r\nTo: b@target.example\r\n\r\nHi');
    const Tags = [
      { Name: 'suppressor-key', Value: 'k' },
      { Name: 'stream', Value: 'receipts' },
    ];
    await ses.client.send(new SendRawEmailCommand({ RawMessage: { Data }, Tags }));
    expect(ses.inbox.last?.tags.map(({ name }) => name)).toEqual(['suppressor-key', 'stream']);
  });

  test('rejects an action it does not have, naming it', async () => {
    await expect(ses.client.send(new ListIdentitiesCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: expect.stringContaining('ListIdentities'),
    });
  });

  test('shows people the mail that came last', async () => {
    const last = () => fetch(`${ses.url}/last`);
    expect((await last()).status).toBe(404);
    const request = rawSend('a@target.example');
    await ses.client.send(new SendRawEmailCommand(request));
    expect(await (await last()).text()).toBe(request.RawMessage.Data.toString());
    ses.inbox.add(acceptedMail(['b@target.example']));
    expect(await (await last()).json()).toMatchObject({ recipients: ['b@target.example'] });
  });

  test('keeps a bounded number of mails but counts them all', async () => {
    for (let n = 0; n < 1005; n += 1) ses.inbox.add(acceptedMail(['a@target.example'], { messageId: String(n) }));
    expect([ses.inbox.accepted, ses.inbox.mails.length, ses.inbox.mails[0]?.messageId]).toEqual([1005, 1000, '5']);
  });
});
