import { Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { Output } from '../../core/contract/index.ts';
import type { SuppressorStackProps } from '../../lib/index.ts';
import { resources, suppressor, suppressorTemplate, testApp, words } from './harness.ts';

const EVERYTHING: SuppressorStackProps = {
  senders: ['@ledger.example'],
  identities: ['ledger.example', 'pat@target.example'],
  replace: true,
  configurationSets: ['mine'],
  topics: ['arn:aws:sns:eu-west-1:111122223333:Theirs'],
  policy: { globalListHoldDays: 3 },
  batch: { size: 100, windowSeconds: 5 },
};
const SHAPES: [string, SuppressorStackProps][] = [
  ['the defaults', {}],
  ['everything', EVERYTHING],
  ['direct delivery', { delivery: 'direct', senders: ['@ledger.example'] }],
  ['an adopted table', { table: { name: 'ListOfLastYear' } }],
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

test('allows wildcard resources in two places only, each acknowledged', () => {
  const statements = Object.entries(resources(suppressorTemplate(EVERYTHING), 'AWS::IAM::Policy')).flatMap(
    ([id, { Properties }]) =>
      (Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement.map(
        ({ Action, Resource }) => ({ id, action: words(Action), resource: words(Resource) }),
      ),
  );
  const wild = statements.filter(({ action, resource }) => `${action} ${resource}`.includes('*'));
  expect(wild.map(({ id, resource }) => [id.replace(/[0-9A-F]{8}$/, ''), resource])).toEqual([
    ['SenderFunctionRoleDefaultPolicy', 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*'],
    ['IdentitiesFunctionRoleDefaultPolicy', '*'],
  ]);
});

test('gives no function a managed policy', () => {
  const roles = Object.values(resources(suppressorTemplate(EVERYTHING), 'AWS::IAM::Role'));
  expect(roles).toHaveLength(3);
  for (const { Properties } of roles) expect(Properties.ManagedPolicyArns).toBeUndefined();
});

test('runs every function on Node 24 and arm64 with its own log group of a month', () => {
  const template = suppressorTemplate(EVERYTHING);
  const functions = Object.values(resources(template, 'AWS::Lambda::Function'));
  expect(functions).toHaveLength(3);
  for (const { Properties } of functions)
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 256,
    });
  const groups = functions.map(({ Properties }) => words((Properties.LoggingConfig as { LogGroup: unknown }).LogGroup));
  expect(new Set(groups).size).toBe(3);
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
  expect(stateful[0]).toHaveLength(2);
});

test('keeps the logical ids of what holds state', () => {
  const { Resources } = suppressorTemplate().toJSON();
  const types = ['AWS::DynamoDB::GlobalTable', 'AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::SES::ConfigurationSet'];
  expect(Object.keys(Resources).filter((id) => types.includes(Resources[id].Type))).toEqual([
    'SuppressionsTableF0485256',
    'FeedbackDeadLetterQueueBA5A6363',
    'FeedbackUndeliveredQueueB130EF6D',
    'FeedbackSourceTopic067D7585',
    'FeedbackQueue213B2195',
    'SenderConfigurationSet4EA65E7D',
    'SenderFailedSendsB2B76FD6',
  ]);
});

test('tells by outputs everything the command line looks for', () => {
  const outputs = suppressorTemplate().findOutputs('*');
  expect(Object.keys(outputs).sort()).toEqual(Object.values(Output).sort());
  const direct = suppressorTemplate({ delivery: 'direct' }).findOutputs('*');
  expect(Object.keys(direct)).not.toContain(Output.FEEDBACK_QUEUE_URL);
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
