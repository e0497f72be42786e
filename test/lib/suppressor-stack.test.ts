import { Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { Output } from '../../core/contract/index.ts';
import type { SuppressorStackProps } from '../../lib/index.ts';
import { type Resource, resources, suppressor, suppressorTemplate, testApp, words } from './harness.ts';

const SES = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>';
const EVERYTHING: SuppressorStackProps = {
  senders: ['@ledger.example'],
  identities: ['ledger.example', 'pat@target.example'],
  replace: true,
  configurationSets: ['mine'],
  streams: ['receipts', 'newsletter'],
  topics: ['arn:aws:sns:eu-west-1:111122223333:Theirs'],
  policy: { globalListHoldDays: 3 },
  batch: { size: 100, windowSeconds: 5 },
  queue: { maxConcurrency: 10 },
  unsubscribe: { reservedConcurrency: 5, rotationDays: 30 },
  alarms: { emails: ['oncall@ledger.example'] },
};
const SHAPES: [string, SuppressorStackProps][] = [
  ['the defaults', {}],
  ['everything', EVERYTHING],
  ['direct delivery', { delivery: 'direct', senders: ['@ledger.example'] }],
  ['nothing that costs', { deliveries: false, idempotency: false, queue: false, alarms: false, dashboard: false }],
  [
    'domains and regions',
    {
      ...EVERYTHING,
      regions: ['us-east-1'],
      domains: [{ name: 'new.example', zone: { id: 'Z0123', name: 'new.example' } }, { name: 'other.example' }],
    },
  ],
  ['an adopted table', { table: { name: 'ListOfLastYear' } }],
  ['a circuit breaker for the account', { circuitBreaker: { account: true } }],
  ['an unknown region', { ...EVERYTHING, env: {} }],
];

describe('cdk-nag', () => {
  test.each(SHAPES)('finds nothing that is not acknowledged: %s', (_what, props) => {
    const app = testApp();
    const stack = suppressor(props, app);
    for (const pack of [new AwsSolutionsChecks(app), new ServerlessChecks(app)])
      expect(pack.validateScope(stack).violations).toEqual([]);
  });

  test('is told a reason of at least a sentence for each finding', () => {
    const reasons = suppressor(EVERYTHING)
      .node.findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>));
    expect(reasons.length).toBeGreaterThan(10);
    for (const [, reason] of reasons) expect(reason).toMatch(/^.{40,}\.$/);
  });
});

test('allows wildcard resources where SES has nothing narrower, each acknowledged', () => {
  const statements = Object.entries(resources(suppressorTemplate(EVERYTHING), 'AWS::IAM::Policy')).flatMap(
    ([id, { Properties }]) =>
      (Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement.map(
        ({ Action, Resource }) => ({ id, action: words(Action), resource: words(Resource) }),
      ),
  );
  const wild = statements.filter(({ action, resource }) => `${action} ${resource}`.includes('*'));
  expect(wild.map(({ id, resource }) => [id.replace(/[0-9A-F]{8}$/, ''), resource])).toEqual([
    ['SenderFunctionRoleDefaultPolicy', `${SES}:identity/*`],
    ['SenderFunctionRoleDefaultPolicy', `${SES}:template/*`],
    ['SendQueueFunctionRoleDefaultPolicy', `${SES}:identity/*`],
    ['SendQueueFunctionRoleDefaultPolicy', `${SES}:template/*`],
    ['SendQueueFunctionRoleDefaultPolicy', '*'],
    ['IdentitiesFunctionRoleDefaultPolicy', '*'],
    ['CircuitBreakerFunctionRoleDefaultPolicy', '*'],
  ]);
});

test('gives no function a managed policy', () => {
  const roles = Object.values(resources(suppressorTemplate(EVERYTHING), 'AWS::IAM::Role'));
  expect(roles).toHaveLength(7);
  for (const { Properties } of roles) expect(Properties.ManagedPolicyArns).toBeUndefined();
});

test('runs every function on Node 24 and arm64 with its own log group of a month', () => {
  const template = suppressorTemplate(EVERYTHING);
  const functions = Object.values(resources(template, 'AWS::Lambda::Function'));
  expect(functions).toHaveLength(7);
  for (const { Properties } of functions)
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
  expect(functions.map(({ Properties }) => Properties.MemorySize).sort()).toEqual([1024, 256, 256, 256, 256, 256, 256]);
  const groups = functions.map(({ Properties }) => words((Properties.LoggingConfig as { LogGroup: unknown }).LogGroup));
  expect(new Set(groups).size).toBe(7);
  for (const { Properties, DeletionPolicy } of Object.values(resources(template, 'AWS::Logs::LogGroup')))
    expect([Properties, DeletionPolicy]).toEqual([{ RetentionInDays: 30 }, 'Delete']);
});

test('gives nothing a fixed name', () => {
  const named = Object.values(suppressorTemplate(EVERYTHING).toJSON().Resources as Record<string, never>).flatMap(
    ({ Type, Properties }: { Type: string; Properties: Record<string, unknown> }) =>
      ['TableName', 'QueueName', 'TopicName', 'FunctionName', 'RoleName', 'LogGroupName', 'AliasName', 'Name']
        .filter((name) => Type.startsWith('AWS::') && typeof Properties[name] === 'string')
        .map((name) => `${Type}.${name}`),
  );
  expect(named).toEqual([]);
});

test('fits twice into one app', () => {
  const app = testApp();
  const stacks = ['One', 'Two'].map((id) => suppressor(EVERYTHING, app, id));
  const templates = stacks.map((stack) => Template.fromStack(stack).toJSON());
  const stateful = templates.map(({ Resources }) =>
    Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::DynamoDB::GlobalTable'),
  );
  expect(stateful[0]).toEqual(stateful[1]);
  expect(stateful[0]).toHaveLength(3);
});

/** What a change of replaces the resource, and so loses what it holds: as CloudFormation's reference has it. */
const REPLACED_BY: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::GlobalTable': ['TableName', 'KeySchema'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion'],
  'AWS::SES::ConfigurationSet': ['Name'],
  'AWS::SES::ConfigurationSetEventDestination': ['ConfigurationSetName'],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::Lambda::Url': ['TargetFunctionArn', 'Qualifier'],
};
const held = (props: SuppressorStackProps) =>
  Object.entries(suppressorTemplate(props).toJSON().Resources as Record<string, Resource>)
    .filter(([, { Type }]) => Type in REPLACED_BY)
    .map(([id, { Type, Properties }]) => [
      id,
      Object.fromEntries((REPLACED_BY[Type] ?? []).map((name) => [name, Properties[name]])),
    ]);

