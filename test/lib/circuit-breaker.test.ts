import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DEFAULT_BREAKER, Output } from '../../core/contract/index.ts';
import {
  AlarmTopic,
  CircuitBreaker,
  FeedbackPipeline,
  GuardedSender,
  MessagesTable,
  readConfiguration,
  SuppressionTable,
  type SuppressorStackProps,
} from '../../lib/index.ts';
import { environment, IRELAND, only, permissions, resources, suppressorTemplate, testApp, words } from './harness.ts';

const template = suppressorTemplate();
const FUNCTION = 'CircuitBreakerFunction';
const settings = (of: Template) => JSON.parse(environment(of, FUNCTION).SUPPRESSOR_BREAKER ?? 'null');

test('is there by default, with the lines of SES', () => {
  expect(settings(template)).toEqual({ ...DEFAULT_BREAKER, volume: 'Delivery' });
  expect(environment(template, FUNCTION)).toMatchObject({
    SUPPRESSOR_CONFIGURATION_SET: expect.stringMatching(/^<SenderConfigurationSet\w+>$/),
    SUPPRESSOR_MESSAGES_TABLE: expect.stringMatching(/^<MessagesTable\w+>$/),
    SUPPRESSOR_ALARM_TOPIC: expect.stringMatching(/^<AlarmTopicTopic\w+>$|^<AlarmTopic\w+>$/),
    SUPPRESSOR_COMMAND_OPTIONS: '--stack <AWS::StackName> --region <AWS::Region>',
  });
  expect(template.findOutputs(Output.BREAKER_FUNCTION_NAME)).not.toEqual({});
});

test('may read metrics, pause one configuration set, remember and tell; nothing else', () => {
  const may = permissions(template, FUNCTION) as [string, string][];
  expect(may.map(([actions]) => actions)).toEqual([
    'logs:CreateLogStream logs:PutLogEvents',
    'dynamodb:GetItem dynamodb:PutItem',
    'sns:Publish',
    'kms:Decrypt kms:GenerateDataKey',
    'ses:GetConfigurationSet ses:PutConfigurationSetSendingOptions',
    'cloudwatch:GetMetricData',
  ]);
  expect(may[4]?.[1]).toMatch(/^arn:aws:ses:eu-west-1:111122223333:configuration-set\/<SenderConfigurationSet\w+>$/);
  expect(may.filter(([, resource]) => resource === '*').map(([actions]) => actions)).toEqual([
    'cloudwatch:GetMetricData',
  ]);
});

test('pauses the account only where that is configured', () => {
  const account = suppressorTemplate({ circuitBreaker: { account: true } });
  expect(settings(account).account).toBe(true);
  expect(permissions(account, FUNCTION)).toContainEqual([
    'cloudwatch:GetMetricData ses:GetAccount ses:PutAccountSendingAttributes',
    '*',
  ]);
  expect(JSON.stringify(permissions(account, FUNCTION))).not.toContain('ConfigurationSetSendingOptions');
});

test('is looked at every 15 minutes, and at once by the two critical alarms, not by the topic', () => {
  const rule = only(template, 'AWS::Events::Rule', 'CircuitBreaker');
  expect(rule.Properties).toMatchObject({ ScheduleExpression: 'rate(15 minutes)', State: 'ENABLED' });
  const alarms = Object.entries(resources(template, 'AWS::CloudWatch::Alarm')).filter(([, { Properties }]) =>
    words(Properties.AlarmActions ?? []).includes(FUNCTION),
  );
  expect(alarms.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
    'AlarmsBounceRateCritical',
    'AlarmsComplaintRateCritical',
  ]);
  const byAlarm = Object.values(resources(template, 'AWS::Lambda::Permission')).filter(
    ({ Properties }) => Properties.Principal === 'lambda.alarms.cloudwatch.amazonaws.com',
  );
  expect(byAlarm.map(({ Properties }) => words(Properties.FunctionName))).toEqual([
    expect.stringContaining(FUNCTION),
    expect.stringContaining(FUNCTION),
  ]);
  for (const { Properties } of byAlarm) expect(words(Properties.SourceArn)).toMatch(/RateCritical/);
  const subscribed = Object.values(resources(template, 'AWS::SNS::Subscription')).map(({ Properties }) =>
    words(Properties.Endpoint),
  );
  expect(subscribed.join()).not.toContain(FUNCTION);
});

test('rings where it fails again and again, and where it does not run', () => {
  const topic = [{ Ref: expect.stringMatching(/^AlarmTopic/) }];
  expect(only(template, 'AWS::CloudWatch::Alarm', 'CircuitBreakerErrors').Properties).toMatchObject({
    TreatMissingData: 'missing',
    InsufficientDataActions: topic,
    MetricName: 'Errors',
    EvaluationPeriods: 2,
    Period: 900,
    Threshold: 1,
    AlarmActions: topic,
  });
});

