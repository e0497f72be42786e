import { SendRawEmailCommand, UpdateTemplateCommand } from '@aws-sdk/client-ses';
import {
  CreateContactListCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  ListConfigurationSetsCommand,
  PutAccountSendingAttributesCommand,
  PutAccountSuppressionAttributesCommand,
  PutConfigurationSetSendingOptionsCommand,
  PutConfigurationSetSuppressionOptionsCommand,
} from '@aws-sdk/client-sesv2';
import { PUBLISHED_EVENTS } from '../../../local/ses/account.ts';
import { rawSend, startSes } from './ses-client.ts';

let ses: Awaited<ReturnType<typeof startSes>>;

beforeEach(async () => {
  ses = await startSes();
  ses.account.settingsRate = null;
});
afterEach(() => ses.stop());

const send = (ConfigurationSetName?: string) =>
  ses.client.send(new SendRawEmailCommand({ ...rawSend('pat@target.example'), ConfigurationSetName }));
const account = () => ses.v2.send(new GetAccountCommand({}));
const setNamed = (ConfigurationSetName: string) =>
  ses.v2.send(new GetConfigurationSetCommand({ ConfigurationSetName }));
const pauseSet = (ConfigurationSetName: string, SendingEnabled: boolean) =>
  ses.v2.send(new PutConfigurationSetSendingOptionsCommand({ ConfigurationSetName, SendingEnabled }));
const NOT_FOUND = { name: 'NotFoundException', $metadata: { httpStatusCode: 404 } };

