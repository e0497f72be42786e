import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { SesAccount } from '../../../local/ses/account.ts';
import { rawSend, startSes } from './ses-client.ts';

let ses: Awaited<ReturnType<typeof startSes>>;

beforeEach(async () => {
  ses = await startSes();
});
afterEach(() => ses.stop());

const PAT = rawSend('pat@target.example');
const send = (request: ConstructorParameters<typeof SendRawEmailCommand>[0] = PAT) =>
  ses.client.send(new SendRawEmailCommand(request));
const raw = (text: string) => ({ ...PAT, RawMessage: { Data: Buffer.from(text) } });

describe('The local SES refuses as SES does', () => {
  test.each<[string, (account: SesAccount) => void, string, number, string]>([
    ['the rate is exceeded', (a) => a.fail('rate'), 'Throttling', 400, 'Maximum sending rate exceeded.'],
    ['the daily quota is used up', (a) => a.fail('quota'), 'Throttling', 400, 'Daily message quota exceeded.'],
    ['SES fails', (a) => a.fail('internal'), 'InternalFailure', 500, ''],
    ['SES is away', (a) => a.fail('unavailable'), 'ServiceUnavailable', 503, ''],
    ['the caller may not send from there', (a) => a.fail('access-denied'), 'AccessDenied', 403, 'not authorized'],
    ['MAIL FROM is unverified', (a) => a.fail('mail-from'), 'MailFromDomainNotVerifiedException', 400, ''],
    ['the account is shut down', (a) => a.fail('rejected'), 'MessageRejected', 400, 'shut down'],
    [
      'sending is paused',
      (a) => {
        a.sendingPaused = true;
      },
      'AccountSendingPausedException',
      400,
      '',
    ],
    [
      'the quota of the day is reached',
      (a) => {
        a.max24HourSend = 0;
      },
      'Throttling',
      400,
      'Daily message quota exceeded.',
    ],
    [
      'the sender is not verified',
      (a) => {
        a.everySenderVerified = false;
      },
      'MessageRejected',
      400,
      'Email address is not verified. The following identities failed the check in region US-EAST-1: no-reply@ledger.example',
    ],
    [
      'a recipient is not verified in the sandbox',
      (a) => {
        a.sandbox = true;
      },
      'MessageRejected',
      400,
      'Email address is not verified. The following identities failed the check in region US-EAST-1: pat@target.example',
    ],
  ])('when %s', async (_when, arrange, name, status, message) => {
    arrange(ses.account);
    const failure = await send().catch((error) => error);
    expect(failure).toMatchObject({ name, $metadata: { httpStatusCode: status } });
    expect(failure.message).toContain(message);
    expect(ses.inbox.accepted).toBe(0);
  });

  test('only as often as it was told to', async () => {
    ses.account.fail('rate', 2);
    await expect(send()).rejects.toThrow('rate');
    await expect(send()).rejects.toThrow('rate');
    await expect(send()).resolves.toBeDefined();
    ses.account.fail('internal', Number.POSITIVE_INFINITY);
    await expect(send()).rejects.toThrow();
    await expect(send()).rejects.toThrow();
    ses.account.clearFaults();
    await expect(send()).resolves.toBeDefined();
  });

  test('but lets verified domains, verified addresses and the simulator through its sandbox', async () => {
    ses.account.sandbox = true;
    ses.account.everySenderVerified = false;
    ses.account.verified.add('ledger.example').add('pat@target.example');
    await expect(send(rawSend('Pat <PAT@target.example>', 'bounce+1@simulator.amazonses.com'))).resolves.toBeDefined();
    await expect(send(rawSend('kim@target.example'))).rejects.toThrow('US-EAST-1: kim@target.example');
  });

  test('an unverified From header behind a verified source', async () => {
    ses.account.everySenderVerified = false;
    ses.account.verified.add('ledger.example');
    const forged = raw('From: boss@bank.example\r\nTo: pat@target.example\r\n\r\nHi');
    await expect(send(forged)).rejects.toThrow('US-EAST-1: boss@bank.example');
  });

  test('a configuration set that does not exist or is paused', async () => {
    const named = (ConfigurationSetName: string) => send({ ...PAT, ConfigurationSetName });
    await expect(named('nobody')).rejects.toMatchObject({ name: 'ConfigurationSetDoesNotExistException' });
    ses.account.pausedConfigurationSets.add('receipts');
    await expect(named('receipts')).rejects.toMatchObject({ name: 'ConfigurationSetSendingPausedException' });
    ses.account.everyConfigurationSetExists = true;
    await expect(named('nobody')).resolves.toBeDefined();
  });

  test.each([
    ['pat', "Missing final '@domain'"],
    ['pat@', "Missing final '@domain'"],
    ['@target.example', 'Missing local name'],
    ['pat@target..example', 'Domain contains dot-dot'],
    ['pat@.target.example', 'Domain starts with dot'],
    ['pat@target.example.', 'Domain ends with dot'],
    ['p at@target.example', 'Local address contains control or whitespace'],
    ['pät@target.example', 'Local address contains control or whitespace'],
    ['pat@tärget.example', 'Domain contains illegal character'],
  ])('the whole mail for the one malformed recipient %s', async (bad, message) => {
    const failure = await send({ ...PAT, Destinations: ['kim@target.example', bad] }).catch((error) => error);
    expect(failure).toMatchObject({ name: 'InvalidParameterValue', message });
    expect(ses.inbox.accepted).toBe(0);
  });

  test('more than 50 recipients', async () => {
    const crowd = Array.from({ length: 51 }, (_, n) => `n${n}@target.example`);
    await expect(send({ ...PAT, Destinations: crowd.slice(1) })).resolves.toBeDefined();
    await expect(send({ ...PAT, Destinations: crowd })).rejects.toThrow('Recipient count exceeds 50.');
  });

  test.each([
    ['an empty message', '', 'must not be empty'],
    ['a message without From', 'To: pat@target.example\r\n\r\nHi', "Missing required header 'From'."],
    ['a header given twice', 'From: a@b.example\r\nSubject: 1\r\nsubject: 2\r\n\r\nHi', "Duplicate header 'subject'."],
    ['a message over 10 MB', `From: a@b.example\r\n\r\n${'x'.repeat(10 * 1024 * 1024)}`, 'more than 10485760 bytes'],
  ])('%s', async (_what, text, message) => {
    const failure = await send(raw(text)).catch((error) => error);
    expect(failure.name).toBe('InvalidParameterValue');
    expect(failure.message).toContain(message);
  });

  test('a tag with a character of its own', async () => {
    await expect(send({ ...PAT, Tags: [{ Name: 'stream', Value: 'a b' }] })).rejects.toThrow(
      'Invalid tag value <a b>.',
    );
    await expect(send({ ...PAT, Tags: [{ Name: 'ses:x', Value: 'a' }] })).rejects.toThrow('Invalid tag name <ses:x>.');
  });

  test('calls beyond the rate, counting recipients, until it has refilled', async () => {
    ses.account.maxSendRate = 20;
    await expect(send(rawSend(...Array.from({ length: 22 }, (_, n) => `n${n}@target.example`)))).resolves.toBeDefined();
    await expect(send()).rejects.toThrow('Maximum sending rate exceeded.');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(send()).resolves.toBeDefined();
  });
});

describe('The local SES can accept a mail and spoil the answer', () => {
  test('by cutting the connection', async () => {
    ses.account.fail('cut');
    await expect(send()).rejects.toThrow('socket hang up');
    expect([ses.inbox.accepted, ses.told.length]).toEqual([1, 1]);
  });

  test('by a 500', async () => {
    ses.account.fail('broken');
    await expect(send()).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    expect(ses.inbox.accepted).toBe(1);
  });

  test('by an empty answer', async () => {
    ses.account.fail('empty');
    const answer = await send();
    expect(answer.MessageId).toBeUndefined();
    expect(ses.inbox.accepted).toBe(1);
  });

  test('by never answering, until it stops', async () => {
    ses.account.fail('hang');
    const failure = send().catch((error) => error);
    while (ses.inbox.accepted === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await ses.stop();
    expect(await failure).toBeInstanceOf(Error);
  });
});