test('takes every limit of the configuration', () => {
  const limits = { bounceRate: 0.04, complaintRate: 0.0008, minimumVolume: 200, minimumEvents: 3 };
  expect(settings(suppressorTemplate({ circuitBreaker: limits }))).toEqual({
    ...limits,
    account: false,
    ownRates: true,
    volume: 'Delivery',
  });
  expect(settings(suppressorTemplate({ circuitBreaker: true, deliveries: false })).volume).toBe('Send');
});

test.each<[boolean, SuppressorStackProps]>([
  [true, { identities: ['ledger.example'] }],
  [true, { deliveries: false }],
  [false, { deliveries: false, identities: ['ledger.example'] }],
  [false, { topics: ['arn:aws:sns:eu-west-1:111122223333:theirs'] }],
])('our own rates pause (%j) only where the mail of all bounces is counted: %j', (own, props) => {
  expect(settings(suppressorTemplate(props)).ownRates).toBe(own);
});

test.each<[string, SuppressorStackProps]>([
  ['it is switched off', { circuitBreaker: false }],
  ['there are no alarms to tell by', { alarms: false }],
  ['nothing tells how many mails there are', { deliveries: false, idempotency: false, queue: false }],
])('is not there where %s', (_what, props) => {
  const without = suppressorTemplate(props);
  expect(
    Object.keys(resources(without, 'AWS::Lambda::Function')).filter((id) => id.startsWith('CircuitBreaker')),
  ).toEqual([]);
  expect(without.findOutputs(Output.BREAKER_FUNCTION_NAME)).toEqual({});
});

test.each<[SuppressorStackProps, string]>([
  [
    { circuitBreaker: true, alarms: false },
    'circuitBreaker needs alarms, got: alarms false; nobody would be told that sending is paused: leave alarms at true, or set circuitBreaker to false',
  ],
  [
    { circuitBreaker: {}, deliveries: false, idempotency: false, queue: false },
    'circuitBreaker needs to know how many mails there are, got: a feedback that hears of neither deliveries nor accepted mails; set deliveries or idempotency to true, or circuitBreaker to false',
  ],
  [
    { circuitBreaker: { bounceRate: 5 } },
    'circuitBreaker.bounceRate must be a fraction above 0, up to 1, got: 5; 5 % is 0.05, and false switches the circuit breaker off',
  ],
  [
    { circuitBreaker: { complaintRate: 0 } },
    'circuitBreaker.complaintRate must be a fraction above 0, up to 1, got: 0',
  ],
  [{ circuitBreaker: { bounceRate: Number.NaN } }, 'circuitBreaker.bounceRate must be a fraction'],
  [
    { circuitBreaker: { minimumVolume: 0 } },
    'circuitBreaker.minimumVolume must be a whole number from 1 to 1000000000, got: 0',
  ],
  [{ circuitBreaker: { minimumEvents: 1.5 } }, 'circuitBreaker.minimumEvents must be a whole number from 1'],
])('refuses %j with the remedy', (props, message) => {
  expect(() => suppressorTemplate(props)).toThrow(message);
});

test('works in a stack of one’s own, without alarms that invoke it', () => {
  const stack = new Stack(testApp(), 'Mine', { env: IRELAND });
  const table = new SuppressionTable(stack, 'Suppressions');
  const messages = new MessagesTable(stack, 'Messages');
  const feedback = new FeedbackPipeline(stack, 'Feedback', { table, messages });
  const sender = new GuardedSender(stack, 'Sender', { table, feedback, messages, senders: ['@ledger.example'] });
  const alarmTopic = new AlarmTopic(stack, 'AlarmTopic');
  new CircuitBreaker(stack, 'CircuitBreaker', { sender, feedback, messages, alarmTopic });
  expect(settings(Template.fromStack(stack))).toEqual({ ...DEFAULT_BREAKER, volume: 'Delivery' });
});

test('is read from the configuration, and anything else is refused there', () => {
  const read = (circuitBreaker: unknown) =>
    readConfiguration({ getAllContext: () => ({ suppressor: { circuitBreaker } }) }).circuitBreaker;
  for (const given of [true, false, {}, { bounceRate: 0.04, account: true }]) expect(read(given)).toEqual(given);
  const wanted = 'suppressor.circuitBreaker: expected true, false or an object such as { "bounceRate": 0.04';
  for (const given of ['yes', { bounceRate: '5 %' }, { account: 1 }, { rate: 0.05 }])
    expect(() => read(given)).toThrow(wanted);
});