describe('The account, asked by the real client of version 2', () => {
  test('tells of its quota, its standing and its list', async () => {
    ses.account.maxSendRate = 14;
    ses.account.sentLast24Hours = 7;
    expect(await account()).toMatchObject({
      EnforcementStatus: 'HEALTHY',
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 7 },
      SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });

  test('tells of the sandbox and of a standing that is not good', async () => {
    ses.account.sandbox = true;
    ses.account.enforcement = 'SHUTDOWN';
    expect(await account()).toMatchObject({
      EnforcementStatus: 'SHUTDOWN',
      ProductionAccessEnabled: false,
      SendingEnabled: false,
    });
    await expect(send()).rejects.toMatchObject({ name: 'MessageRejected' });
  });

  test('pauses and resumes all sending', async () => {
    const enable = (SendingEnabled: boolean) => ses.v2.send(new PutAccountSendingAttributesCommand({ SendingEnabled }));
    await enable(false);
    expect(await account()).toMatchObject({ SendingEnabled: false });
    await expect(send()).rejects.toMatchObject({ name: 'AccountSendingPausedException' });
    await enable(true);
    await expect(send()).resolves.toBeDefined();
  });

  test('chooses the reasons that stop a mail', async () => {
    ses.account.suppression.put('pat@target.example', 'BOUNCE');
    const choose = (...SuppressedReasons: 'COMPLAINT'[]) =>
      ses.v2.send(new PutAccountSuppressionAttributesCommand({ SuppressedReasons }));
    expect(ses.account.isSuppressed('PAT@target.example', null)).toBe(true);
    await choose('COMPLAINT');
    expect((await account()).SuppressionAttributes).toEqual({ SuppressedReasons: ['COMPLAINT'] });
    expect(ses.account.isSuppressed('PAT@target.example', null)).toBe(false);
    await choose();
    expect((await account()).SuppressionAttributes).toEqual({ SuppressedReasons: [] });
  });

  test('names the operation it does not have', async () => {
    await expect(ses.v2.send(new CreateContactListCommand({ ContactListName: 'c' }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'POST /v2/email/contact-lists is not served here',
    });
  });
});

describe('Configuration sets, asked by the real client of version 2', () => {
  test('are paused and resumed, with a fresh start', async () => {
    const ReputationOptions = { ReputationMetricsEnabled: true };
    expect(await setNamed('receipts')).toMatchObject({
      ConfigurationSetName: 'receipts',
      ReputationOptions,
      SendingOptions: { SendingEnabled: true },
    });
    await pauseSet('receipts', false);
    expect((await setNamed('receipts')).SendingOptions).toEqual({ SendingEnabled: false });
    await expect(send('receipts')).rejects.toMatchObject({ name: 'ConfigurationSetSendingPausedException' });
    const before = Date.now();
    await pauseSet('receipts', true);
    const { LastFreshStart } = (await setNamed('receipts')).ReputationOptions ?? {};
    expect(LastFreshStart?.getTime()).toBeGreaterThanOrEqual(before);
    await pauseSet('receipts', true);
    expect((await setNamed('receipts')).ReputationOptions).toEqual({ ...ReputationOptions, LastFreshStart });
    await expect(send('receipts')).resolves.toBeDefined();
  });

  test('publish their events to the local topic', async () => {
    ses.account.configurationSets.set('receipts', new Set(PUBLISHED_EVENTS)).set('silent', new Set());
    const destinations = async (ConfigurationSetName: string) =>
      (await ses.v2.send(new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName }))).EventDestinations;
    expect(await destinations('receipts')).toEqual([
      {
        Name: 'feedback',
        Enabled: true,
        MatchingEventTypes: ['BOUNCE', 'COMPLAINT', 'DELIVERY', 'SUBSCRIPTION', 'REJECT', 'RENDERING_FAILURE'],
        SnsDestination: { TopicArn: 'arn:aws:sns:us-east-1:123456789012:suppressor-local-feedback' },
      },
    ]);
    expect(await destinations('silent')).toEqual([]);
    await expect(destinations('nobody')).rejects.toMatchObject(NOT_FOUND);
  });

  test('are listed in pages', async () => {
    ses.account.configurationSets.set('news', new Set()).set('alerts', new Set());
    const first = await ses.v2.send(new ListConfigurationSetsCommand({ PageSize: 2 }));
    expect(first.ConfigurationSets).toEqual(['alerts', 'news']);
    const rest = await ses.v2.send(new ListConfigurationSetsCommand({ PageSize: 2, NextToken: first.NextToken }));
    expect([rest.ConfigurationSets, rest.NextToken]).toEqual([['receipts'], undefined]);
  });

  test('have reasons of their own', async () => {
    ses.account.suppression.put('pat@target.example', 'COMPLAINT');
    const choose = (SuppressedReasons?: 'BOUNCE'[]) =>
      ses.v2.send(
        new PutConfigurationSetSuppressionOptionsCommand({ ConfigurationSetName: 'receipts', SuppressedReasons }),
      );
    await choose(['BOUNCE']);
    expect((await setNamed('receipts')).SuppressionOptions).toEqual({ SuppressedReasons: ['BOUNCE'] });
    const stops = () => ['receipts', null].map((set) => ses.account.isSuppressed('pat@target.example', set));
    expect(stops()).toEqual([false, true]);
    await choose();
    expect((await setNamed('receipts')).SuppressionOptions).toBeUndefined();
    expect(stops()).toEqual([true, true]);
  });

  test('are not found where there are none', async () => {
    await expect(setNamed('nobody')).rejects.toMatchObject(NOT_FOUND);
    await expect(pauseSet('nobody', false)).rejects.toMatchObject(NOT_FOUND);
  });
});

describe('Calls that do not send', () => {
  test('are answered once a second, each operation for itself', async () => {
    ses.account.settingsRate = 1;
    await account();
    await expect(account()).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
    await expect(setNamed('receipts')).resolves.toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await expect(account()).resolves.toBeDefined();
  });

  test('never wait for those that do', async () => {
    ses.account.settingsRate = 1;
    for (const _twice of [1, 2]) await expect(send()).resolves.toBeDefined();
    const missing = () =>
      ses.client.send(new UpdateTemplateCommand({ Template: { TemplateName: 't', SubjectPart: 's' } }));
    for (const _twice of [1, 2])
      await expect(missing()).rejects.toMatchObject({ name: 'TemplateDoesNotExistException' });
  });
});
