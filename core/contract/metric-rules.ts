import type { Metric, MetricName } from './metrics.ts';

/** Rows of the decision table. */
export const DECISION_RULES = [
  'not-bounced',
  'not-spam',
  'listed-complaint',
  'tenant-listed',
  'complaint',
  'unsubscribed',
  'listed-account',
  'listed-global',
  'unlikely-address',
  'delayed-recipient',
  'hard-bounce',
  'message-fault',
  'dead-address',
  'dead-domain',
  'auto-reply',
  'soft-bounce',
  'opted-in',
  'delivered',
  'other',
] as const;

/** What decided: a row of the table, or that the event was about somebody the mail did not go to. */
export type DecisionRule = (typeof DECISION_RULES)[number] | 'foreign-recipient';

/** Types of message that SES and SNS document. */
export const MESSAGE_TYPES = [
  'Bounce',
  'Complaint',
  'Delivery',
  'DeliveryDelay',
  'Subscription',
  'Send',
  'Reject',
  'Open',
  'Click',
  'Rendering Failure',
  'Received',
  'AmazonSnsSubscriptionSucceeded',
  'SetUp',
  'SubscriptionConfirmation',
  'UnsubscribeConfirmation',
] as const;

/** Metrics whose rules are known here: of the others, the configuration of a deployment names them. */
export type ClosedMetricName = Exclude<MetricName, typeof Metric.STREAM_RECIPIENTS>;

/**
 * Every value the dimension of a metric can have, but for streams, which the configuration closes. The sets are closed, because CloudWatch bills each pair that occurs as
 * a custom metric, and because an alarm on a value that nobody emits would be silent for ever. Pure, so that bundles of
 * functions that need only the types leave it out.
 */
export const METRIC_RULES = /* @__PURE__ */ (() =>
  ({
    Feedback: [...DECISION_RULES, 'foreign-recipient', 'unusable-address'],
    SimulatorFeedback: DECISION_RULES,
    Messages: [...MESSAGE_TYPES, 'unknown', 'malformed', 'given-back'],
    Recipients: ['sent', 'suppressed', 'refused'],
    ListUnavailable: ['refused', 'sent'],
    SendFailed: [
      'InvalidRequest',
      'TooLarge',
      'RecipientsSuppressed',
      'SenderNotVerified',
      'RecipientNotVerified',
      'SenderNotAllowed',
      'SendingPaused',
      'ConfigurationSetNotFound',
      'TemplateNotFound',
      'RateExceeded',
      'QuotaExceeded',
      'ListUnavailable',
      'SesUnreachable',
      'UnsubscribeUnavailable',
      'MessageRejected',
      'InProgress',
      'IdempotencyKeyReused',
      'OutcomeUnknown',
    ],
    Sends: ['settled', 'stuck'],
    Waiting: ['rate', 'quota', 'paused', 'fault'],
    Unsubscribe: ['unsubscribed', 'already', 'asked', 'bad-link', 'bad-request', 'bad-method', 'unavailable'],
    IdentityUnwired: ['rewired', 'taken', 'failed'],
    Breaker: ['tripped', 'below-minimum'],
  }) as const satisfies Readonly<Record<ClosedMetricName, readonly string[]>>)();

/** A value the dimension of this metric can have: of streams one that the configuration names, or `OTHER_STREAM`. */
export type MetricRule<M extends MetricName> = {
  readonly [N in MetricName]: N extends ClosedMetricName ? (typeof METRIC_RULES)[N][number] : string;
}[M];

/**
 * What rates are made of, in rules of the metric `Feedback`. SES counts hard bounces, and what it withheld because of its
 * global list; dead addresses are such that it called transient.
 */
export const RATE_RULES = {
  bounces: ['hard-bounce', 'dead-address', 'listed-global'],
  complaints: ['complaint'],
  delivered: ['delivered'],
} as const satisfies Readonly<Record<string, readonly DecisionRule[]>>;