test.each<[string, SuppressorStackProps]>([
  ['other Regions', { regions: ['us-east-1', 'eu-central-1'] }],
  ['alarms with addresses', { alarms: { emails: ['oncall@ledger.example'] } }],
  ['domains', { domains: [{ name: 'new.example' }] }],
  ['identities', { identities: ['ledger.example'], replace: true }],
  ['no deliveries', { deliveries: false }],
  ['neither deliveries nor idempotency', { deliveries: false, idempotency: false, queue: false }],
  ['a policy', { policy: { globalListHoldDays: 3 } }],
  ['no alarms, no dashboard', { alarms: false, dashboard: false }],
  ['one-click unsubscribe', { unsubscribe: true }],
])('replaces nothing that holds state where %s are set later', (_what, props) => {
  const before = held({});
  const after = new Map(held(props).map(([id, properties]) => [String(id), properties]));
  const gone = before.filter(([id]) => !after.has(String(id))).map(([id]) => String(id).replace(/[0-9A-F]{8}$/, ''));
  // what was switched off is gone, and nothing else
  const off = [
    ...(props.queue === false ? ['SendQueueDeadLetterQueue', 'SendQueue'] : []),
    ...(props.alarms === false ? ['AlarmTopicKey', 'AlarmTopic'] : []),
  ];
  expect(gone.sort()).toEqual(off.sort());
  for (const [id, properties] of before)
    if (after.has(String(id))) expect([id, after.get(String(id))]).toEqual([id, properties]);
});

test('has the keys by which its tables are known, and takes no other', () => {
  const schemas = Object.values(resources(suppressorTemplate(), 'AWS::DynamoDB::GlobalTable')).map(
    ({ Properties }) => Properties.KeySchema,
  );
  expect(schemas).toEqual([
    [
      { AttributeName: 'address', KeyType: 'HASH' },
      { AttributeName: 'scope', KeyType: 'RANGE' },
    ],
    [{ AttributeName: 'id', KeyType: 'HASH' }],
  ]);
});

test('keeps the logical ids of what holds state', () => {
  const { Resources } = suppressorTemplate({ unsubscribe: true }).toJSON();
  const types = [
    'AWS::DynamoDB::GlobalTable',
    'AWS::SQS::Queue',
    'AWS::SNS::Topic',
    'AWS::KMS::Key',
    'AWS::SES::ConfigurationSet',
    'AWS::SES::ConfigurationSetEventDestination',
    'AWS::SecretsManager::Secret',
    'AWS::Lambda::Url',
  ];
  expect(Object.keys(Resources).filter((id) => types.includes(Resources[id].Type))).toEqual([
    'SuppressionsTableF0485256',
    'MessagesTable9E4E97A0',
    'FeedbackUndeliveredQueueB130EF6D',
    'FeedbackSourceKey2124470F',
    'FeedbackSourceTopic067D7585',
    'FeedbackDeadLetterQueueBA5A6363',
    'FeedbackQueue213B2195',
    'FeedbackGuardedEventsFCD47940',
    'UnsubscribeKey1FABD784',
    'UnsubscribeFunctionFunctionUrl4F15E666',
    'SenderConfigurationSet4EA65E7D',
    'SenderFailedSendsB2B76FD6',
    'SendQueueDeadLetterQueue7D70C98A',
    'SendQueue4EBCE64D',
    'AlarmTopicKeyBA1A4AA7',
    'AlarmTopicC2164170',
  ]);
});

