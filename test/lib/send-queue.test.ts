import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { environment, only, permissions, resources, suppressor, suppressorTemplate, words } from './harness.ts';

const template = suppressorTemplate({ senders: ['@ledger.example'] });
const { Properties: queue } = only(template, 'AWS::SQS::Queue', 'SendQueue4EBCE64D');
const SES = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>';

test('keeps what waits as long as SQS can, encrypted, and never gives it up for waiting', () => {
  expect(queue).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
  const { maxReceiveCount, deadLetterTargetArn } = queue.RedrivePolicy as Record<string, unknown>;
  expect(maxReceiveCount).toBe(1000);
  expect(words(deadLetterTargetArn)).toMatch(/^SendQueueDeadLetterQueue\w+\.Arn$/);
});

test('takes no request so large that it could not be set aside with its reason', () => {
  const { Properties } = only(template, 'AWS::SQS::Queue', 'SendQueueDeadLetterQueue');
  expect(Properties.MaximumMessageSize).toBe(1_048_576);
  expect(queue.MaximumMessageSize).toBe(1_048_576 - 2048);
});

test('refuses anything but TLS', () => {
  const { Properties } = only(template, 'AWS::SQS::QueuePolicy', 'SendQueuePolicy');
  expect((Properties.PolicyDocument as { Statement: unknown[] }).Statement).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  ]);
});

test('hides a batch for six time-outs of the function', () => {
  const { Timeout } = only(template, 'AWS::Lambda::Function', 'SendQueueFunction').Properties as { Timeout: number };
  expect(queue.VisibilityTimeout).toBe(6 * Timeout);
});

test('gives the function more than half a processor, as making mails takes one; the others need none of it', () => {
  expect(only(template, 'AWS::Lambda::Function', 'SendQueueFunction').Properties.MemorySize).toBe(1024);
  expect(only(template, 'AWS::Lambda::Function', 'SenderFunction').Properties.MemorySize).toBe(256);
});

test('tells the ARNs that dead letters are moved between', () => {
  const arn = (key: string) => words(template.findOutputs(key)[key]?.Value);
  expect(arn('SendQueueArn')).toBe('SendQueue4EBCE64D.Arn');
  expect(arn('SendDeadLetterQueueArn')).toMatch(/^SendQueueDeadLetterQueue\w+\.Arn$/);
});

test('hands over ten requests at a time to two functions at most, and takes failures by item', () => {
  const { Properties } = only(template, 'AWS::Lambda::EventSourceMapping', 'SendQueue');
  expect(Properties).toMatchObject({
    BatchSize: 10,
    ScalingConfig: { MaximumConcurrency: 2 },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  expect(Properties).not.toHaveProperty('MaximumBatchingWindowInSeconds');
});

test('lets the configuration say how many functions send at once', () => {
  const many = suppressorTemplate({ queue: { maxConcurrency: 10 } });
  expect(only(many, 'AWS::Lambda::EventSourceMapping', 'SendQueue').Properties.ScalingConfig).toEqual({
    MaximumConcurrency: 10,
  });
});

test('lets the function do what the send function may, share the rate, read the quota and empty the queue', () => {
  expect(permissions(template, 'SendQueueFunction')).toEqual([
    ['logs:CreateLogStream logs:PutLogEvents', expect.stringMatching(/^SendQueueFunctionLogs\w+\.Arn$/)],
    ['dynamodb:BatchGetItem', expect.stringMatching(/^SuppressionsTable\w+\.Arn$/)],
    ['ses:SendRawEmail ses:SendTemplatedEmail', expect.stringMatching(/configuration-set\/<SenderConfiguration\w+>$/)],
    [
      'ses:SendRawEmail ses:SendTemplatedEmail',
      `${SES}:identity/*`,
      { StringLike: { 'ses:FromAddress': ['*@ledger.example'] } },
    ],
    ['ses:SendTemplatedEmail', `${SES}:template/*`],
    [
      'dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem',
      expect.stringMatching(/^MessagesTable\w+\.Arn$/),
    ],
    ['ses:GetSendQuota', '*'],
    ['sqs:SendMessage', expect.stringMatching(/^SendQueueDeadLetterQueue\w+\.Arn$/)],
    [
      'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage',
      'SendQueue4EBCE64D.Arn',
    ],
  ]);
});

test('tells the function what the send function knows, and both queues', () => {
  const { POWERTOOLS_SERVICE_NAME: _, ...sender } = environment(template, 'SenderFunction');
  expect(environment(template, 'SendQueueFunction')).toEqual({
    ...sender,
    POWERTOOLS_SERVICE_NAME: 'ses-suppressor-queue',
    SUPPRESSOR_SEND_QUEUE: '<SendQueue4EBCE64D>',
    SUPPRESSOR_SEND_DEAD_LETTER_QUEUE: expect.stringMatching(/^<SendQueueDeadLetterQueue/),
  });
});

test('tells the function the policy too', () => {
  const strict = suppressorTemplate({ policy: { whenListUnavailable: 'send' } });
  for (const name of ['SenderFunction', 'SendQueueFunction'])
    expect(environment(strict, name).SUPPRESSOR_POLICY).toBe('{"whenListUnavailable":"send"}');
});

test('lets a caller put requests in, and only that', () => {
  const stack = suppressor();
  const caller = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  stack.queue?.grantEnqueue(caller);
  const { Properties } = only(Template.fromStack(stack), 'AWS::IAM::Policy', 'CallerDefaultPolicy');
  expect((Properties.PolicyDocument as { Statement: unknown[] }).Statement).toEqual([
    {
      Action: 'sqs:SendMessage',
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': ['SendQueue4EBCE64D', 'Arn'] },
    },
  ]);
});

test('is not there where it is not wanted', () => {
  const without = suppressorTemplate({ queue: false });
  for (const type of ['AWS::SQS::Queue', 'AWS::Lambda::Function', 'AWS::Lambda::EventSourceMapping'])
    expect(Object.keys(resources(without, type)).filter((id) => id.startsWith('SendQueue'))).toEqual([]);
});
