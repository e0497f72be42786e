import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  FeedbackPipeline,
  type FeedbackPipelineProps,
  GuardedSender,
  type GuardedSenderProps,
  MessagesTable,
  SuppressionTable,
} from '../../lib/index.ts';
import { fromPatterns, isIdentity, isSender } from '../../lib/sender.ts';
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

const template = suppressorTemplate({
  senders: ['No-Reply@ledger.example', '@target.example'],
  configurationSets: ['mine'],
});
const IDENTITIES = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*';
const TEMPLATES = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:template/*';
const SEND = 'ses:SendRawEmail ses:SendTemplatedEmail';
const ONCE = [
  'dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem',
  expect.stringMatching(/^MessagesTable\w+\.Arn$/),
];
const LOGS_LIST_AND_QUEUE = [
  ['logs:CreateLogStream logs:PutLogEvents', expect.stringMatching(/^SenderFunctionLogs\w+\.Arn$/)],
  ['sqs:SendMessage', expect.stringMatching(/^SenderFailedSends\w+\.Arn$/)],
  ['dynamodb:BatchGetItem', expect.stringMatching(/^SuppressionsTable\w+\.Arn$/)],
];

const events = (found: Template) =>
  Object.values(resources(found, 'AWS::SES::ConfigurationSetEventDestination')).map(
    ({ Properties }) => (Properties.EventDestination as { MatchingEventTypes: string[] }).MatchingEventTypes,
  );

test('may ask the list and send with the wired configuration sets as the configured senders, nothing else', () => {
  expect(permissions(template, 'SenderFunction')).toEqual([
    ...LOGS_LIST_AND_QUEUE,
    [
      SEND,
      expect.stringMatching(
        /^arn:aws:ses:eu-west-1:111122223333:configuration-set\/mine \S+:configuration-set\/<SenderConfigurationSet\w+>$/,
      ),
    ],
    [
      SEND,
      IDENTITIES,
      {
        StringLike: {
          'ses:FromAddress': ['No-Reply@ledger.example', 'no-reply@ledger.example', '*@target.example'],
        },
      },
    ],
    ['ses:SendTemplatedEmail', TEMPLATES],
    ONCE,
  ]);
});

test('may send as nobody where neither senders nor identities are given, and says so in an output', () => {
  const nobody = suppressorTemplate();
  expect(permissions(nobody, 'SenderFunction')).toEqual([
    ...LOGS_LIST_AND_QUEUE,
    [SEND, expect.stringMatching(/configuration-set\/<SenderConfigurationSet\w+>$/)],
    ONCE,
  ]);
  expect(nobody.findOutputs('Senders').Senders?.Value).toMatch(/^none: add "senders"/);
});

test('sends as the identities where no senders are given', () => {
  const [, , condition] = permissions(suppressorTemplate({ identities: ['ledger.example'] }), 'SenderFunction')[4] as [
    string,
    string,
    unknown,
  ];
  expect(condition).toEqual({ StringLike: { 'ses:FromAddress': ['*@ledger.example'] } });
});

test('is told the list, the remembered sends and the configuration sets', () => {
  expect(environment(template, 'SenderFunction')).toEqual({
    POWERTOOLS_SERVICE_NAME: 'ses-suppressor-send',
    SUPPRESSOR_LOG_KEY: expect.any(String),
    SUPPRESSOR_TABLE: expect.stringMatching(/^<SuppressionsTable/),
    SUPPRESSOR_MESSAGES_TABLE: expect.stringMatching(/^<MessagesTable/),
    SUPPRESSOR_CONFIGURATION_SET: expect.stringMatching(/^<SenderConfigurationSet\w+>$/),
    SUPPRESSOR_CONFIGURATION_SETS: expect.stringMatching(/^<SenderConfigurationSet\w+>,mine$/),
  });
});

test('never repeats an asynchronous send, and keeps what failed', () => {
  const { Properties } = only(template, 'AWS::Lambda::EventInvokeConfig', 'SenderFunction');
  expect(Properties.MaximumRetryAttempts).toBe(0);
  const { OnFailure } = Properties.DestinationConfig as { OnFailure: { Destination: unknown } };
  expect(words(OnFailure.Destination)).toMatch(/^SenderFailedSends\w+\.Arn$/);
});

test('publishes what the list needs to the topic, for its own configuration set and the existing one', () => {
  const wanted = ['bounce', 'complaint', 'delivery', 'subscription', 'reject', 'renderingFailure'];
  expect(events(template)).toEqual([wanted, wanted]);
  const names = Object.values(resources(template, 'AWS::SES::ConfigurationSetEventDestination')).map(({ Properties }) =>
    words(Properties.ConfigurationSetName),
  );
  expect(names).toEqual([expect.stringMatching(/^<SenderConfigurationSet/), 'mine']);
});

test('hears of accepted mails instead of deliveries where those are not wanted, at every configuration set', () => {
  const wanted = ['bounce', 'complaint', 'send', 'subscription', 'reject', 'renderingFailure'];
  expect(events(suppressorTemplate({ deliveries: false, configurationSets: ['mine'] }))).toEqual([wanted, wanted]);
});

describe('without idempotency', () => {
  const without = suppressorTemplate({ idempotency: false, queue: false });

  test('says so to the function, which still remembers Message-IDs', () => {
    expect(environment(without, 'SenderFunction')).toMatchObject({
      SUPPRESSOR_IDEMPOTENCY: 'off',
      SUPPRESSOR_MESSAGES_TABLE: expect.stringMatching(/^<MessagesTable/),
    });
    expect(permissions(without, 'SenderFunction')).toContainEqual([
      'dynamodb:BatchWriteItem',
      expect.stringMatching(/^MessagesTable\w+\.Arn$/),
    ]);
  });

  test('hears of neither accepted mails nor deliveries where those are not wanted', () => {
    expect(events(suppressorTemplate({ idempotency: false, queue: false, deliveries: false }))).toEqual([
      ['bounce', 'complaint', 'subscription', 'reject', 'renderingFailure'],
    ]);
  });

  test('has nothing to settle', () => {
    expect(environment(without, 'FeedbackFunction').SUPPRESSOR_MESSAGES_TABLE).toBeUndefined();
  });
});

describe('in a stack of one’s own', () => {
  const build = (
    props: (stack: Stack, messages: MessagesTable) => Partial<GuardedSenderProps>,
    settle: (messages: MessagesTable) => Partial<FeedbackPipelineProps> = () => ({}),
  ) => {
    const stack = new Stack(testApp(), 'Stack');
    const table = new SuppressionTable(stack, 'List');
    const messages = new MessagesTable(stack, 'Messages');
    const feedback = new FeedbackPipeline(stack, 'Feedback', { table, ...settle(messages) });
    new GuardedSender(stack, 'Sender', { table, feedback, ...props(stack, messages) });
    return Template.fromStack(stack);
  };

  test('remembers nothing where there are no messages, and takes no keys', () => {
    const template = build(() => ({}));
    expect(environment(template, 'SenderFunction')).toMatchObject({ SUPPRESSOR_IDEMPOTENCY: 'off' });
    expect(environment(template, 'SenderFunction').SUPPRESSOR_MESSAGES_TABLE).toBeUndefined();
  });

  test('takes keys where sends are remembered and settled', () => {
    const template = build(
      (_stack, messages) => ({ messages }),
      (messages) => ({ messages }),
    );
    expect(environment(template, 'SenderFunction').SUPPRESSOR_IDEMPOTENCY).toBeUndefined();
  });

  test('refuses keys without anything that remembers them', () => {
    expect(() => build(() => ({ idempotency: true }))).toThrow(
      'idempotency needs messages, got: true without any; give a MessagesTable, or leave idempotency out',
    );
  });

  test('refuses to remember what nobody settles, or others do, with both and the remedy', () => {
    expect(() => build((_stack, messages) => ({ messages }))).toThrow(
      'got: no messages and Stack/Messages; give FeedbackPipeline the same messages, or set idempotency to false',
    );
    const others = (messages: MessagesTable) => ({
      messages: new MessagesTable(messages.node.scope as Stack, 'Others'),
    });
    expect(() => build((_stack, messages) => ({ messages }), others)).toThrow(
      'got: Stack/Others and Stack/Messages; give FeedbackPipeline the same messages',
    );
  });
});

test('shows the reputation of its configuration set', () => {
  const { Properties } = only(template, 'AWS::SES::ConfigurationSet');
  expect(Properties).toEqual({ ReputationOptions: { ReputationMetricsEnabled: true } });
});

test('lets a caller invoke it, and only that', () => {
  const stack = suppressor();
  const caller = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  stack.sender.grantInvoke(caller);
  const { Properties } = only(Template.fromStack(stack), 'AWS::IAM::Policy', 'CallerDefaultPolicy');
  expect((Properties.PolicyDocument as { Statement: unknown[] }).Statement).toEqual([
    {
      Action: 'lambda:InvokeFunction',
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^SenderFunction[0-9A-F]{8}$/), 'Arn'] },
    },
  ]);
});

describe('streams', () => {
  const streams = suppressorTemplate({ streams: ['receipts', 'news_letter-2'] });

  test('are told to all functions that send, and to nobody else', () => {
    const told = Object.entries(resources(streams, 'AWS::Lambda::Function')).flatMap(([id, { Properties }]) => {
      const { Variables } = (Properties.Environment ?? {}) as { Variables?: Record<string, string> };
      return Variables?.SUPPRESSOR_STREAMS === undefined ? [] : [[id.slice(0, -8), Variables.SUPPRESSOR_STREAMS]];
    });
    expect(told.sort()).toEqual([
      ['SendQueueFunction', 'receipts,news_letter-2'],
      ['SenderFunction', 'receipts,news_letter-2'],
    ]);
  });

  test('are an output, in the order given', () => {
    expect(streams.findOutputs('Streams').Streams?.Value).toBe('receipts news_letter-2');
  });

  test.each([[undefined], [[]]])('are neither with %j', (none) => {
    const without = suppressorTemplate(none === undefined ? {} : { streams: none });
    expect(environment(without, 'SenderFunction')).not.toHaveProperty('SUPPRESSOR_STREAMS');
    expect(without.findOutputs('Streams')).toEqual({});
  });

  test('may be twenty, of 255 characters each but not together', () => {
    const many = (count: number, length: number) =>
      Array.from({ length: count }, (_, i) => String(i).padStart(length, 's'));
    const of = (names: string[]) => () => suppressor({ streams: names }, new Stack(testApp(), 'Outer'));
    expect(of(many(20, 50))).not.toThrow();
    expect(of(many(4, 255))).not.toThrow();
    expect(of(many(21, 2))).toThrow(
      'streams must be at most 20, got: 21; CloudWatch bills each as a custom metric: name',
    );
    expect(of([...many(4, 204), 's'.repeat(204)])).not.toThrow();
    expect(of([...many(4, 204), 's'.repeat(205)])).toThrow(
      'must be at most 1024 characters together, got: 1025; they are a variable',
    );
    expect(of(many(1, 256))).toThrow('streams must be names of 1 to 255 of the characters');
  });
});

test.each([
  [
    'streams',
    { streams: ['other'] },
    'streams must be names of 1 to 255 of the characters A-Z a-z 0-9 _ - and not "other"',
  ],
  ['streams', { streams: ['a,b'] }, 'got: a,b; write them as requests do'],
  ['streams', { streams: ['a', 'a'] }, 'streams must be different, got: a, a; name each once'],
  ['senders', { senders: ['*'] }, 'senders must be addresses or domains, got: *; write pat@ledger.example'],
  [
    'configurationSets',
    { configurationSets: ['mine', 'mine'] },
    'configurationSets must be different, got: mine, mine',
  ],
])('refuses wrong %s with value and remedy', (_what, props, message) => {
  expect(() => suppressor(props, new Stack(testApp(), 'Outer'))).toThrow(message);
});

test('reads addresses and domains as senders, and refuses what would mean more to IAM', () => {
  expect(
    ['pat@a.example', 'a.example', '@a.example', '*@a.example', "o'hara+x@a.example"].filter(isSender),
  ).toHaveLength(5);
  const wrong = [
    '',
    '*',
    '*@*',
    '*.example',
    'p*t@a.example',
    'p?t@a.example',
    '$x@a.example',
    '@@a.example',
    'a b@c.example',
  ];
  expect(wrong.filter(isSender)).toEqual([]);
  expect(
    ['münchen.example', 'localhost', '-a.example', 'a..example', `${'a'.repeat(64)}.example`].filter(isIdentity),
  ).toEqual([]);
});

test('allows a local part as written and in lower case, with the domain in lower case as requests have it', () => {
  expect(fromPatterns(['Pat@A.example', 'a.example', '*@a.example', '@B.example'])).toEqual([
    'Pat@a.example',
    'pat@a.example',
    '*@a.example',
    '*@b.example',
  ]);
});

test('takes identities as SES lists them, their domain in lower case, and senders in any', () => {
  expect(['Ledger.example', 'pat@Ledger.example', 'Pat@ledger.example'].map(isIdentity)).toEqual([false, false, true]);
  expect(['Ledger.example', 'pat@Ledger.example'].map(isSender)).toEqual([true, true]);
});
