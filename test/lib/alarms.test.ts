import { readFileSync } from 'node:fs';
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Env } from '../../core/contract/index.ts';
import { AlarmTopic, type SuppressorStackProps } from '../../lib/index.ts';
import { SuppressorFunction } from '../../lib/suppressor-function.ts';
import {
  EVERYTHING,
  environment,
  IRELAND,
  only,
  permissions,
  resources,
  suppressorTemplate,
  testApp,
  words,
} from './harness.ts';
import { alarmsOf, metricsOfAlarm, nobodyEmits } from './metrics-harness.ts';

const SHAPES: [string, SuppressorStackProps][] = [
  ['the defaults', {}],
  ['everything', EVERYTHING],
  ['direct delivery', { delivery: 'direct', queue: false }],
  ['a policy that fails open', { policy: { whenListUnavailable: 'send' } }],
];

const billed = (props: SuppressorStackProps): number =>
  Object.values(alarmsOf(suppressorTemplate({ circuitBreaker: false, ...props }))).flatMap(metricsOfAlarm).length;

describe('no alarm looks at a metric that nobody emits', () => {
  test.each(SHAPES)('%s', (_what, props) => {
    const metrics = Object.values(alarmsOf(suppressorTemplate(props))).flatMap(metricsOfAlarm);
    expect(metrics.length).toBeGreaterThan(10);
    expect(metrics.map(nobodyEmits).filter((why) => why !== undefined)).toEqual([]);
  });

  test.each([
    ['SesSuppressor', 'Bounces', { rule: 'hard-bounce' }, 'no metric Bounces'],
    ['SesSuppressor', 'Feedback', { rule: 'hardbounce' }, 'Feedback is never counted as hardbounce'],
    ['SesSuppressor', 'IdentityUnwired', { rule: 'unwired' }, 'IdentityUnwired is never counted as unwired'],
    ['SesSuppressor', 'Feedback', { Rule: 'hard-bounce' }, 'Feedback has the dimension rule, not Rule'],
    [
      'SesSuppressor',
      'Feedback',
      { rule: 'complaint', service: 'x' },
      'Feedback has the dimension rule, not rule,service',
    ],
    [
      'AWS/SES',
      'Reputation.BounceRate',
      { ConfigurationSet: 'x' },
      'Reputation.BounceRate has no dimensions ConfigurationSet',
    ],
    ['AWS/SES', 'BounceRate', {}, 'AWS is not known to emit AWS/SES BounceRate'],
    ['AWS/SQS', 'ApproximateAgeOfOldestMessage', {}, 'ApproximateAgeOfOldestMessage has no dimensions '],
  ])('and would be found if it did: %s %s %j', (namespace, name, dimensions, why) => {
    expect(nobodyEmits({ namespace, name, dimensions })).toBe(why);
  });
});

test('rings for what there is, and for nothing that is not there', () => {
  const ids = (props: SuppressorStackProps) =>
    Object.keys(alarmsOf(suppressorTemplate(props.alarms === false ? props : { circuitBreaker: false, ...props })));
  const usual = [
    'FeedbackDeadLetters',
    'Undelivered',
    'FailedSends',
    'SendDeadLetters',
    'FeedbackAge',
    'FeedbackGivenBack',
    'SendAge',
    'FeedbackErrors',
    'FeedbackThrottles',
    'SendErrors',
    'SendThrottles',
    'QueueErrors',
    'QueueThrottles',
    'BounceRateWarning',
    'BounceRateCritical',
    'ComplaintRateWarning',
    'ComplaintRateCritical',
    'ListUnavailable',
  ];
  expect(ids({}).sort()).toEqual([...usual].sort());
  const more = ids(EVERYTHING).filter((id) => !usual.includes(id));
  expect(more.sort()).toEqual([
    'Identityfailed',
    'Identityrewired',
    'Identitytaken',
    'UnsubscribeErrors',
    'UnsubscribeThrottles',
    'UnsubscribeUnavailable',
    'WiringErrors',
    'WiringThrottles',
  ]);
  const fewer = usual.filter((id) => !ids({ delivery: 'direct', queue: false }).includes(id));
  expect(fewer).toEqual([
    'SendDeadLetters',
    'FeedbackAge',
    'FeedbackGivenBack',
    'SendAge',
    'QueueErrors',
    'QueueThrottles',
  ]);
  expect(ids({ alarms: false })).toEqual([]);
});

