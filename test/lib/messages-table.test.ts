import { only, resources, suppressorTemplate } from './harness.ts';

const template = suppressorTemplate();
const { Properties, DeletionPolicy, UpdateReplacePolicy } = only(
  template,
  'AWS::DynamoDB::GlobalTable',
  'MessagesTable',
);

test('keys the table by id alone, and lets DynamoDB delete by expiresAt', () => {
  expect(Properties).toMatchObject({
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    BillingMode: 'PAY_PER_REQUEST',
  });
  expect(Properties.GlobalSecondaryIndexes).toBeUndefined();
});

test('goes with the stack, without backups: what it holds is of no use to anybody later', () => {
  expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Delete', 'Delete']);
  expect(Properties.Replicas).toEqual([{ Region: 'eu-west-1' }]);
});

test('keeps the logical id of the table: a replaced one would have forgotten every key', () => {
  expect(Object.keys(resources(template, 'AWS::DynamoDB::GlobalTable'))).toContain('MessagesTable9E4E97A0');
});
