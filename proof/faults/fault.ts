/**
 * What can go wrong with one request to AWS. `before`: the request never arrives, or is refused; `after`: what it asked for
 * has happened, and the answer is lost. A time-out is told at once, because the wait itself proves nothing.
 */
export const FAULT_KINDS = [
  /** Refused by rate: 400 with the throttling error of the service. */
  'throttle',
  /** 500, and nothing happened. */
  'internal',
  /** 500, and it happened all the same. */
  'internal-after',
  'timeout-before',
  'timeout-after',
  /** The connection is cut, as a server that goes away does it. */
  'cut-before',
  'cut-after',
  /** No connection was opened. */
  'refused',
  /** 200 without a body; it happened. SES alone. */
  'empty-after',
  /** The answer takes its time. */
  'slow',
  /** A batch call leaves some of its keys or items unprocessed. DynamoDB's batch calls alone. */
  'unprocessed',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** How often each kind strikes: a share of all requests, from 0 to 1; together at most 1. A kind left out never does. */
export type FaultRates = { readonly [kind in FaultKind]?: number };

export type Service = 'dynamodb' | 'sqs' | 'ses';

const OF_DYNAMODB: readonly FaultKind[] = FAULT_KINDS.filter((kind) => kind !== 'empty-after');
const OF_SQS: readonly FaultKind[] = OF_DYNAMODB.filter((kind) => kind !== 'unprocessed');
const OF_SES: readonly FaultKind[] = FAULT_KINDS.filter((kind) => kind !== 'unprocessed');

const KINDS_OF: Readonly<Record<Service, readonly FaultKind[]>> = {
  dynamodb: OF_DYNAMODB,
  sqs: OF_SQS,
  ses: OF_SES,
};

/**
 * Rates by which this share of a service's requests meets a fault, each kind as often as another.
 *
 * @example evenly('dynamodb', 0.05).throttle // 0.005
 */
export const evenly = (service: Service, share: number): FaultRates => {
  const kinds = KINDS_OF[service];
  return Object.fromEntries(kinds.map((kind) => [kind, share / kinds.length]));
};
