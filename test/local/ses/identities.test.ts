import {
  DescribeConfigurationSetCommand,
  GetAccountSendingEnabledCommand,
  GetIdentityNotificationAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  type NotificationType,
  SendRawEmailCommand,
  SetIdentityFeedbackForwardingEnabledCommand,
  SetIdentityHeadersInNotificationsEnabledCommand,
  SetIdentityNotificationTopicCommand,
  UpdateAccountSendingEnabledCommand,
  UpdateConfigurationSetSendingEnabledCommand,
} from '@aws-sdk/client-ses';
import {
  GetEmailIdentityCommand,
  ListEmailIdentitiesCommand,
  PutEmailIdentityFeedbackAttributesCommand,
} from '@aws-sdk/client-sesv2';
import { rawSend, startSes } from './ses-client.ts';

let ses: Awaited<ReturnType<typeof startSes>>;

beforeEach(async () => {
  ses = await startSes();
  ses.account.settingsRate = null;
});
afterEach(() => ses.stop());

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:suppressor-local-feedback';
const TOKEN = expect.stringMatching(/^[0-9a-f]{32}$/);
const identity = (EmailIdentity: string) => ses.v2.send(new GetEmailIdentityCommand({ EmailIdentity }));
const wire = (Identity: string, NotificationType: NotificationType, SnsTopic?: string) =>
  ses.client.send(new SetIdentityNotificationTopicCommand({ Identity, NotificationType, SnsTopic }));
const forward = (Identity: string, ForwardingEnabled: boolean) =>
  ses.client.send(new SetIdentityFeedbackForwardingEnabledCommand({ Identity, ForwardingEnabled }));
const notified = async (...Identities: string[]) =>
  (await ses.client.send(new GetIdentityNotificationAttributesCommand({ Identities }))).NotificationAttributes;

