/**
 * Names of the environment variables that the stack sets and the functions read. A grant method of a construct sets
 * the variable and the permission together, so the two cannot drift apart.
 */
export const Env = {
  /** Name of the suppression table. */
  TABLE: 'SUPPRESSOR_TABLE',
  /** The policy as JSON, in the shape of `policySchema`; absent means every default. */
  POLICY: 'SUPPRESSOR_POLICY',
  /** URL of the queue that takes the messages nobody can read. */
  DEAD_LETTER_QUEUE: 'SUPPRESSOR_DEAD_LETTER_QUEUE',
  /** Key of the hash that stands for an address in logs. */
  LOG_KEY: 'SUPPRESSOR_LOG_KEY',
  /** The configuration set a send uses when the request names none. */
  CONFIGURATION_SET: 'SUPPRESSOR_CONFIGURATION_SET',
  /** Comma-separated configuration sets this stack has wired: the only ones a request may name. */
  CONFIGURATION_SETS: 'SUPPRESSOR_CONFIGURATION_SETS',
  /** Comma-separated streams whose recipients are counted, each for itself; absent: none is. */
  STREAMS: 'SUPPRESSOR_STREAMS',
  /** ARN of the topic that the wiring function gives to identities. */
  TOPIC_ARN: 'SUPPRESSOR_TOPIC_ARN',
  /** Name of the table that remembers sends for 30 days; absent: nothing is remembered, and keys are refused. */
  MESSAGES_TABLE: 'SUPPRESSOR_MESSAGES_TABLE',
  /** `off` if requests may not use an `idempotencyKey`; absent: they may. */
  IDEMPOTENCY: 'SUPPRESSOR_IDEMPOTENCY',
  /** URL of the queue that the queue function reads, to give messages back for later. */
  SEND_QUEUE: 'SUPPRESSOR_SEND_QUEUE',
  /** URL of the queue that takes queued requests nobody can send. */
  SEND_DEAD_LETTER_QUEUE: 'SUPPRESSOR_SEND_DEAD_LETTER_QUEUE',
  /** Address of the function that takes unsubscribes; absent: `unsubscribe` is refused. */
  UNSUBSCRIBE_URL: 'SUPPRESSOR_UNSUBSCRIBE_URL',
  /** ARN of the secret whose keys sign unsubscribe links. */
  UNSUBSCRIBE_SECRET: 'SUPPRESSOR_UNSUBSCRIBE_SECRET',
  /** ARN of the topic that alarms go to, for a function that has something to say there. */
  ALARM_TOPIC: 'SUPPRESSOR_ALARM_TOPIC',
  /** When the circuit breaker pauses sending, as JSON in the shape of `BreakerSettings`. */
  BREAKER: 'SUPPRESSOR_BREAKER',
  /** By which the command line finds this deployment, as in `--stack Suppressor`: for remedies in notices. */
  COMMAND_OPTIONS: 'SUPPRESSOR_COMMAND_OPTIONS',
} as const;
