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
  /** ARN of the topic that the wiring function gives to identities. */
  TOPIC_ARN: 'SUPPRESSOR_TOPIC_ARN',
} as const;
