import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { Output } from '../../core/contract/index.ts';
import { type Home, SuppressorRegionStack, type SuppressorRegionStackProps } from '../../lib/index.ts';
import {
  environment,
  IRELAND,
  only,
  permissions,
  resources,
  suppressor,
  suppressorTemplate,
  testApp,
  words,
} from './harness.ts';

const VIRGINIA = { region: 'us-east-1', account: '111122223333' };
const HOME: Home = {
  region: 'eu-west-1',
  table: 'Suppressor-List',
  feedbackQueue: 'arn:aws:sqs:eu-west-1:111122223333:Suppressor-Feedback',
};
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:UnsubscribeKey-a1B2c3-x9Y8z7';
const LINKS = { url: 'https://abc.lambda-url.eu-west-1.on.aws/', secret: SECRET };

const regionStack = (props: Partial<SuppressorRegionStackProps> = {}, app = testApp()) =>
  new SuppressorRegionStack(app, 'Suppressor', { env: VIRGINIA, home: HOME, ...props });
const region = (props: Partial<SuppressorRegionStackProps> = {}) => Template.fromStack(regionStack(props));
const home = suppressorTemplate({ regions: ['us-east-1', 'af-south-1'], unsubscribe: true });

/** What a queue lets in from topics: principal, topics. */
const lets = (template: Template, prefix: string) => {
  const { Properties } = only(template, 'AWS::SQS::QueuePolicy', `${prefix}Policy`);
  const { Statement } = Properties.PolicyDocument as {
    Statement: { Effect: string; Action: string; Principal: { Service: unknown }; Condition: Record<string, object> }[];
  };
  return Statement.filter(({ Effect }) => Effect === 'Allow').map(({ Action, Principal, Condition }) => [
    Action,
    words(Principal.Service),
    ...Object.entries(Condition).map(([operator, sources]) => `${operator} ${words(Object.values(sources)[0])}`),
  ]);
};

