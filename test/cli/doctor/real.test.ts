import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { GetIdentityNotificationAttributesCommand, SESClient } from '@aws-sdk/client-ses';
import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  NotFoundException as NoTopic,
  SNSClient,
} from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, QueueDoesNotExist, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { writeState } from '../../../adapters/breaker-codec.ts';
import { NotHereLocally } from '../../../cli/doctor/ports.ts';
import { realMetrics } from '../../../cli/doctor/real/metrics.ts';
import { realPauses } from '../../../cli/doctor/real/pauses.ts';
import { realQueues } from '../../../cli/doctor/real/queues.ts';
import { realSesSettings } from '../../../cli/doctor/real/ses-settings.ts';
import { realStacks } from '../../../cli/doctor/real/stacks.ts';
import { realTables } from '../../../cli/doctor/real/tables.ts';
import { realTopics } from '../../../cli/doctor/real/topics.ts';

const REGION = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const $metadata = {};
const missing = { $metadata, message: 'no such thing' };

describe('SES', () => {
  const v2 = new SESv2Client(REGION);
  const v1 = new SESClient(REGION);
  const mock2 = mockClient(v2);
  const mock1 = mockClient(v1);
  const time = { now: 0, waits: [] as number[] };
  const paced = () =>
    realSesSettings(v2, v1, {
      now: () => time.now,
      sleep: async (millis) => {
        time.waits.push(millis);
        time.now += millis;
      },
    });
  beforeEach(() => {
    mock1.reset();
    mock2.reset();
    time.waits.length = 0;
  });

  test('says what an account may do', async () => {
    mock2.on(GetAccountCommand).resolves({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { Max24HourSend: 200, SentLast24Hours: 7 },
      SuppressionAttributes: { SuppressedReasons: ['BOUNCE'] },
    });
    expect(await paced().account()).toEqual({
      production: true,
      sendingEnabled: true,
      enforcement: 'HEALTHY',
      quota: { max24Hours: 200, sent24Hours: 7 },
      suppressedReasons: ['BOUNCE'],
    });
  });

  test('takes what an answer leaves out for the worse', async () => {
    mock2.on(GetAccountCommand).resolves({});
    mock2.on(GetEmailIdentityCommand).resolves({});
    mock2.on(GetConfigurationSetCommand).resolves({});
    const ses = paced();
    expect(await ses.account()).toMatchObject({ production: false, sendingEnabled: false, enforcement: 'no status' });
    expect(await ses.identity('ledger.example')).toMatchObject({
      verified: false,
      dkim: { signing: false },
      mailFrom: null,
    });
    expect(await ses.configurationSet('mine')).toEqual({
      sendingEnabled: false,
      reputationMetrics: false,
      suppressedReasons: null,
    });
  });

  test('says what it knows of an identity, and null of one it does not know', async () => {
    mock2.on(GetEmailIdentityCommand, { EmailIdentity: 'ledger.example' }).resolves({
      IdentityType: 'DOMAIN',
      VerifiedForSendingStatus: true,
      VerificationStatus: 'SUCCESS',
      DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS' },
      MailFromAttributes: {
        MailFromDomain: 'bounce.ledger.example',
        MailFromDomainStatus: 'PENDING',
        BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      },
      FeedbackForwardingStatus: true,
    });
    mock2.on(GetEmailIdentityCommand, { EmailIdentity: 'other.example' }).rejects(new NotFoundException(missing));
    mock2.on(GetEmailIdentityCommand, { EmailIdentity: 'denied.example' }).rejects(new Error('denied'));
    const ses = paced();
    expect(await ses.identity('ledger.example')).toEqual({
      isDomain: true,
      verified: true,
      verification: 'SUCCESS',
      dkim: { signing: true, status: 'SUCCESS' },
      mailFrom: { domain: 'bounce.ledger.example', status: 'PENDING' },
      forwarding: true,
    });
    expect(await ses.identity('other.example')).toBeNull();
    await expect(ses.identity('denied.example')).rejects.toThrow('denied');
  });

  test('says which topics identities have, a hundred a call', async () => {
    mock1.on(GetIdentityNotificationAttributesCommand).callsFake(({ Identities }) => ({
      NotificationAttributes: {
        [Identities[0]]: { BounceTopic: 'arn:b', ComplaintTopic: '', ForwardingEnabled: true },
      },
    }));
    const names = Array.from({ length: 101 }, (_, i) => `a${i}.example`);
    expect([...(await paced().identityTopics(names))]).toEqual([
      ['a0.example', { Bounce: 'arn:b', Complaint: null, Delivery: null }],
      ['a100.example', { Bounce: 'arn:b', Complaint: null, Delivery: null }],
    ]);
  });

  test('says where a configuration set publishes, and null of one that is gone', async () => {
    mock2.on(GetConfigurationSetCommand).rejects(new NotFoundException(missing));
    mock2.on(GetConfigurationSetEventDestinationsCommand).resolves({
      EventDestinations: [
        { Name: 'a', Enabled: true, MatchingEventTypes: ['BOUNCE'], SnsDestination: { TopicArn: 'arn:t' } },
        { Name: 'b', MatchingEventTypes: ['SEND'] },
      ],
    });
    const ses = paced();
    expect(await ses.configurationSet('mine')).toBeNull();
    expect(await ses.eventDestinations('mine')).toEqual([
      { name: 'a', enabled: true, events: ['BOUNCE'], topicArn: 'arn:t' },
      { name: 'b', enabled: false, events: ['SEND'], topicArn: null },
    ]);
  });

  test('is asked once a second by both versions of its API together', async () => {
    mock2.on(GetAccountCommand).resolves({});
    mock1.on(GetIdentityNotificationAttributesCommand).resolves({ NotificationAttributes: {} });
    const ses = paced();
    await Promise.all([ses.account(), ses.identityTopics(['a.example']), ses.account()]);
    expect(time.waits).toEqual([1100, 1100]);
  });
});