test("warns at half of SES's review line, of the stack's configuration set, and silence is no news", () => {
  const alarms = alarmsOf(suppressorTemplate());
  const rates = Object.entries(alarms).filter(([id]) => id.includes('Rate'));
  expect(rates.map(([id, { MetricName, Threshold }]) => [id, MetricName, Threshold]).sort()).toEqual([
    ['BounceRateCritical', 'Reputation.BounceRate', 0.05],
    ['BounceRateWarning', 'Reputation.BounceRate', 0.025],
    ['ComplaintRateCritical', 'Reputation.ComplaintRate', 0.001],
    ['ComplaintRateWarning', 'Reputation.ComplaintRate', 0.0005],
  ]);
  for (const [id, properties] of rates) {
    expect(properties).toMatchObject({ TreatMissingData: 'ignore', EvaluationPeriods: 1, Statistic: 'Maximum' });
    expect(metricsOfAlarm(properties)[0]?.dimensions).toEqual({
      'ses:configuration-set': '<SenderConfigurationSet4EA65E7D>',
    });
    expect(words(properties.OKActions ?? [])).toBe(id.endsWith('Critical') ? '<AlarmTopicC2164170>' : '');
  }
  expect(only(suppressorTemplate(), 'AWS::SES::ConfigurationSet').Properties.ReputationOptions).toEqual({
    ReputationMetricsEnabled: true,
  });
});

test('takes silence for health, and a threshold that is reached for trouble', () => {
  const counted = Object.entries(alarmsOf(suppressorTemplate(EVERYTHING))).filter(([id]) => !id.includes('Rate'));
  for (const [id, properties] of counted)
    expect(properties).toMatchObject({
      TreatMissingData: id.startsWith('CircuitBreaker') ? 'missing' : 'notBreaching',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  expect(
    Object.fromEntries(
      counted.filter(([, { Threshold }]) => Threshold !== 1).map(([id, { Threshold }]) => [id, Threshold]),
    ),
  ).toEqual({ FeedbackAge: 900, SendAge: 10_800, SendErrors: 50 });
});

test('takes the share of sends that fail, in percent of the invocations of the same function', () => {
  const { Metrics, EvaluationPeriods } = alarmsOf(suppressorTemplate()).SendErrors ?? {};
  const of = (name: string, id: string) => ({
    Id: id,
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: name }, Period: 300, Stat: 'Sum' },
    ReturnData: false,
  });
  expect(Metrics).toMatchObject([
    { Expression: '100 * errors / invocations', ReturnData: true },
    of('Errors', 'errors'),
    of('Invocations', 'invocations'),
  ]);
  const functions = metricsOfAlarm({ Metrics }).map(({ dimensions }) => dimensions.FunctionName);
  expect(functions).toEqual([functions[0], functions[0]]);
  expect(functions[0]).toMatch(/^<?SenderFunction/);
  expect(EvaluationPeriods).toBe(3);
});

test('the policy decides which unreadable list can ring', () => {
  const rule = (props: SuppressorStackProps) =>
    metricsOfAlarm(alarmsOf(suppressorTemplate(props)).ListUnavailable ?? {}).map(({ dimensions }) => dimensions);
  expect(rule({})).toEqual([{ rule: 'refused' }]);
  expect(rule({ policy: { whenListUnavailable: 'send' } })).toEqual([{ rule: 'sent' }]);
});

test('goes to the topic and says what to do first, and where the runbook goes on', () => {
  const headings = [...readFileSync(`${__dirname}/../../docs/runbook.md`, 'utf8').matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
  );
  for (const { AlarmActions, AlarmDescription } of Object.values(alarmsOf(suppressorTemplate(EVERYTHING)))) {
    expect(words(AlarmActions).split(' ')[0]).toBe('<AlarmTopicC2164170>');
    const [, anchor] = /^[A-Z].+[.] First: .+[.?] See docs\/runbook\.md#(\S+)$/.exec(String(AlarmDescription)) ?? [];
    expect(headings).toContain(anchor);
  }
});