describe('Identities, asked by the real clients', () => {
  test('are verified, whichever is asked for, as long as every sender is', async () => {
    expect(await identity('ledger.example')).toMatchObject({
      IdentityType: 'DOMAIN',
      VerifiedForSendingStatus: true,
      VerificationStatus: 'SUCCESS',
      FeedbackForwardingStatus: true,
      DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS', Tokens: [TOKEN, TOKEN, TOKEN] },
      MailFromAttributes: { BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
    });
    expect(await identity('no-reply+x@ledger.example')).toMatchObject({ IdentityType: 'EMAIL_ADDRESS' });
  });

  test('are else those that are verified', async () => {
    ses.account.everySenderVerified = false;
    ses.account.verified.add('ledger.example').add('pat@target.example');
    expect(await identity('Ledger.example')).toMatchObject({ VerifiedForSendingStatus: true });
    await expect(identity('bank.example')).rejects.toMatchObject({
      name: 'NotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
    ses.account.identities.of('pending.example').dkim.status = 'PENDING';
    expect(await identity('pending.example')).toMatchObject({
      VerifiedForSendingStatus: false,
      VerificationStatus: 'PENDING',
      DkimAttributes: { Status: 'PENDING' },
    });
    const first = await ses.v2.send(new ListEmailIdentitiesCommand({ PageSize: 2 }));
    expect(first.EmailIdentities).toEqual([
      { IdentityType: 'DOMAIN', IdentityName: 'ledger.example', SendingEnabled: true, VerificationStatus: 'SUCCESS' },
      {
        IdentityType: 'EMAIL_ADDRESS',
        IdentityName: 'pat@target.example',
        SendingEnabled: true,
        VerificationStatus: 'SUCCESS',
      },
    ]);
    const rest = await ses.v2.send(new ListEmailIdentitiesCommand({ NextToken: first.NextToken }));
    expect(rest.EmailIdentities).toMatchObject([{ IdentityName: 'pending.example', SendingEnabled: false }]);
    const Identities = ['ledger.example', 'pending.example', 'bank.example'];
    const { VerificationAttributes } = await ses.client.send(
      new GetIdentityVerificationAttributesCommand({ Identities }),
    );
    expect(VerificationAttributes).toEqual({
      'ledger.example': { VerificationStatus: 'Success' },
      'pending.example': { VerificationStatus: 'Pending' },
    });
  });

  test('have a MAIL FROM domain and a configuration set of their own', async () => {
    const settings = ses.account.identities.of('ledger.example');
    settings.mailFrom = { domain: 'bounce.ledger.example', status: 'FAILED' };
    settings.configurationSet = 'receipts';
    expect(await identity('ledger.example')).toMatchObject({
      ConfigurationSetName: 'receipts',
      MailFromAttributes: {
        MailFromDomain: 'bounce.ledger.example',
        MailFromDomainStatus: 'FAILED',
        BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      },
    });
    await ses.client.send(new SendRawEmailCommand(rawSend('pat@target.example')));
    expect(ses.inbox.last?.configurationSet).toBe('receipts');
  });

  test('are wired to the topic, with headers, and let e-mail forwarding end', async () => {
    await wire('ledger.example', 'Bounce', TOPIC);
    await expect(forward('ledger.example', false)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const put = new PutEmailIdentityFeedbackAttributesCommand({
      EmailIdentity: 'ledger.example',
      EmailForwardingEnabled: false,
    });
    await expect(ses.v2.send(put)).rejects.toMatchObject({ name: 'BadRequestException' });
    await wire('ledger.example', 'Complaint', TOPIC);
    await forward('ledger.example', false);
    const headers = (Enabled: boolean) =>
      ses.client.send(
        new SetIdentityHeadersInNotificationsEnabledCommand({
          Identity: 'ledger.example',
          NotificationType: 'Bounce',
          Enabled,
        }),
      );
    await headers(true);
    expect(await notified('ledger.example', 'other.example')).toEqual({
      'ledger.example': {
        BounceTopic: TOPIC,
        ComplaintTopic: TOPIC,
        ForwardingEnabled: false,
        HeadersInBounceNotificationsEnabled: true,
        HeadersInComplaintNotificationsEnabled: false,
        HeadersInDeliveryNotificationsEnabled: false,
      },
      'other.example': {
        ForwardingEnabled: true,
        HeadersInBounceNotificationsEnabled: false,
        HeadersInComplaintNotificationsEnabled: false,
        HeadersInDeliveryNotificationsEnabled: false,
      },
    });
    expect(await identity('ledger.example')).toMatchObject({ FeedbackForwardingStatus: false });
    await headers(false);
    await wire('ledger.example', 'Bounce');
    expect((await notified('ledger.example'))?.['ledger.example']).toEqual({
      ComplaintTopic: TOPIC,
      ForwardingEnabled: false,
      HeadersInBounceNotificationsEnabled: false,
      HeadersInComplaintNotificationsEnabled: false,
      HeadersInDeliveryNotificationsEnabled: false,
    });
    await forward('ledger.example', true);
    expect(await identity('ledger.example')).toMatchObject({ FeedbackForwardingStatus: true });
  });

  test('all have the topic where the account says so', async () => {
    ses.account.identityTopics = true;
    expect((await notified('ledger.example'))?.['ledger.example']).toMatchObject({ DeliveryTopic: TOPIC });
  });

  test.each([
    ['to a topic that does not exist', 'ledger.example', 'Bounce', 'arn:aws:sns:us-east-1:123456789012:other'],
    ['for feedback there is no topic for', 'ledger.example', 'Open', TOPIC],
    ['without an identity', 'bank.example', 'Bounce', TOPIC],
  ])('are not wired %s', async (_how, name, type, topic) => {
    ses.account.everySenderVerified = false;
    ses.account.verified.add('ledger.example');
    await expect(wire(name, type as NotificationType, topic)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('Sending, paused and resumed by the real client of version 1', () => {
  const enable = (Enabled: boolean) => ses.client.send(new UpdateAccountSendingEnabledCommand({ Enabled }));
  const enableSet = (ConfigurationSetName: string, Enabled: boolean) =>
    ses.client.send(new UpdateConfigurationSetSendingEnabledCommand({ ConfigurationSetName, Enabled }));
  const describeSet = (ConfigurationSetName: string) =>
    ses.client.send(
      new DescribeConfigurationSetCommand({
        ConfigurationSetName,
        ConfigurationSetAttributeNames: ['eventDestinations', 'reputationOptions'],
      }),
    );

  test('for the account', async () => {
    await enable(false);
    expect(ses.account.sendingPaused).toBe(true);
    expect(await ses.client.send(new GetAccountSendingEnabledCommand({}))).toMatchObject({ Enabled: false });
    await enable(true);
    expect(ses.account.sendingPaused).toBe(false);
  });

  test('for a configuration set, which tells of it', async () => {
    await enableSet('receipts', false);
    expect(await describeSet('receipts')).toMatchObject({
      ConfigurationSet: { Name: 'receipts' },
      EventDestinations: [
        { Name: 'feedback', Enabled: true, MatchingEventTypes: ['bounce'], SNSDestination: { TopicARN: TOPIC } },
      ],
      ReputationOptions: { SendingEnabled: false, ReputationMetricsEnabled: true },
    });
    await enableSet('receipts', true);
    expect((await describeSet('receipts')).ReputationOptions).toMatchObject({
      SendingEnabled: true,
      LastFreshStart: ses.account.freshStarts.get('receipts'),
    });
    const missing = { name: 'ConfigurationSetDoesNotExistException' };
    await expect(enableSet('nobody', true)).rejects.toMatchObject(missing);
    await expect(describeSet('nobody')).rejects.toMatchObject(missing);
  });
});