describe('SNS', () => {
  const client = new SNSClient(REGION);
  const mock = mockClient(client);
  beforeEach(() => mock.reset());

  test('says what encrypts a topic and who may publish, and null of one that is gone', async () => {
    mock
      .on(GetTopicAttributesCommand, { TopicArn: 'arn:a' })
      .resolves({ Attributes: { KmsMasterKeyId: 'key', Policy: '{}' } });
    mock.on(GetTopicAttributesCommand, { TopicArn: 'arn:b' }).resolves({ Attributes: { Policy: '{}' } });
    mock.on(GetTopicAttributesCommand, { TopicArn: 'arn:c' }).rejects(new NoTopic(missing));
    const topics = realTopics(client);
    expect(await topics.topic('arn:a')).toEqual({ keyId: 'key', policy: '{}' });
    expect(await topics.topic('arn:b')).toEqual({ keyId: null, policy: '{}' });
    expect(await topics.topic('arn:c')).toBeNull();
  });

  test('says who is subscribed, on every page', async () => {
    mock
      .on(ListSubscriptionsByTopicCommand)
      .resolvesOnce({
        Subscriptions: [{ Protocol: 'sqs', Endpoint: 'arn:q', SubscriptionArn: 'arn:aws:sns:eu-west-1:1:t:2' }],
        NextToken: 'more',
      })
      .resolvesOnce({
        Subscriptions: [
          { Protocol: 'email', Endpoint: 'a@b.example', SubscriptionArn: 'PendingConfirmation' },
          { Protocol: 'email', Endpoint: 'left@b.example', SubscriptionArn: 'Deleted' },
        ],
      });
    expect(await realTopics(client).subscriptions('arn:t')).toEqual([
      { protocol: 'sqs', endpoint: 'arn:q', confirmed: true },
      { protocol: 'email', endpoint: 'a@b.example', confirmed: false },
    ]);
  });
});

