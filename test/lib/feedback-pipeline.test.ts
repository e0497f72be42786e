import { Duration, Stack } from 'aws-cdk-lib';
import { type Template, Template as Templates } from 'aws-cdk-lib/assertions';
import { FeedbackPipeline, type FeedbackPipelineProps, SuppressionTable } from '../../lib/index.ts';
import { environment, only, permissions, resources, suppressorTemplate, testApp, words } from './harness.ts';

const queued = suppressorTemplate();
const direct = suppressorTemplate({ delivery: 'direct' });

const build = (props: Partial<FeedbackPipelineProps>): Template => {
  const stack = new Stack(testApp(), 'Stack');
  new FeedbackPipeline(stack, 'Feedback', { table: new SuppressionTable(stack, 'List'), ...props });
  return Templates.fromStack(stack);
};

const topicStatements = (template: Template) =>
  (
    only(template, 'AWS::SNS::TopicPolicy', 'Feedback').Properties.PolicyDocument as {
      Statement: Record<string, unknown>[];
    }
  ).Statement;

describe('topic', () => {
  test('is encrypted with a key of its own, rotated, that SES may use', () => {
    expect(words(only(queued, 'AWS::SNS::Topic', 'Feedback').Properties.KmsMasterKeyId)).toMatch(
      /^FeedbackSourceKey\w+\.Arn$/,
    );
    const { Properties } = only(queued, 'AWS::KMS::Key', 'Feedback');
    expect(Properties.EnableKeyRotation).toBe(true);
    const [owner, ...others] = (Properties.KeyPolicy as { Statement: unknown[] }).Statement;
    expect(owner).toMatchObject({ Action: 'kms:*', Effect: 'Allow' });
    expect(others).toEqual([
      {
        Sid: 'SesPublishesToTheEncryptedTopic',
        Effect: 'Allow',
        Principal: { Service: 'ses.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
      },
    ]);
  });

  test('takes what SES publishes for this account and these sources only, and TLS only', () => {
    const statements = topicStatements(
      suppressorTemplate({ identities: ['ledger.example'], configurationSets: ['mine'] }),
    );
    expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([
      expect.objectContaining({ Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]);
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    for (const statement of allowed)
      expect(statement).toMatchObject({ Action: 'sns:Publish', Principal: { Service: 'ses.amazonaws.com' } });
    const conditions = allowed.map(({ Condition }) => {
      const { StringEquals } = Condition as { StringEquals: Record<string, unknown> };
      expect(Object.keys(Condition as object)).toEqual(['StringEquals']);
      return [words(StringEquals['AWS:SourceAccount']), words(StringEquals['AWS:SourceArn'])];
    });
    expect(conditions).toEqual([
      ['111122223333', expect.stringMatching(/:configuration-set\/<SenderConfigurationSet\w+>$/)],
      ['111122223333', 'arn:<AWS::Partition>:ses:eu-west-1:111122223333:configuration-set/mine'],
      ['111122223333', 'arn:aws:ses:eu-west-1:111122223333:identity/ledger.example'],
    ]);
  });

  test('has a dead-letter queue for what it cannot hand over, by queue and directly', () => {
    for (const template of [queued, direct]) {
      const { RedrivePolicy } = only(template, 'AWS::SNS::Subscription').Properties;
      expect(words((RedrivePolicy as Record<string, unknown>).deadLetterTargetArn)).toMatch(
        /^FeedbackUndeliveredQueue\w+\.Arn$/,
      );
    }
  });

  test('may be joined by another system’s topic', () => {
    const template = suppressorTemplate({ topics: ['arn:aws:sns:eu-west-1:111122223333:Theirs'] });
    const subscribed = Object.values(resources(template, 'AWS::SNS::Subscription')).map(({ Properties }) => [
      Properties.Protocol,
      words(Properties.TopicArn),
    ]);
    expect(subscribed).toEqual([
      ['sqs', expect.stringMatching(/^<FeedbackSourceTopic/)],
      ['sqs', 'arn:aws:sns:eu-west-1:111122223333:Theirs'],
    ]);
    const senders = JSON.stringify(only(template, 'AWS::SQS::QueuePolicy', 'FeedbackQueue').Properties);
    expect(senders).toContain('"aws:SourceArn":"arn:aws:sns:eu-west-1:111122223333:Theirs"');
  });
});

describe('queue', () => {
  const main = only(queued, 'AWS::SQS::Queue', 'FeedbackQueue').Properties;

  test('keeps every queue’s messages 14 days, encrypted, and refuses anything but TLS', () => {
    const queues = resources(queued, 'AWS::SQS::Queue');
    expect(Object.keys(queues)).toHaveLength(6);
    for (const { Properties } of Object.values(queues))
      expect(Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
    const denying = Object.values(resources(queued, 'AWS::SQS::QueuePolicy')).filter(({ Properties }) =>
      JSON.stringify(Properties).includes('"Effect":"Deny"'),
    );
    expect(denying).toHaveLength(6);
  });

  test('hides a message for at least six time-outs, and lasts a day of outage', () => {
    const { Timeout } = only(queued, 'AWS::Lambda::Function', 'FeedbackFunction').Properties as { Timeout: number };
    const visibility = main.VisibilityTimeout as number;
    const { maxReceiveCount, deadLetterTargetArn } = main.RedrivePolicy as Record<string, unknown>;
    expect(visibility).toBeGreaterThanOrEqual(6 * Timeout);
    expect((maxReceiveCount as number) * visibility).toBeGreaterThanOrEqual(24 * 3600);
    expect(words(deadLetterTargetArn)).toMatch(/^FeedbackDeadLetterQueue\w+\.Arn$/);
  });

  test('adds the batch window to the visibility time-out', () => {
    const template = build({ batchSize: 100, batchWindow: Duration.seconds(20) });
    const { VisibilityTimeout, RedrivePolicy } = only(template, 'AWS::SQS::Queue', 'FeedbackQueue').Properties;
    expect([VisibilityTimeout, (RedrivePolicy as Record<string, unknown>).maxReceiveCount]).toEqual([200, 432]);
    expect(only(template, 'AWS::Lambda::EventSourceMapping').Properties).toMatchObject({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 20,
    });
  });

  test('reports failures by item, ten messages a batch', () => {
    const { Properties } = only(queued, 'AWS::Lambda::EventSourceMapping', 'Feedback');
    expect(Properties).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
  });

  test('leaves the account its concurrency while a table does not answer', () => {
    const mapping = (template: Template) => only(template, 'AWS::Lambda::EventSourceMapping', 'Feedback').Properties;
    expect(mapping(queued).ScalingConfig).toEqual({ MaximumConcurrency: 100 });
    expect(mapping(build({ maxConcurrency: 1000 })).ScalingConfig).toEqual({ MaximumConcurrency: 1000 });
  });
});

describe('direct delivery', () => {
  test('invokes the function for each message and keeps failures in the dead-letter queue', () => {
    expect(only(direct, 'AWS::SNS::Subscription').Properties.Protocol).toBe('lambda');
    const mappings = Object.keys(resources(direct, 'AWS::Lambda::EventSourceMapping'));
    expect(mappings).toEqual([expect.stringMatching(/^SendQueueFunction/)]);
    expect(Object.keys(resources(direct, 'AWS::SQS::Queue')).filter((id) => id.startsWith('FeedbackQueue'))).toEqual(
      [],
    );
    const config = only(direct, 'AWS::Lambda::EventInvokeConfig', 'FeedbackFunction').Properties;
    expect(config).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21600 });
    expect(words((config.DestinationConfig as { OnFailure: { Destination: unknown } }).OnFailure.Destination)).toMatch(
      /^FeedbackDeadLetterQueue\w+\.Arn$/,
    );
  });

  test('lets the function write the list, settle sends and set messages aside, nothing else', () => {
    expect(permissions(direct, 'FeedbackFunction')).toEqual([
      ['logs:CreateLogStream logs:PutLogEvents', expect.stringMatching(/^FeedbackFunctionLogs\w+\.Arn$/)],
      [
        'dynamodb:BatchGetItem dynamodb:PutItem',
        expect.stringMatching(/^MessagesTable\w+\.Arn SuppressionsTable\w+\.Arn$/),
      ],
      ['sqs:SendMessage', expect.stringMatching(/^FeedbackDeadLetterQueue\w+\.Arn$/)],
    ]);
  });
});

describe('function', () => {
  test('may read its queue, write the list, settle sends, set messages aside and log: no action more, and none of SES', () => {
    expect(permissions(queued, 'FeedbackFunction')).toEqual([
      ['logs:CreateLogStream logs:PutLogEvents', expect.stringMatching(/^FeedbackFunctionLogs\w+\.Arn$/)],
      [
        'dynamodb:BatchGetItem dynamodb:PutItem',
        expect.stringMatching(/^MessagesTable\w+\.Arn SuppressionsTable\w+\.Arn$/),
      ],
      ['sqs:SendMessage', expect.stringMatching(/^FeedbackDeadLetterQueue\w+\.Arn$/)],
      [
        'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage',
        expect.stringMatching(/^FeedbackQueue\w+\.Arn$/),
      ],
    ]);
  });

  test('is told the tables, the dead-letter queue and the key of its log hashes', () => {
    expect(environment(queued, 'FeedbackFunction')).toEqual({
      POWERTOOLS_SERVICE_NAME: 'ses-suppressor-feedback',
      SUPPRESSOR_LOG_KEY: '{"Fn::Select":[2,{"Fn::Split":["/",{"Ref":"AWS::StackId"}]}]}',
      SUPPRESSOR_TABLE: expect.stringMatching(/^<SuppressionsTable/),
      SUPPRESSOR_MESSAGES_TABLE: expect.stringMatching(/^<MessagesTable/),
      SUPPRESSOR_DEAD_LETTER_QUEUE: expect.stringMatching(/^<FeedbackDeadLetterQueue/),
    });
  });

  test('knows of no sends where none are remembered', () => {
    const template = build({});
    expect(environment(template, 'FeedbackFunction').SUPPRESSOR_MESSAGES_TABLE).toBeUndefined();
    expect(
      permissions(template, 'FeedbackFunction').filter((line) => JSON.stringify(line).includes('dynamodb')),
    ).toEqual([['dynamodb:BatchGetItem dynamodb:PutItem', expect.stringMatching(/^ListTable\w+\.Arn$/)]]);
  });

  test('is told the policy as written, so that a later version’s defaults still apply', () => {
    const template = build({ policy: { globalListHoldDays: 3 } });
    expect(environment(template, 'FeedbackFunction').SUPPRESSOR_POLICY).toBe('{"globalListHoldDays":3}');
  });
});

describe('refuses', () => {
  test.each([
    ['a batch of nothing', { batchSize: 0 }, 'batchSize must be a whole number from 1 to 10000, got: 0'],
    ['a batch that is no number', { batchSize: Number.NaN }, 'got: NaN'],
    ['a large batch without a window', { batchSize: 11 }, 'needs a batchWindow of at least 1 second, got: 11'],
    ['a window of hours', { batchWindow: Duration.hours(1) }, 'at most 300 seconds, got: 3600'],
    ['batches without a queue', { delivery: 'direct', batchSize: 5 } as const, 'got: delivery "direct"; use'],
    ['too many at a time', { maxConcurrency: 1001 }, 'maxConcurrency must be a whole number from 2 to 1000, got: 1001'],
    ['a number at a time without a queue', { delivery: 'direct', maxConcurrency: 5 } as const, 'need a queue, got'],
  ])('%s', (_what, props, message) => {
    expect(() => build(props)).toThrow(message);
  });

  test('a policy that is none, with path and value', () => {
    expect(() => build({ policy: { simulatorHoldHours: -1 } })).toThrow(/policy\.simulatorHoldHours: .*, got: -1/);
  });
});
