import { Stack } from 'aws-cdk-lib';
import {
  environment,
  only,
  permissions,
  resources,
  suppressor,
  suppressorTemplate,
  testApp,
  words,
} from './harness.ts';

const template = suppressorTemplate({ identities: ['ledger.example', 'pat@target.example'] });
const wires = resources(template, 'Custom::SesIdentityTopic');

test('makes one resource an identity and kind, with what the function needs to know', () => {
  const properties = Object.values(wires).map(({ Properties }) => Properties);
  expect(
    properties.map(({ Identity, NotificationType, IncludeHeaders }) => [Identity, NotificationType, IncludeHeaders]),
  ).toEqual([
    ['ledger.example', 'Bounce', 'true'],
    ['ledger.example', 'Complaint', 'false'],
    ['ledger.example', 'Delivery', 'false'],
    ['pat@target.example', 'Bounce', 'true'],
    ['pat@target.example', 'Complaint', 'false'],
    ['pat@target.example', 'Delivery', 'false'],
  ]);
  for (const wire of properties) {
    expect(wire).toMatchObject({ Replace: 'false', Deployment: 'first', ServiceTimeout: '900' });
    expect(words(wire.TopicArn)).toMatch(/^<FeedbackSourceTopic/);
  }
});

test('wires one after the other, none before SES may publish', () => {
  const ids = Object.keys(wires);
  expect(ids.map((id) => wires[id]?.DependsOn)).toEqual([
    [expect.stringMatching(/^FeedbackSourceTopicPolicy/)],
    ...ids.slice(0, -1).map((id) => [id]),
  ]);
});

test('asserts the wires each hour, and stops before they are removed', () => {
  const rule = only(template, 'AWS::Events::Rule', 'Identities');
  expect(rule.Properties.ScheduleExpression).toBe('rate(1 hour)');
  const [target] = rule.Properties.Targets as { Input: string }[];
  expect(JSON.parse(target?.Input ?? '')).toEqual({
    action: 'reassert',
    identities: ['ledger.example', 'pat@target.example'],
    types: ['Bounce', 'Complaint', 'Delivery'],
  });
  expect(new Set(rule.DependsOn)).toEqual(new Set(Object.keys(wires)));
});

test('may read and set notifications, remember, and log: no action more', () => {
  expect(permissions(template, 'IdentitiesFunction')).toEqual([
    ['logs:CreateLogStream logs:PutLogEvents', expect.stringMatching(/^IdentitiesFunctionLogs\w+\.Arn$/)],
    ['dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem', expect.stringMatching(/^IdentitiesMemory\w+\.Arn$/)],
    [
      'ses:GetIdentityNotificationAttributes ses:SetIdentityHeadersInNotificationsEnabled ses:SetIdentityNotificationTopic',
      '*',
    ],
  ]);
});

test('is told the topic and the table of its memory', () => {
  expect(environment(template, 'IdentitiesFunction')).toMatchObject({
    SUPPRESSOR_TOPIC_ARN: expect.stringMatching(/^<FeedbackSourceTopic/),
    SUPPRESSOR_WIRING_MEMORY_TABLE: expect.stringMatching(/^<IdentitiesMemory/),
  });
});

test('remembers in a table that goes with the stack', () => {
  const memory = only(template, 'AWS::DynamoDB::GlobalTable', 'IdentitiesMemory');
  expect(memory.DeletionPolicy).toBe('Delete');
  expect(memory.Properties.KeySchema).toEqual([{ AttributeName: 'wire', KeyType: 'HASH' }]);
});

test('leaves deliveries alone where they are not wanted', () => {
  const without = suppressorTemplate({ identities: ['ledger.example'], deliveries: false });
  const types = Object.values(resources(without, 'Custom::SesIdentityTopic')).map(
    ({ Properties }) => Properties.NotificationType,
  );
  expect(types).toEqual(['Bounce', 'Complaint']);
});

test('passes on that another topic may be replaced', () => {
  const replacing = suppressorTemplate({ identities: ['ledger.example'], replace: true });
  const found = Object.values(resources(replacing, 'Custom::SesIdentityTopic'));
  expect(found.map(({ Properties }) => Properties.Replace)).toEqual(['true', 'true', 'true']);
});

test('keeps the logical ids of the wires, so that an upgrade never un-wires', () => {
  expect(Object.keys(wires).slice(0, 3)).toEqual([
    'IdentitiesledgerexampleBounce78CC6FC2',
    'IdentitiesledgerexampleComplaint604F6633',
    'IdentitiesledgerexampleDeliveryB8C27C04',
  ]);
});

test('makes nothing where there are no identities', () => {
  const none = suppressorTemplate();
  expect(resources(none, 'Custom::SesIdentityTopic')).toEqual({});
  expect(Object.keys(none.toJSON().Resources).filter((id) => id.startsWith('Identities'))).toEqual([]);
});

const many = Array.from({ length: 101 }, (_, i) => `d${i}.example`);
const long = Array.from({ length: 60 }, (_, i) => `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(40)}${i}.example`);

test.each([
  ['a malformed one', ['@ledger.example'], 'got: @ledger.example; write ledger.example'],
  ['one given twice', ['a.example', 'a.example'], 'identities must be different, got: a.example, a.example'],
  ['more than SES describes at once', many, 'identities must be 1 to 100, got: 101; use a second stack'],
  ['more than a rule can pass', long, 'identities must fit into 8000 characters together, got: '],
])('refuses identities: %s', (_what, identities, message) => {
  expect(() => suppressor({ identities, senders: [] }, new Stack(testApp(), 'Outer'))).toThrow(message);
});