test('SQS counts what is visible, in flight and delayed, and null of a queue that is gone', async () => {
  const client = new SQSClient(REGION);
  const mock = mockClient(client);
  mock.on(GetQueueAttributesCommand, { QueueUrl: 'https://a/1/q' }).resolves({
    Attributes: {
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '2',
      ApproximateNumberOfMessagesDelayed: '4',
    },
  });
  mock.on(GetQueueAttributesCommand, { QueueUrl: 'https://a/1/gone' }).rejects(new QueueDoesNotExist(missing));
  const queues = realQueues(client);
  expect(await queues.size('https://a/1/q')).toBe(7);
  expect(await queues.size('https://a/1/gone')).toBeNull();
});

describe('DynamoDB', () => {
  const client = new DynamoDBClient(REGION);
  const mock = mockClient(client);
  beforeEach(() => mock.reset());

  test('says how a table is kept', async () => {
    mock.on(DescribeTableCommand).resolves({ Table: { DeletionProtectionEnabled: true } });
    mock.on(DescribeTimeToLiveCommand).resolves({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
    });
    mock.on(DescribeContinuousBackupsCommand).resolves({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
      },
    });
    const tables = realTables(client, false);
    expect(await tables.deletionProtection('t')).toBe(true);
    expect(await tables.expiryAttribute('t')).toBe('expiresAt');
    expect(await tables.pointInTimeRecovery('t')).toBe(true);
  });

  test('says where else a table is', async () => {
    const Replicas = [{ RegionName: 'us-west-2' }, { RegionName: 'eu-west-1' }, { RegionName: REGION.region }];
    mock.on(DescribeTableCommand, { TableName: 'copied' }).resolves({ Table: { Replicas } });
    mock.on(DescribeTableCommand, { TableName: 'alone' }).resolves({ Table: {} });
    const tables = realTables(client, false);
    expect(await tables.otherRegions('copied')).toEqual(['eu-west-1', 'us-west-2']);
    expect(await tables.otherRegions('alone')).toEqual([]);
  });

  test('takes what is off, or being switched off, for off', async () => {
    mock.on(DescribeTableCommand).resolves({ Table: {} });
    mock.on(DescribeTimeToLiveCommand).resolves({
      TimeToLiveDescription: { TimeToLiveStatus: 'DISABLING', AttributeName: 'expiresAt' },
    });
    mock.on(DescribeContinuousBackupsCommand).resolves({
      ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED' },
    });
    const tables = realTables(client, false);
    expect(await tables.deletionProtection('t')).toBe(false);
    expect(await tables.expiryAttribute('t')).toBeNull();
    expect(await tables.pointInTimeRecovery('t')).toBe(false);
  });

  test('names every table, page by page', async () => {
    mock
      .on(ListTablesCommand)
      .resolvesOnce({ TableNames: ['a'], LastEvaluatedTableName: 'a' })
      .resolvesOnce({ TableNames: ['b'] });
    expect(await realTables(client, false).names()).toEqual(['a', 'b']);
  });

  test('has no such settings on a local cloud', async () => {
    const tables = realTables(client, true);
    for (const ask of [tables.deletionProtection, tables.expiryAttribute, tables.pointInTimeRecovery])
      await expect(ask('t')).rejects.toBeInstanceOf(NotHereLocally);
  });

  test('remembers a pause that holds, and none that is over', async () => {
    const pause = { at: 1, by: 'command', operator: 'pat' } as const;
    const item = (phase: 'paused' | 'running') => ({
      Item: { version: { S: 'v' }, state: { S: writeState({ phase, pause, disarmed: [] }) } },
    });
    mock.on(GetItemCommand).resolvesOnce(item('paused')).resolvesOnce(item('running')).resolvesOnce({});
    const pauses = realPauses(client, 'Messages');
    expect(await pauses.pauseOf({ kind: 'account' })).toEqual(pause);
    expect(await pauses.pauseOf({ kind: 'account' })).toBeNull();
    expect(await pauses.pauseOf({ kind: 'account' })).toBeNull();
    expect(await realPauses(client, undefined).pauseOf({ kind: 'account' })).toBeNull();
  });
});