test('tells by outputs everything the command line looks for', () => {
  const outputs = suppressorTemplate({ ...EVERYTHING, regions: ['us-east-1'] }).findOutputs('*');
  expect(Object.keys(outputs).sort()).toEqual(
    Object.values(Output)
      .filter((key) => key !== Output.HOME_REGION && key !== Output.HOME_FEEDBACK_QUEUE_URL)
      .sort(),
  );
});

test('tells of no part that is not there', () => {
  const told = (props: SuppressorStackProps) => Object.keys(suppressorTemplate(props).findOutputs('*'));
  expect(told({ delivery: 'direct' })).not.toContain(Output.FEEDBACK_QUEUE_URL);
  expect(told({})).not.toContain(Output.UNSUBSCRIBE_URL);
  expect(told({ queue: false })).toEqual(
    expect.not.arrayContaining([
      Output.SEND_QUEUE_URL,
      Output.SEND_QUEUE_ARN,
      Output.SEND_DEAD_LETTER_QUEUE_URL,
      Output.SEND_DEAD_LETTER_QUEUE_ARN,
    ]),
  );
});

test('tells the policy as it was written, unless it is too long to read', () => {
  const told = (props: SuppressorStackProps) => suppressorTemplate(props).findOutputs(Output.POLICY).Policy?.Value;
  expect([told({}), told({ policy: { globalListHoldDays: 3 } })]).toEqual(['{}', '{"globalListHoldDays":3}']);
  const statuses = Array.from({ length: 50 }, (_, i) => `5.200.${100 + i}`);
  expect(told({ policy: { deadAddressStatuses: statuses, deadDomainStatuses: statuses } })).toBeUndefined();
});

test('says by an output how to go on with the table', () => {
  const { Value } = suppressorTemplate().findOutputs(Output.KEEP_TABLE).KeepTable as { Value: unknown };
  expect(words(Value)).toBe('"table": { "name": "<SuppressionsTableF0485256>" }');
});

test('refuses complaints by stream where identities are wired, with both and the remedy', () => {
  const build = () => suppressor({ identities: ['ledger.example'], policy: { complaintScope: 'stream' } });
  expect(build).toThrow(/got: "stream" and identities ledger\.example; .* leave out complaintScope, or leave out/);
  expect(() => suppressor({ policy: { complaintScope: 'stream' } })).not.toThrow();
});

test('refuses to replace topics of identities that are not named', () => {
  for (const identities of [undefined, []])
    expect(() => suppressor({ replace: true, ...(identities === undefined ? {} : { identities }) })).toThrow(
      'replace needs identities, got: true without any; name the identities',
    );
  expect(() => suppressor({ replace: false })).not.toThrow();
});

test.each<[SuppressorStackProps, string]>([
  [{ batch: { size: 0 } }, 'batch.size must be a whole number from 1 to 10000, got: 0'],
  [
    { batch: { size: 11 } },
    'batch.size above 10 needs a batch.windowSeconds of at least 1 second, got: 11 and 0 seconds',
  ],
  [{ batch: { windowSeconds: 301 } }, 'batch.windowSeconds must be at most 300 seconds, got: 301'],
  [
    { batch: { size: 5 }, delivery: 'direct' },
    'batch.size, batch.windowSeconds and batch.maxConcurrency need a queue, got: delivery "direct"',
  ],
  [{ batch: { maxConcurrency: 1 } }, 'batch.maxConcurrency must be a whole number from 2 to 1000, got: 1'],
  [{ queue: { maxConcurrency: 1 } }, 'queue.maxConcurrency must be a whole number from 2 to 100, got: 1'],
  [{ unsubscribe: { rotationDays: 0 } }, 'unsubscribe.rotationDays must be a whole number from 1 to 1000, got: 0'],
  [
    { unsubscribe: { reservedConcurrency: 0 } },
    'unsubscribe.reservedConcurrency must be a whole number from 1 to 1000, got: 0',
  ],
  [
    { idempotency: false },
    'the send queue needs idempotency keys, got: idempotency false; SQS delivers now and then twice, and without them that would mail twice: leave idempotency at true, or set queue to false and invoke the send function',
  ],
])('refuses %j in the words of the configuration', (props, message) => {
  expect(() => suppressor(props)).toThrow(message);
});
