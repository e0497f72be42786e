/** All that infrastructure and runtime share; imports nothing else of core. */
export { type BreakerSettings, DEFAULT_BREAKER } from './breaker.ts';
export { Env } from './environment.ts';
export { KEY_TAG, MESSAGES_DAYS, MessagesTable, STREAM_TAG, TAG_TEXT } from './messages.ts';
export {
  type ClosedMetricName,
  DECISION_RULES,
  type DecisionRule,
  MESSAGE_TYPES,
  METRIC_RULES,
  type MetricRule,
  RATE_RULES,
} from './metric-rules.ts';
export { METRIC_DIMENSION, METRIC_NAMESPACE, Metric, type MetricName } from './metrics.ts';
export { Output } from './outputs.ts';
export { DEFAULT_POLICY, type Policy, type PolicyInput } from './policy.ts';
export { policySchema } from './policy-schema.ts';
export { SES_LINES } from './ses-lines.ts';
export { MOST_STREAM_CHARACTERS, MOST_STREAMS, OTHER_STREAM } from './streams.ts';
export { Attribute, EVERYWHERE, RecentIndex } from './table.ts';
export {
  type IdentityTopicProperties,
  NOTIFICATION_TYPES,
  type NotificationType,
  REASSERT,
  type ReassertEvent,
  type TableCheckProperties,
  WIRING_MEMORY_KEY,
  WIRING_MEMORY_TABLE,
  WiringResource,
  wireId,
} from './wiring.ts';