describe('home', () => {
  test('has the table copied to each Region: on demand, without backups or protection of the copy', () => {
    const { Properties } = only(home, 'AWS::DynamoDB::GlobalTable', 'Suppressions');
    const replicas = Properties.Replicas as Record<string, unknown>[];
    expect(
      replicas.map(({ Region, DeletionProtectionEnabled, PointInTimeRecoverySpecification }) => [
        Region,
        DeletionProtectionEnabled,
        PointInTimeRecoverySpecification,
      ]),
    ).toEqual([
      ['us-east-1', false, { PointInTimeRecoveryEnabled: false }],
      ['af-south-1', false, { PointInTimeRecoveryEnabled: false }],
      ['eu-west-1', true, { PointInTimeRecoveryEnabled: true }],
    ]);
    expect(Properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
    expect(Properties.MultiRegionConsistency).toBeUndefined();
  });

  test('keeps the table of a stack without regions: its logical id, and a table without a stream', () => {
    const alone = only(suppressorTemplate(), 'AWS::DynamoDB::GlobalTable', 'Suppressions');
    expect(alone.Properties.StreamSpecification).toBeUndefined();
    expect(resources(home, 'AWS::DynamoDB::GlobalTable')).toHaveProperty('SuppressionsTableF0485256');
  });

  test('lets the topics of stacks of its name deliver, from these Regions of this account, and nobody else', () => {
    const topic = (name: string) => `ArnLike arn:aws:sns:${name}:111122223333:Suppressor-FeedbackSourceTopic067D7585-*`;
    expect(lets(home, 'FeedbackQueue')).toEqual([
      ['sqs:SendMessage', 'sns.amazonaws.com', expect.stringMatching(/^ArnEquals <FeedbackSourceTopic\w+>$/)],
      ['sqs:SendMessage', 'sns.amazonaws.com', topic('us-east-1')],
      ['sqs:SendMessage', 'sns.af-south-1.amazonaws.com', topic('af-south-1')],
    ]);
  });

  test('knows the topic by the name CloudFormation gives it: logical ids are the same there', () => {
    expect(Object.keys(resources(region(), 'AWS::SNS::Topic'))).toContain('FeedbackSourceTopic067D7585');
  });

  test('gives the regional principal to a Region that is on by default where home is not', () => {
    const cape = Template.fromStack(
      suppressor({ regions: ['us-east-1'], env: { region: 'af-south-1', account: '111122223333' } }),
    );
    expect(lets(cape, 'FeedbackQueue')[1]?.[1]).toBe('sns.af-south-1.amazonaws.com');
  });

  test('has the key of unsubscribe links copied too', () => {
    const replicas = (of: Template) => only(of, 'AWS::SecretsManager::Secret').Properties.ReplicaRegions;
    expect(replicas(home)).toEqual([{ Region: 'us-east-1' }, { Region: 'af-south-1' }]);
    expect(replicas(suppressorTemplate({ unsubscribe: true }))).toBeUndefined();
  });

  test('tells the setting that the other stacks need, as it is written into their configuration', () => {
    const { Value } = home.findOutputs(Output.HOME_SETTING)[Output.HOME_SETTING] as { Value: unknown };
    const filled = words(Value)
      .replace(/<SuppressionsTable\w+>/, HOME.table)
      .replace(/FeedbackQueue\w+\.Arn/, HOME.feedbackQueue)
      .replace(/UnsubscribeFunction\w+\.FunctionUrl/, LINKS.url)
      .replace(/<UnsubscribeKey\w+>/, LINKS.secret);
    expect(JSON.parse(`{${filled}}`)).toEqual({ home: { ...HOME, unsubscribe: LINKS } });
    expect(suppressorTemplate().findOutputs(Output.HOME_SETTING)).toEqual({});
  });

  test.each([
    [{ regions: ['eu-west-1'] }, 'regions are those beside the home Region, got: eu-west-1, which is home'],
    [
      { regions: ['us-east-1'], env: { account: '111122223333' } },
      'regions need a home Region that is known at synth, got: us-east-1 without it; set region in the configuration, or CDK_DEFAULT_REGION',
    ],
    [
      { regions: ['us-east-1'], delivery: 'direct' as const },
      'regions need a queue, got: us-east-1 and delivery "direct"; use delivery "queue", or leave them out',
    ],
    [
      { regions: ['us-gov-west-1'] },
      'Regions must be in the partition of the home Region, aws, got: us-gov-west-1 in aws-us-gov',
    ],
    [
      { regions: ['us-esat-1'] },
      'regions must have Amazon SES, got: us-esat-1; name some of these, or set allowRegion',
    ],
    [
      { regions: ['eu-south-1'], env: { region: 'af-south-1', account: '111122223333' } },
      'SNS delivers between Regions only if one of the two is on by default, got: eu-south-1 and af-south-1; make a Region home',
    ],
  ])('refuses %j, with the remedy', (props, message) => {
    expect(() => suppressor({ env: IRELAND, ...props })).toThrow(message);
  });
});

describe('another Region', () => {
  const everything = region({
    home: { ...HOME, unsubscribe: LINKS },
    senders: ['@ledger.example'],
    identities: ['target.example'],
    domains: [{ name: 'ledger.example' }],
    configurationSets: ['mine'],
    streams: ['receipts'],
    alarms: { emails: ['oncall@ledger.example'] },
  });

  test('writes no list: nobody is let change it, and no function of it knows how', () => {
    const about = Object.entries(resources(everything, 'AWS::IAM::Policy')).flatMap(([id, { Properties }]) =>
      (Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement.filter(
        ({ Resource }) => words(Resource).includes(HOME.table),
      ).map(({ Action, Resource }) => [id.replace(/RoleDefaultPolicy\w+$/, ''), words(Action), words(Resource)]),
    );
    const copy = `arn:aws:dynamodb:us-east-1:111122223333:table/${HOME.table}`;
    expect(about.sort()).toEqual([
      ['SendQueueFunction', 'dynamodb:BatchGetItem', copy],
      ['SenderFunction', expect.stringMatching(/^dynamodb:BatchGetItem/), expect.stringContaining(copy)],
      ['SuppressionsCheckFunction', 'dynamodb:DescribeTable', copy],
    ]);
    const bundles = Object.values(resources(everything, 'AWS::Lambda::Function')).map(
      ({ Properties }) =>
        (Properties.Environment as { Variables: Record<string, string> }).Variables.POWERTOOLS_SERVICE_NAME,
    );
    expect(bundles.map((name) => name?.replace('ses-suppressor-', '')).sort()).toEqual([
      'breaker',
      'queue',
      'send',
      'wiring',
      'wiring',
    ]);
  });

  test('its circuit breaker reads what is counted at home', () => {
    const settings = JSON.parse(environment(region(), 'CircuitBreakerFunction').SUPPRESSOR_BREAKER ?? '');
    expect(settings).toMatchObject({ countedIn: 'eu-west-1', ownRates: false, volume: 'Delivery' });
    const atHome = JSON.parse(environment(home, 'CircuitBreakerFunction').SUPPRESSOR_BREAKER ?? '');
    expect(atHome).not.toHaveProperty('countedIn');
  });

  test('makes no list of its own, and checks at each deployment that the copy is there', () => {
    expect(Object.keys(resources(everything, 'AWS::DynamoDB::GlobalTable')).sort()).toEqual([
      expect.stringMatching(/^IdentitiesMemory/),
      expect.stringMatching(/^MessagesTable/),
    ]);
    expect(only(everything, 'Custom::SuppressionTableCheck').Properties.TableName).toBe(HOME.table);
    expect(environment(everything, 'SenderFunction').SUPPRESSOR_TABLE).toBe(HOME.table);
  });

  test('delivers its feedback to the queue at home, and keeps here what could not be delivered', () => {
    const { Properties } = only(everything, 'AWS::SNS::Subscription', 'Feedback');
    expect(Properties).toMatchObject({ Protocol: 'sqs', Endpoint: HOME.feedbackQueue });
    expect(words(Properties.TopicArn)).toMatch(/^<FeedbackSourceTopic\w+>$/);
    expect(words((Properties.RedrivePolicy as { deadLetterTargetArn: unknown }).deadLetterTargetArn)).toMatch(
      /^FeedbackUndeliveredQueue\w+\.Arn$/,
    );
    expect(lets(everything, 'FeedbackUndeliveredQueue')).toEqual([
      ['sqs:SendMessage', 'sns.amazonaws.com', expect.stringMatching(/^ArnEquals <FeedbackSourceTopic\w+>$/)],
    ]);
  });

  test('remembers its sends here, where no feedback settles them', () => {
    expect(environment(everything, 'SenderFunction').SUPPRESSOR_MESSAGES_TABLE).toMatch(/^<MessagesTable/);
    expect(permissions(everything, 'FeedbackFunction')).toEqual([]);
  });

  test('makes unsubscribe links that lead home, signed with the copy of the key', () => {
    const copy = SECRET.replace('eu-west-1', 'us-east-1');
    for (const name of ['SenderFunction', 'SendQueueFunction']) {
      expect(environment(everything, name)).toMatchObject({
        SUPPRESSOR_UNSUBSCRIBE_URL: LINKS.url,
        SUPPRESSOR_UNSUBSCRIBE_SECRET: copy,
      });
      expect(permissions(everything, name)).toContainEqual(['secretsmanager:GetSecretValue', copy]);
    }
    expect(environment(region(), 'SenderFunction').SUPPRESSOR_UNSUBSCRIBE_URL).toBeUndefined();
  });

  test('has the alarms of what is here, and none of what is at home', () => {
    const ids = Object.keys(resources(everything, 'AWS::CloudWatch::Alarm')).map((id) =>
      id.replace(/[0-9A-F]{8}$/, ''),
    );
    expect(ids).toEqual(
      expect.arrayContaining(['AlarmsUndelivered', 'AlarmsFailedSends', 'AlarmsSendAge', 'AlarmsBounceRateCritical']),
    );
    expect(ids.filter((id) => id.startsWith('AlarmsFeedback'))).toEqual([]);
    expect(resources(region({ alarms: false, circuitBreaker: false }), 'AWS::CloudWatch::Alarm')).toEqual({});
  });

  test('says by its outputs that it is not home, and what the command line needs of it', () => {
    const outputs = everything.findOutputs('*') as Record<string, { Value: unknown }>;
    expect(words(outputs[Output.HOME_REGION]?.Value)).toBe('eu-west-1');
    expect(words(outputs[Output.TABLE_NAME]?.Value)).toBe(HOME.table);
    expect(outputs[Output.STREAMS]?.Value).toBe('receipts');
    expect(words(outputs[Output.HOME_FEEDBACK_QUEUE_URL]?.Value)).toBe(
      'https://sqs.eu-west-1.<AWS::URLSuffix>/111122223333/Suppressor-Feedback',
    );
    for (const absent of [
      Output.KEEP_TABLE,
      Output.HOME_SETTING,
      Output.FEEDBACK_QUEUE_URL,
      Output.DEAD_LETTER_QUEUE_URL,
      Output.FEEDBACK_FUNCTION_NAME,
    ])
      expect(outputs).not.toHaveProperty(absent);
  });

  test.each<[string, Partial<SuppressorRegionStackProps>]>([
    ['the defaults', {}],
    ['everything', { home: { ...HOME, unsubscribe: LINKS }, senders: ['@ledger.example'], identities: ['a.example'] }],
    ['an unknown Region', { env: {} }],
    ['little', { idempotency: false, queue: false, alarms: false, dashboard: false, deliveries: false }],
  ])('cdk-nag finds nothing that is not acknowledged: %s', (_what, props) => {
    const app = testApp();
    const stack = regionStack(props, app);
    for (const pack of [new AwsSolutionsChecks(app), new ServerlessChecks(app)])
      expect(pack.validateScope(stack).violations).toEqual([]);
  });

  test.each<[Partial<SuppressorRegionStackProps>, string]>([
    [
      { env: IRELAND },
      'home must be another Region than that of the stack, got: eu-west-1 for both; leave home out in the home Region',
    ],
    [
      { home: { ...HOME, region: 'eu-central-1' } },
      'home.feedbackQueue must be in home.region, eu-central-1, got: arn:aws:sqs:eu-west-1:111122223333:Suppressor-Feedback; copy the output HomeSetting',
    ],
    [
      { home: { ...HOME, unsubscribe: { ...LINKS, secret: SECRET.replace('eu-west-1', 'us-east-1') } } },
      'home.unsubscribe.secret must be in home.region, eu-west-1, got: arn:aws:secretsmanager:us-east-1',
    ],
    [
      {
        env: { region: 'af-south-1' },
        home: { ...HOME, region: 'eu-south-1', feedbackQueue: HOME.feedbackQueue.replace('eu-west-1', 'eu-south-1') },
      },
      'SNS delivers between Regions only if one of the two is on by default, got: af-south-1 and eu-south-1',
    ],
    [
      { env: { region: 'us-east-1', account: '999999999999' } },
      'home must be in the account of the stack, 999999999999, got: arn:aws:sqs:eu-west-1:111122223333:Suppressor-Feedback; the queue takes',
    ],
    [{ env: { region: 'mx-central-1' } }, 'region must have Amazon SES, got: mx-central-1'],
  ])('refuses %j, with the remedy', (props, message) => {
    expect(() => regionStack(props)).toThrow(message);
  });

  test('makes domains with a MAIL FROM domain of their own, whose one MX record leads here, and leaves DMARC to home', () => {
    const records = (props: Partial<SuppressorRegionStackProps>) =>
      Object.entries(region(props).findOutputs('*'))
        .filter(([id]) => id.startsWith('Domain'))
        .map(([, { Value }]) => words(Value))
        .filter((record) => !record.includes('CNAME'));
    expect(records({ domains: [{ name: 'ledger.example' }] })).toEqual([
      'mail-us-east-1.ledger.example MX 10 feedback-smtp.us-east-1.amazonses.com',
      'mail-us-east-1.ledger.example TXT v=spf1 include:amazonses.com ~all',
    ]);
    expect(records({ domains: [{ name: 'ledger.example', mailFrom: 'us.ledger.example', dmarc: {} }] })).toEqual([
      'us.ledger.example MX 10 feedback-smtp.us-east-1.amazonses.com',
      'us.ledger.example TXT v=spf1 include:amazonses.com ~all',
      '_dmarc.ledger.example TXT v=DMARC1; p=none',
    ]);
    expect(() => regionStack({ env: {}, domains: [{ name: 'ledger.example' }] })).toThrow(
      'domains of a stack with home need a Region that is known at synth, got: none; set region',
    );
  });

  test('warns where it has another name than the home stack, whose queue would refuse its feedback', () => {
    const warnings = (id: string) =>
      new SuppressorRegionStack(testApp(), id, { env: VIRGINIA, home: HOME }).node.metadata.filter(
        ({ type, data }) => type === 'aws:cdk:warning' && String(data).includes('must have the name of the home stack'),
      );
    expect(warnings('Suppressor')).toEqual([]);
    expect(warnings('Elsewhere')).toHaveLength(1);
  });

  test('has the same logical ids as at home, for what holds state', () => {
    const ids = (of: Template) =>
      ['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::KMS::Key', 'AWS::SES::ConfigurationSet'].flatMap((type) =>
        Object.keys(resources(of, type)),
      );
    expect(ids(suppressorTemplate())).toEqual(expect.arrayContaining(ids(region())));
    expect(ids(region())).toHaveLength(9);
  });

  test('lets no function write the copy', () => {
    const stack = regionStack();
    expect(() => stack.suppressions.grantRecord(stack.sending.sender.function)).toThrow(
      /^the list is written in its home Region only, got: Suppressor\/Sender\/Function for the copy Suppressor\/Suppressions; two writers lose/,
    );
  });
});
