import { ASSUMPTIONS } from '../cost/assumptions.ts';
import { bill, type Cost, total } from '../cost/model.ts';
import { PRICES, type Price } from '../cost/prices.ts';
import { DEFAULT_USAGE, WAYS } from '../cost/usage.ts';
import { ASSUMED, feedbackSeconds, PEAK } from './assumptions.ts';

/** Mails of one recipient a day. */
export const SIZES = [1_000_000, 10_000_000, 100_000_000, 1_000_000_000] as const;

/** How mails are sent, by the names of the cost page. */
export const SENT = WAYS.slice(0, 3).map(({ name }) => name);

const DAYS = 30;
const SECONDS_A_DAY = 86_400;

/** One part of what a day takes. */
export interface Demand {
  readonly what: string;
  readonly unit: string;
  /** In a day. */
  readonly aDay: number;
  /** A second, on average and in the busiest hour. */
  readonly average: number;
  readonly peak: number;
}

/** @throws RangeError for a way that the cost page does not know */
const usageOf = (way: string, mails: number) => {
  const found = WAYS.find(({ name }) => name === way);
  if (found === undefined) throw new RangeError(`a way to send is one of ${SENT.join(', ')}, got: ${way}`);
  return { ...DEFAULT_USAGE, ...found.usage, mails };
};

const billOf = (way: string, mails: number): Cost[] => bill(usageOf(way, mails));

/** What the lines of a bill are requests of. */
const REQUESTS: readonly { readonly what: string; readonly unit: string; readonly price: Price }[] = [
  { what: 'SES: mails', unit: 'mails', price: PRICES.sesMail },
  { what: 'Lambda: invocations', unit: 'invocations', price: PRICES.lambdaRequest },
  { what: 'SNS: messages published', unit: 'messages', price: PRICES.snsPublish },
  { what: 'SQS: requests', unit: 'requests', price: PRICES.sqsRequest },
  { what: 'DynamoDB: reads, both tables', unit: 'units', price: PRICES.dynamoDbRead },
  { what: 'DynamoDB: writes, both tables and the index', unit: 'units', price: PRICES.dynamoDbWrite },
  { what: 'CloudWatch: logs', unit: 'GB', price: PRICES.logsGb },
];

/** What a day takes, by the units of the cost model. */
export const demands = (way: string, mailsADay: number): Demand[] => {
  const costs = billOf(way, mailsADay);
  return REQUESTS.map(({ what, unit, price }) => {
    const here = costs.filter((cost) => cost.part !== 'standing' && cost.price === price);
    const aDay = here.reduce((sum, { units }) => sum + units, 0);
    return { what, unit, aDay, average: aDay / SECONDS_A_DAY, peak: (aDay / SECONDS_A_DAY) * PEAK };
  });
};

/** Dollars a day and a month, part by part. */
export interface Bill {
  readonly part: string;
  readonly aDay: number;
  readonly aMonth: number;
}

const PARTS: readonly { readonly part: string; readonly of: Cost['part'] }[] = [
  { part: 'SES itself', of: 'ses' },
  { part: 'sending', of: 'sending' },
  { part: 'feedback', of: 'feedback' },
  { part: 'what is stored', of: 'list' },
  { part: 'standing', of: 'standing' },
];

/** What a size costs. */
export const dollars = (way: string, mailsADay: number): Bill[] => {
  const costs = billOf(way, mailsADay * DAYS);
  const parts = PARTS.map(({ part, of }) => ({ part, aMonth: total(costs, of) }));
  const beside = total(costs) - total(costs, 'ses');
  return [...parts, { part: 'all beside SES', aMonth: beside }].map(({ part, aMonth }) => ({
    part,
    aDay: aMonth / DAYS,
    aMonth,
  }));
};

/** Invocations at a time, by Little's law: a second's arrivals times the seconds each takes. */
export interface Concurrency {
  readonly send: number;
  readonly feedback: number;
}

/**
 * Invocations at a time where mails are sent by invoking the send function. Feedback comes in the small batches of the cost
 * model, the careful side: full ones take a fifth.
 *
 * @param mailsASecond - on average, or in the busiest hour
 */
export const concurrency = (mailsASecond: number): Concurrency => {
  const { feedbackBatch, bounceShare, complaintShare, sendSeconds } = ASSUMPTIONS;
  const changing = (bounceShare + complaintShare) / (1 + complaintShare);
  const invocations = (mailsASecond * (1 + complaintShare)) / feedbackBatch;
  return {
    send: mailsASecond * sendSeconds,
    feedback: invocations * feedbackSeconds(feedbackBatch, feedbackBatch * changing),
  };
};

/** Invocations of the send function at a time while the table never answers: each waits to the end of its tries. */
export const silentConcurrency = (mailsASecond: number): number => mailsASecond * ASSUMED.silentSeconds;
