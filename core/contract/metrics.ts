/** CloudWatch namespace of every metric this project emits. */
export const METRIC_NAMESPACE = 'SesSuppressor';

/** The one dimension: what happened, as a rule of the decision table, an outcome word or a stream. */
export const METRIC_DIMENSION = 'rule';

/** Metric names; every one is a count unless its name says otherwise. */
export const Metric = {
  /** Decisions by rule, simulator mail excluded. */
  FEEDBACK: 'Feedback',
  /** Decisions about mailbox-simulator addresses, by rule. */
  SIMULATOR: 'SimulatorFeedback',
  /**
   * Messages that were not about a recipient, by SES's type; those nobody can read (`malformed`), and those whose
   * feedback could not be written yet, each time they come back (`given-back`).
   */
  MESSAGES: 'Messages',
  /** Recipients of send requests, by what became of them: `sent`, `suppressed`, `refused`. */
  RECIPIENTS: 'Recipients',
  /**
   * Recipients that were sent to, by stream, where the configuration names streams: each of these, and `other` for the rest.
   * Requests may name any stream, and every value that occurs is a custom metric more: the configuration keeps them few.
   */
  STREAM_RECIPIENTS: 'StreamRecipients',
  /** Checks that could not read the list, by what was done: `refused` (fail closed) or `sent` (fail open). */
  LIST_UNAVAILABLE: 'ListUnavailable',
  /** Send requests that failed, by error code. */
  SEND_FAILED: 'SendFailed',
  /** Sends of unknown outcome that feedback settled (`settled`), and records that none can (`stuck`). */
  SENDS: 'Sends',
  /** Queued requests that wait, by why: `rate`, `quota`, `paused`, `fault`. */
  WAITING: 'Waiting',
  /** What the unsubscribe address was asked, by what came of it. */
  UNSUBSCRIBE: 'Unsubscribe',
  /** Identity topics that SES had un-wired and the schedule set again. */
  IDENTITY_UNWIRED: 'IdentityUnwired',
  /** Runs of the circuit breaker that paused sending, or saw a rate at its line made by too little mail. */
  BREAKER: 'Breaker',
} as const;

/** A metric name of the contract. */
export type MetricName = (typeof Metric)[keyof typeof Metric];