test('costs what the documentation says', () => {
  const documented = readFileSync(`${__dirname}/../../docs/configuration.md`, 'utf8').replace(/\s+/g, ' ');
  const dollars = (metrics: number) => `$${(metrics / 10).toFixed(2)}`;
  const [usual, everything, unsubscribe] = [{}, EVERYTHING, { unsubscribe: true }].map(billed) as [
    number,
    number,
    number,
  ];
  expect([usual, everything, unsubscribe]).toEqual([19, 27, 22]);
  expect(documented).toContain(`alarms ${dollars(usual)} (${usual} metrics at $0.10)`);
  expect(documented).toContain(
    `\`unsubscribe\` adds ${dollars(unsubscribe - usual)}, identities ${dollars(everything - unsubscribe)}`,
  );
});

describe('topic', () => {
  const template = suppressorTemplate({ alarms: { emails: ['oncall@ledger.example', 'pat@target.example'] } });

  test('mails who is configured', () => {
    const mailed = Object.values(resources(template, 'AWS::SNS::Subscription'))
      .map(({ Properties }) => Properties)
      .filter(({ Protocol }) => Protocol === 'email');
    expect(mailed.map(({ Endpoint, TopicArn }) => [Endpoint, words(TopicArn)])).toEqual([
      ['oncall@ledger.example', '<AlarmTopicC2164170>'],
      ['pat@target.example', '<AlarmTopicC2164170>'],
    ]);
  });

  test('is encrypted with a key of its own that alarms of this account may use', () => {
    expect(words(only(template, 'AWS::SNS::Topic', 'AlarmTopic').Properties.KmsMasterKeyId)).toMatch(/^AlarmTopicKey/);
    const { KeyPolicy, EnableKeyRotation } = only(template, 'AWS::KMS::Key', 'AlarmTopic').Properties as {
      KeyPolicy: { Statement: unknown[] };
      EnableKeyRotation: boolean;
    };
    expect(EnableKeyRotation).toBe(true);
    expect(KeyPolicy.Statement.slice(1)).toEqual([
      {
        Sid: 'AlarmsPublishToTheEncryptedTopic',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': IRELAND.account } },
      },
    ]);
  });

  test('takes what alarms of this account and Region publish, TLS only', () => {
    const { PolicyDocument } = only(template, 'AWS::SNS::TopicPolicy', 'AlarmTopic').Properties as {
      PolicyDocument: { Statement: { Sid: string; Effect: string; Condition: unknown; Principal: unknown }[] };
    };
    const [tls, alarms, ...more] = PolicyDocument.Statement;
    expect(more).toEqual([]);
    expect(tls).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(alarms).toMatchObject({
      Effect: 'Allow',
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': IRELAND.account } },
    });
    expect(
      words((alarms as { Condition: { ArnLike: Record<string, unknown> } }).Condition.ArnLike['aws:SourceArn']),
    ).toBe(`arn:aws:cloudwatch:${IRELAND.region}:${IRELAND.account}:alarm:*`);
  });

  test('lets a function publish, and tells it where', () => {
    const stack = new Stack(testApp(), 'Own', { env: IRELAND });
    const topic = new AlarmTopic(stack, 'AlarmTopic');
    const fn = new SuppressorFunction(stack, 'Fn', {
      bundle: 'feedback',
      description: 'publishes',
      timeout: Duration.seconds(5),
    });
    topic.grantPublish(fn);
    const own = Template.fromStack(stack);
    expect(environment(own, 'Fn')[Env.ALARM_TOPIC]).toMatch(/^<AlarmTopic/);
    expect(permissions(own, 'Fn').slice(1)).toEqual([
      ['sns:Publish', expect.stringMatching(/^<AlarmTopic/)],
      ['kms:Decrypt kms:GenerateDataKey', expect.stringMatching(/^AlarmTopicKey.*\.Arn$/)],
    ]);
  });
});
