import { environment, only, permissions, resources, suppressorTemplate, words } from './harness.ts';

const template = suppressorTemplate({ unsubscribe: true, senders: ['@ledger.example'] });
const SECRET = expect.stringMatching(/^<UnsubscribeKey\w+>$/);

test('is not there unless it is asked for: it is public and has a price', () => {
  for (const props of [{}, { unsubscribe: false }]) {
    const without = suppressorTemplate(props);
    for (const type of ['AWS::Lambda::Url', 'AWS::SecretsManager::Secret', 'AWS::SecretsManager::RotationSchedule'])
      expect(resources(without, type)).toEqual({});
    expect(environment(without, 'SenderFunction').SUPPRESSOR_UNSUBSCRIBE_URL).toBeUndefined();
  }
});

test('has a public address: anybody may ask, by the address only', () => {
  const { Properties } = only(template, 'AWS::Lambda::Url');
  expect(Properties.AuthType).toBe('NONE');
  expect(words(Properties.TargetFunctionArn)).toMatch(/^UnsubscribeFunction\w+\.Arn$/);
  const allowed = Object.entries(resources(template, 'AWS::Lambda::Permission'))
    .filter(([id]) => id.startsWith('UnsubscribeFunction'))
    .map(
      ([
        ,
        {
          Properties: { FunctionName: _, ...permission },
        },
      ]) => permission,
    );
  expect(allowed).toEqual([
    { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE', Principal: '*' },
    { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true, Principal: '*' },
  ]);
});

test('lets strangers cause a function that writes the list and reads its key, for seconds', () => {
  expect(permissions(template, 'UnsubscribeFunction')).toEqual([
    ['logs:CreateLogStream logs:PutLogEvents', expect.stringMatching(/^UnsubscribeFunctionLogs\w+\.Arn$/)],
    ['dynamodb:BatchGetItem dynamodb:PutItem', expect.stringMatching(/^SuppressionsTable\w+\.Arn$/)],
    ['secretsmanager:GetSecretValue', SECRET],
  ]);
  const { Properties } = only(template, 'AWS::Lambda::Function', 'UnsubscribeFunction');
  expect(Properties.Timeout).toBe(10);
  expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
});

test('tells the function list and key, and not its own address, which needs the function first', () => {
  expect(environment(template, 'UnsubscribeFunction')).toEqual({
    POWERTOOLS_SERVICE_NAME: 'ses-suppressor-unsubscribe',
    SUPPRESSOR_LOG_KEY: expect.any(String),
    SUPPRESSOR_TABLE: expect.stringMatching(/^<SuppressionsTable/),
    SUPPRESSOR_UNSUBSCRIBE_SECRET: SECRET,
  });
});

test.each(['SenderFunction', 'SendQueueFunction'])('lets %s make links', (name) => {
  expect(environment(template, name)).toMatchObject({
    SUPPRESSOR_UNSUBSCRIBE_URL: expect.stringMatching(/^UnsubscribeFunction\w+\.FunctionUrl$/),
    SUPPRESSOR_UNSUBSCRIBE_SECRET: SECRET,
  });
  expect(permissions(template, name)).toContainEqual(['secretsmanager:GetSecretValue', SECRET]);
});

test('reserves what the configuration says, and passes the policy on', () => {
  const told = suppressorTemplate({ unsubscribe: { reservedConcurrency: 5 }, policy: { globalListHoldDays: 3 } });
  const { Properties } = only(told, 'AWS::Lambda::Function', 'UnsubscribeFunction');
  expect(Properties.ReservedConcurrentExecutions).toBe(5);
  expect(environment(told, 'UnsubscribeFunction').SUPPRESSOR_POLICY).toBe('{"globalListHoldDays":3}');
});

describe('key', () => {
  test('is made by Secrets Manager, long, of letters and digits, and goes with the stack', () => {
    const { Properties, DeletionPolicy } = only(template, 'AWS::SecretsManager::Secret');
    expect(Properties.GenerateSecretString).toEqual({
      SecretStringTemplate: '{"id":"first"}',
      GenerateStringKey: 'key',
      PasswordLength: 64,
      ExcludePunctuation: true,
    });
    expect(DeletionPolicy).toBe('Delete');
  });

  test.each([
    [{ unsubscribe: true }, 'rate(90 days)'],
    [{ unsubscribe: { rotationDays: 30 } }, 'rate(30 days)'],
  ])('is replaced as %j says', (props, rate) => {
    const { Properties } = only(suppressorTemplate(props), 'AWS::SecretsManager::RotationSchedule');
    expect(words(Properties.SecretId)).toEqual(SECRET);
    expect(words(Properties.RotationLambdaARN)).toMatch(/^UnsubscribeRotation\w+\.Arn$/);
    expect(Properties.RotationRules).toEqual({ ScheduleExpression: rate });
  });

  test('is replaced by a function that may do that with this secret and nothing else', () => {
    expect(permissions(template, 'UnsubscribeRotation')).toEqual([
      ['logs:CreateLogStream logs:PutLogEvents', expect.stringMatching(/^UnsubscribeRotationLogs\w+\.Arn$/)],
      [
        'secretsmanager:DescribeSecret secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:UpdateSecretVersionStage',
        SECRET,
      ],
    ]);
  });

  test('is replaced by Secrets Manager of this account only, which may begin as soon as there is a schedule', () => {
    const [id, { Properties }] = Object.entries(resources(template, 'AWS::Lambda::Permission')).find(([name]) =>
      name.startsWith('UnsubscribeRotation'),
    ) as [string, { Properties: Record<string, unknown> }];
    expect(Properties).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: '111122223333',
    });
    const { DependsOn } = only(template, 'AWS::SecretsManager::RotationSchedule');
    expect(DependsOn).toEqual(expect.arrayContaining([id, expect.stringMatching(/^UnsubscribeRotationRoleDefault/)]));
  });
});
