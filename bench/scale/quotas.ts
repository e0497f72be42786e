/** A number of AWS's, and where it stands. */
export interface Quota {
  readonly value: number;
  readonly unit: string;
  /** Page of AWS's documentation. */
  readonly source: string;
  readonly url: string;
  /** When it was looked up, `yyyy-mm-dd`, or `yyyy-mm` where only the month is known. */
  readonly lookedUp: string;
  /** False: no page that says so could be read; what hangs on it is told in docs/scale.md. */
  readonly confirmed: boolean;
  /** Whether AWS raises it on request. */
  readonly raised: boolean;
}

type Page = Pick<Quota, 'source' | 'url' | 'lookedUp'>;
const DOCS = 'https://docs.aws.amazon.com';
const page = (source: string, url: string, lookedUp = '2026-11-24'): Page => ({ source, url, lookedUp });

const LAMBDA_SCALING = page('Lambda: Lambda scaling behavior', `${DOCS}/lambda/latest/dg/scaling-behavior.html`);
const LAMBDA_QUOTAS = page('Lambda: Lambda quotas', `${DOCS}/lambda/latest/dg/gettingstarted-limits.html`);
const OPERATORS = page(
  'AWS Lambda Operator Guide: Scaling and concurrency in Lambda',
  'https://serverlessland.com/content/service/lambda/guides/aws-lambda-operator-guide/scaling-concurrency',
);
const LAMBDA_SQS = page(
  'Lambda: Configuring scaling behavior for SQS event source mappings',
  `${DOCS}/lambda/latest/dg/services-sqs-scaling.html`,
);
const SQS = page(
  'SQS: Amazon SQS standard queue quotas',
  `${DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html`,
);
const SNS = page(
  'AWS General Reference: Amazon SNS endpoints and quotas',
  `${DOCS}/general/latest/gr/sns.html`,
  '2026-08',
);
const ON_DEMAND = page(
  'DynamoDB: DynamoDB on-demand capacity mode',
  `${DOCS}/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html`,
);
const TABLE = page(
  'DynamoDB: DynamoDB maximum throughput for on-demand tables',
  `${DOCS}/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html`,
);
const PARTITION = page(
  'DynamoDB: Best practices for designing and using partition keys effectively',
  `${DOCS}/amazondynamodb/latest/developerguide/bp-partition-key-design.html`,
);
const SES = page('SES: Service quotas in Amazon SES', `${DOCS}/ses/latest/dg/quotas.html`, '2026-08');
const SES_BLOG = page(
  'AWS Messaging & Targeting Blog: All about SES daily quota',
  'http://sesblog.amazon.com/post/Tx3AQFZ35B7HAV0/All-about-SES-daily-quota',
);
const KMS = page('KMS: Request quotas', `${DOCS}/kms/latest/developerguide/requests-per-second.html`);

const quota = (value: number, unit: string, from: Page, more: Partial<Quota> = {}): Quota => ({
  value,
  unit,
  ...from,
  confirmed: true,
  raised: true,
  ...more,
});

/** What AWS allows by default, in us-east-1 where Regions differ. */
export const QUOTAS = {
  sesRate: quota(14, 'recipients a second in a new production account', SES, { confirmed: false }),
  sesDay: quota(50_000, 'recipients in 24 hours in a new production account', SES_BLOG),
  lambdaConcurrency: quota(
    1000,
    'invocations at a time, all functions of account and Region; a new account starts with fewer',
    OPERATORS,
  ),
  lambdaRequests: quota(10, 'invocations a second for each of the concurrency', LAMBDA_QUOTAS, {
    confirmed: false,
    raised: false,
  }),
  lambdaScaling: quota(1000, 'more environments of a function every 10 seconds', LAMBDA_SCALING, { raised: false }),
  pollersAtFirst: quota(5, 'batches of a queue at a time when messages appear', LAMBDA_SQS, { raised: false }),
  pollersAMinute: quota(300, 'more of them a minute', LAMBDA_SQS, { raised: false }),
  pollers: quota(1250, 'batches of a queue at a time; an older copy of the page says 1,000', LAMBDA_SQS, {
    lookedUp: '2026-08',
    raised: false,
  }),
  inFlight: quota(120_000, 'messages of a queue received and not yet deleted, about', SQS),
  snsPublish: quota(30_000, 'messages published a second in us-east-1', SNS),
  readsAtFirst: quota(12_000, 'read units a second of a new on-demand table', ON_DEMAND, { raised: false }),
  writesAtFirst: quota(4000, 'write units a second of a new on-demand table, and of its index', ON_DEMAND, {
    raised: false,
  }),
  growth: quota(2, 'times the highest load so far, at once', ON_DEMAND, { raised: false }),
  tableReads: quota(40_000, 'read units a second of a table', TABLE),
  tableWrites: quota(40_000, 'write units a second of a table', TABLE),
  partitionReads: quota(3000, 'read units a second of one partition', PARTITION, { raised: false }),
  partitionWrites: quota(1000, 'write units a second of one partition, of a table or an index', PARTITION, {
    raised: false,
  }),
  kms: quota(10_000, 'cryptographic operations a second; more in large Regions', KMS, { confirmed: false }),
} as const satisfies Record<string, Quota>;

/** What SNS takes a second, by Region: the one quota here that differs a hundredfold. */
export const SNS_PUBLISH: readonly { readonly regions: string; readonly messages: number }[] = [
  { regions: 'us-east-1', messages: QUOTAS.snsPublish.value },
  { regions: 'us-west-2, eu-west-1', messages: 9000 },
  { regions: 'nine others of the large ones', messages: 1500 },
  { regions: 'all others', messages: 300 },
];