describe('CloudWatch', () => {
  const client = new CloudWatchClient(REGION);
  const mock = mockClient(client);
  beforeEach(() => mock.reset());
  const metric = {
    namespace: 'AWS/SES',
    name: 'Reputation.BounceRate',
    dimensions: { 'ses:configuration-set': 'mine' },
  };
  const at = (seconds: number): Date => new Date(seconds * 1000);

  test.each([
    ['sums', 'sum', 7, 'Sum'],
    ['the newest value', 'latest', 2, 'Maximum'],
  ] as const)('gives %s, of every page', async (_what, method, expected, Stat) => {
    mock
      .on(GetMetricDataCommand)
      .resolvesOnce({
        MetricDataResults: [{ Id: 'asked', Timestamps: [at(1), at(3)], Values: [1, 2] }],
        NextToken: 'more',
      })
      .resolvesOnce({ MetricDataResults: [{ Id: 'asked', Timestamps: [at(2)], Values: [4] }] });
    expect(await realMetrics(client, false, () => 10_000)[method](metric, 0)).toBe(expected);
    const [first] = mock.commandCalls(GetMetricDataCommand);
    expect(first?.args[0].input).toMatchObject({ StartTime: at(0), EndTime: at(10) });
    expect(first?.args[0].input.MetricDataQueries?.[0]?.MetricStat).toMatchObject({
      Stat,
      Metric: { Dimensions: [{ Name: 'ses:configuration-set', Value: 'mine' }] },
    });
  });

  test('has no newest value where there is none', async () => {
    mock.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'asked', Timestamps: [], Values: [] }] });
    expect(await realMetrics(client, false, () => 1).latest(metric, 0)).toBeNull();
    expect(await realMetrics(client, false, () => 1).sum(metric, 0)).toBe(0);
  });

  test('counts nothing of AWS’s own on a local cloud, rather than nothing at all', async () => {
    const lambda = { namespace: 'AWS/Lambda', name: 'Errors', dimensions: {} };
    await expect(realMetrics(client, true, () => 1).sum(lambda, 0)).rejects.toBeInstanceOf(NotHereLocally);
    expect(mock.calls()).toHaveLength(0);
  });
});

describe('CloudFormation', () => {
  const client = new CloudFormationClient(REGION);
  const mock = mockClient(client);
  beforeEach(() => mock.reset());
  const stack = (name: string, table: string, status: 'CREATE_COMPLETE' | 'DELETE_COMPLETE' = 'CREATE_COMPLETE') => ({
    StackName: name,
    CreationTime: new Date(0),
    StackStatus: status,
    Outputs: [
      { OutputKey: 'TableName', OutputValue: table },
      { OutputKey: 'Other', OutputValue: 'no table' },
    ],
  });

  test('knows the tables of the stacks that live, on every page', async () => {
    mock
      .on(DescribeStacksCommand)
      .resolvesOnce({ Stacks: [stack('A', 'one'), stack('B', 'two', 'DELETE_COMPLETE')], NextToken: 'more' })
      .resolvesOnce({ Stacks: [stack('C', 'three')] });
    expect([...(await realStacks(client).tablesOfStacks())]).toEqual(['one', 'three']);
  });

  test('knows the stack that owns a table, and none that has left it behind', async () => {
    const resource = (ResourceStatus: 'CREATE_COMPLETE' | 'DELETE_SKIPPED') => ({
      StackResources: [
        {
          StackName: 'A',
          LogicalResourceId: 'T',
          PhysicalResourceId: 'one',
          ResourceType: 'AWS::DynamoDB::GlobalTable',
          Timestamp: new Date(0),
          ResourceStatus,
        },
      ],
    });
    const unknown = Object.assign(new Error('Stack for one does not exist'), { name: 'ValidationError' });
    mock
      .on(DescribeStackResourcesCommand)
      .resolvesOnce(resource('CREATE_COMPLETE'))
      .resolvesOnce(resource('DELETE_SKIPPED'))
      .rejectsOnce(unknown)
      .rejectsOnce(new Error('denied'));
    const { ownerOf } = realStacks(client);
    expect(await ownerOf('one')).toBe('A');
    expect(await ownerOf('one')).toBeNull();
    expect(await ownerOf('one')).toBeNull();
    await expect(ownerOf('one')).rejects.toThrow('denied');
  });
});
