/**
 * Keys of the stack's outputs: how the command line finds a deployment by its stack name. Renaming one breaks every
 * command line that is older than the stack, so they stay.
 */
export const Output = {
  /** Region the stack lives in; SES, its identities and its lists are all per region. */
  REGION: 'SesRegion',
  /** Name of the suppression table. */
  TABLE_NAME: 'TableName',
  /** The setting that lets a later deployment go on with this table. */
  KEEP_TABLE: 'KeepTable',
  /** ARN of the topic that SES publishes feedback to. */
  TOPIC_ARN: 'TopicArn',
  /** URL of the queue between topic and feedback function; absent with direct delivery. */
  FEEDBACK_QUEUE_URL: 'FeedbackQueueUrl',
  /** URL of the queue that holds feedback nobody could apply. */
  DEAD_LETTER_QUEUE_URL: 'DeadLetterQueueUrl',
  /** URL of the queue that holds what the topic could not deliver. */
  UNDELIVERED_QUEUE_URL: 'UndeliveredQueueUrl',
  /** Name of the function that reads feedback. */
  FEEDBACK_FUNCTION_NAME: 'FeedbackFunctionName',
  /** Name of the function that checks the list and sends. */
  SEND_FUNCTION_NAME: 'SendFunctionName',
  /** URL of the queue that holds asynchronous sends that failed. */
  FAILED_SENDS_QUEUE_URL: 'FailedSendsQueueUrl',
  /** Name of the configuration set that a send uses by default. */
  CONFIGURATION_SET_NAME: 'ConfigurationSetName',
  /** URL of the queue that takes send requests; absent without a send queue. */
  SEND_QUEUE_URL: 'SendQueueUrl',
  /** ARN of the same queue: to name it as the destination when dead letters are moved back. */
  SEND_QUEUE_ARN: 'SendQueueArn',
  /** URL of the queue that holds queued requests nobody can send. */
  SEND_DEAD_LETTER_QUEUE_URL: 'SendDeadLetterQueueUrl',
  /** ARN of the same queue: to name it as the source when dead letters are moved back. */
  SEND_DEAD_LETTER_QUEUE_ARN: 'SendDeadLetterQueueArn',
  /** Name of the table that remembers sends for 30 days. */
  MESSAGES_TABLE_NAME: 'MessagesTableName',
  /** Address that unsubscribe links lead to; absent without one-click unsubscribe. */
  UNSUBSCRIBE_URL: 'UnsubscribeUrl',
  /** The policy as JSON, as it was written; absent if that is longer than 1024 characters. */
  POLICY: 'Policy',
  /** ARN of the topic that alarms go to. */
  ALARM_TOPIC_ARN: 'AlarmTopicArn',
  /** Name of the CloudWatch dashboard. */
  DASHBOARD_NAME: 'DashboardName',
  /** Name of the function that pauses sending. */
  BREAKER_FUNCTION_NAME: 'BreakerFunctionName',
  /** Identities whose notifications feed the list, separated by blanks; absent without any. */
  IDENTITIES: 'WiredIdentities',
  /** Every configuration set this stack has wired, separated by blanks; the default one first. */
  CONFIGURATION_SETS: 'ConfigurationSets',
  /** Streams whose recipients are counted, each for itself, separated by blanks; absent without any. */
  STREAMS: 'Streams',
  /** The setting by which a stack in another Region finds this one; absent without `regions`. */
  HOME_SETTING: 'HomeSetting',
  /** In a stack of another Region: where its list is written. */
  HOME_REGION: 'HomeRegion',
  /** In a stack of another Region: URL of the queue there that its feedback goes to. */
  HOME_FEEDBACK_QUEUE_URL: 'HomeFeedbackQueueUrl',
  /** From addresses the send function may use, as patterns. */
  SENDERS: 'Senders',
} as const;
