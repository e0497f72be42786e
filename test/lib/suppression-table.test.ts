import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SuppressionTable } from '../../lib/index.ts';
import { environment, only, permissions, resources, suppressorTemplate, testApp, words } from './harness.ts';

const created = suppressorTemplate();
const adopted = suppressorTemplate({ table: { name: 'ListOfLastYear' } });

test('makes a table on demand that survives deletion of the stack, of itself and of its items', () => {
  const { Properties, DeletionPolicy, UpdateReplacePolicy } = only(
    created,
    'AWS::DynamoDB::GlobalTable',
    'Suppressions',
  );
  expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
  expect(Properties.TableName).toBeUndefined();
  expect(Properties.Replicas).toEqual([
    {
      Region: 'eu-west-1',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      GlobalSecondaryIndexes: [{ IndexName: 'recent' }],
    },
  ]);
});

test('keys the table by address and scope, and lets DynamoDB delete by expiresAt', () => {
  const { Properties } = only(created, 'AWS::DynamoDB::GlobalTable', 'Suppressions');
  expect(Properties.KeySchema).toEqual([
    { AttributeName: 'address', KeyType: 'HASH' },
    { AttributeName: 'scope', KeyType: 'RANGE' },
  ]);
  expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
});

test('lists the newest changes by the index the contract names', () => {
  const { Properties } = only(created, 'AWS::DynamoDB::GlobalTable', 'Suppressions');
  expect(Properties.GlobalSecondaryIndexes).toEqual([
    {
      IndexName: 'recent',
      KeySchema: [
        { AttributeName: 'bucket', KeyType: 'HASH' },
        { AttributeName: 'updatedAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['status', 'reason', 'since', 'until'] },
    },
  ]);
});

test('keeps the logical id of the table, so that an upgrade never replaces it', () => {
  expect(resources(created, 'AWS::DynamoDB::GlobalTable')).toHaveProperty('SuppressionsTableF0485256');
});

test('goes on with an existing table by its name, and makes none', () => {
  const tables = Object.keys(resources(adopted, 'AWS::DynamoDB::GlobalTable'));
  expect(tables.filter((id) => id.startsWith('Suppressions'))).toEqual([]);
  expect(environment(adopted, 'FeedbackFunction').SUPPRESSOR_TABLE).toBe('ListOfLastYear');
  expect(permissions(adopted, 'FeedbackFunction')).toContainEqual([
    'dynamodb:BatchGetItem dynamodb:PutItem',
    expect.stringMatching(/^arn:aws:dynamodb:eu-west-1:111122223333:table\/ListOfLastYear MessagesTable\w+\.Arn$/),
  ]);
});

test('has an existing table checked at each deployment, by a function that may only describe it', () => {
  const check = only(adopted, 'Custom::SuppressionTableCheck');
  expect(check.Properties).toMatchObject({ TableName: 'ListOfLastYear', Deployment: 'first', ServiceTimeout: '300' });
  expect(words(check.Properties.ServiceToken)).toMatch(/^SuppressionsCheckFunction\w+\.Arn$/);
  expect(permissions(adopted, 'SuppressionsCheckFunction')).toEqual([
    ['logs:CreateLogStream logs:PutLogEvents', expect.stringMatching(/^SuppressionsCheckFunctionLogs\w+\.Arn$/)],
    ['dynamodb:DescribeTable', 'arn:aws:dynamodb:eu-west-1:111122223333:table/ListOfLastYear'],
  ]);
  expect(resources(created, 'Custom::SuppressionTableCheck')).toEqual({});
});

test('runs the check again at the next deployment: its property differs at each synth', () => {
  const deployment = (fixed?: string) => {
    const stack = new Stack(testApp({ 'ses-suppressor:deployment': fixed }), 'Stack');
    new SuppressionTable(stack, 'List', { table: { name: 'ListOfLastYear' } });
    return only(Template.fromStack(stack), 'Custom::SuppressionTableCheck').Properties.Deployment;
  };
  expect(deployment('second')).toBe('second');
  expect(deployment()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test.each(['ab', 'arn:aws:dynamodb:eu-west-1:111122223333:table/List', 'a list'])(
  'refuses %s as the name of a table',
  (name) => {
    const build = () => new SuppressionTable(new Stack(testApp(), 'Stack'), 'List', { table: { name } });
    expect(build).toThrow(`got: ${name}; give no ARN`);
  },
);
