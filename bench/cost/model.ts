import { ASSUMPTIONS as A } from './assumptions.ts';
import { PRICES, type Price } from './prices.ts';

/** What is sent in a month, and how the stack is set. */
export interface Usage {
  /** Mails of one recipient. */
  readonly mails: number;
  /** Share of them that goes through the send queue. */
  readonly queued: number;
  /** Share of them with an idempotency key; what is queued always has one. */
  readonly keyed: number;
  /** Share of them in a stream: two entries are read. */
  readonly inStream: number;
  readonly deliveries: boolean;
  readonly queue: boolean;
  readonly unsubscribe: boolean;
  readonly alarms: number;
  readonly dashboard: boolean;
  readonly circuitBreaker: boolean;
  /** Customer-managed keys. */
  readonly keys: number;
  /** Custom metrics: each metric and rule that occurred in the month. */
  readonly metrics: number;
}

/** A part of the bill. */
export interface Cost {
  readonly part: 'ses' | 'sending' | 'feedback' | 'list' | 'standing';
  readonly what: string;
  readonly units: number;
  readonly price: Price;
  readonly dollars: number;
}

const GB = 1024 ** 3;

const cost = (part: Cost['part'], what: string, units: number, price: Price): Cost => ({
  part,
  what,
  units,
  price,
  dollars: units * price.dollars,
});

/** Mails with a key: a month of their records is what is kept. */
const keyedMails = ({ mails, queued, keyed }: Usage): number => mails * (queued + (1 - queued) * keyed);

/** Invoked mails cost an invocation each; queued ones share one in ten, and three requests of SQS in batches of ten. */
const sending = ({ mails, queued, keyed, inStream }: Usage): Cost[] => {
  const direct = mails * (1 - queued);
  const inQueue = mails * queued;
  const withKey = inQueue + direct * keyed;
  return [
    cost('sending', 'list checks', mails * (1 + inStream), PRICES.dynamoDbRead),
    cost('sending', 'send function, invocations', direct, PRICES.lambdaRequest),
    cost('sending', 'send function, time', direct * A.sendSeconds * A.sendGb, PRICES.lambdaGbSecond),
    cost('sending', 'queue function, invocations', inQueue / A.queueBatch, PRICES.lambdaRequest),
    cost('sending', 'queue function, time', inQueue * A.sendSeconds * A.queueGb, PRICES.lambdaGbSecond),
    cost(
      'sending',
      'send queue: put one by one, taken ten at a time',
      inQueue * (1 + 2 / A.queueBatch),
      PRICES.sqsRequest,
    ),
    cost('sending', 'keys: reads of the record', withKey, PRICES.dynamoDbRead),
    cost('sending', 'keys: taken, answered', withKey * 2, PRICES.dynamoDbWrite),
    cost('sending', 'logs', (mails * A.sendLogBytes) / GB, PRICES.logsGb),
  ];
};

/** A mail is delivered or bounces, and may be complained about; without deliveries SES reports what it accepted, if keys are used. */
const feedback = (usage: Usage): Cost[] => {
  const { mails, keyed, queued, deliveries } = usage;
  const bad = mails * (A.bounceShare + A.complaintShare);
  const accepted = keyed > 0 || queued > 0;
  const events = deliveries ? mails * (1 + A.complaintShare) : bad + (accepted ? mails : 0);
  const invocations = events / A.feedbackBatch;
  const settled = keyedMails(usage);
  return [
    cost('feedback', 'topic', events, PRICES.snsPublish),
    cost('feedback', 'queue: put, taken, deleted', events * (1 + 2 / A.feedbackBatch), PRICES.sqsRequest),
    cost('feedback', 'function, invocations', invocations, PRICES.lambdaRequest),
    cost('feedback', 'function, time', invocations * A.feedbackSeconds * A.feedbackGb, PRICES.lambdaGbSecond),
    cost('feedback', 'entries read', events, PRICES.dynamoDbRead),
    cost('feedback', 'entries written, and their index', bad * 2, PRICES.dynamoDbWrite),
    cost('feedback', 'records of keys read', settled, PRICES.dynamoDbRead),
    cost('feedback', 'logs', (invocations * A.feedbackLogBytes) / GB, PRICES.logsGb),
  ];
};

const standing = ({ queue, unsubscribe, alarms, dashboard, circuitBreaker, keys, metrics }: Usage): Cost[] => [
  cost('standing', 'customer-managed keys', keys, PRICES.key),
  cost('standing', 'polling of queues', A.idlePolls * (queue ? 2 : 1), PRICES.sqsRequest),
  cost('standing', 'alarms', alarms, PRICES.alarm),
  cost('standing', 'custom metrics', metrics, PRICES.metric),
  cost('standing', 'dashboard', dashboard ? 1 : 0, PRICES.dashboard),
  cost(
    'standing',
    'circuit breaker: metrics read',
    circuitBreaker ? A.breakerRuns * A.breakerReads : 0,
    PRICES.metricRead,
  ),
  cost(
    'standing',
    'circuit breaker: function',
    circuitBreaker ? A.breakerRuns * A.breakerSeconds * A.feedbackGb : 0,
    PRICES.lambdaGbSecond,
  ),
  cost('standing', 'secret of unsubscribe links', unsubscribe ? 1 : 0, PRICES.secret),
];

/**
 * The bill of a month, free tiers left out.
 *
 * @throws RangeError for a share outside of 0 to 1, or a count below 0
 * @example total(bill({ ...DEFAULT_USAGE, mails: 1_000_000 }), 'feedback')
 */
export const bill = (usage: Usage): Cost[] => {
  for (const share of ['queued', 'keyed', 'inStream'] as const)
    if (!(usage[share] >= 0 && usage[share] <= 1))
      throw new RangeError(`${share} is a share of 0 to 1, got: ${usage[share]}`);
  for (const count of ['mails', 'alarms', 'keys', 'metrics'] as const)
    if (!(usage[count] >= 0)) throw new RangeError(`${count} is a number from 0, got: ${usage[count]}`);
  const { mails } = usage;
  return [
    cost('ses', 'mails', mails, PRICES.sesMail),
    ...sending(usage),
    ...feedback(usage),
    cost('list', 'storage', (mails * A.entryShare * A.entryBytes) / GB, PRICES.dynamoDbStorage),
    cost('list', 'records of keys, for 30 days', (keyedMails(usage) * A.recordBytes) / GB, PRICES.dynamoDbRecords),
    ...standing(usage),
  ].filter(({ units }) => units > 0);
};

/** The sum of a bill, or of one part of it. */
export const total = (costs: readonly Cost[], part?: Cost['part']): number =>
  costs.reduce((sum, each) => (part === undefined || each.part === part ? sum + each.dollars : sum), 0);
