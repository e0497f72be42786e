/** What a stack of one's own can be built from. */
export { AlarmTopic, type AlarmTopicProps } from './alarm-topic.ts';
export { Alarms, type AlarmsProps } from './alarms.ts';
export { BUNDLES_CONTEXT } from './bundles.ts';
export { CircuitBreaker, type CircuitBreakerLimits, type CircuitBreakerProps } from './circuit-breaker.ts';
export {
  CONFIGURATION_CONTEXT,
  type Configuration,
  ConfigurationSchema,
  type ContextSource,
  readConfiguration,
} from './configuration.ts';
export { SuppressorDashboard, type SuppressorDashboardProps } from './dashboard.ts';
export { DEPLOYMENT_CONTEXT } from './deployment-id.ts';
export type { DnsRecord } from './dns-record.ts';
export { FailureQueue, OnFailure } from './failure-queue.ts';
export { FeedbackIntake, type FeedbackIntakeProps } from './feedback-intake.ts';
export { FeedbackPipeline, type FeedbackPipelineProps } from './feedback-pipeline.ts';
export { FeedbackTopic } from './feedback-topic.ts';
export type { WatchedFunctions } from './function-alarms.ts';
export { GuardedSender, type GuardedSenderProps } from './guarded-sender.ts';
export type { Home } from './home.ts';
export { IdentityWiring, type IdentityWiringProps } from './identity-wiring.ts';
export { MessagesTable } from './messages-table.ts';
export { OneClickUnsubscribe, type OneClickUnsubscribeProps } from './one-click-unsubscribe.ts';
export { RegionFeedback, type RegionFeedbackProps } from './region-feedback.ts';
export { SuppressorRegionStack, type SuppressorRegionStackProps } from './region-stack.ts';
export { SES_REGIONS, SES_REGIONS_AS_OF } from './regions.ts';
export { SendQueue, type SendQueueProps } from './send-queue.ts';
export {
  type Dmarc,
  SendingDomain,
  type SendingDomainProps,
  type SendingDomainSettings,
  type Zone,
} from './sending-domain.ts';
export type { SendingOptions } from './sending-options.ts';
export { SendingParts } from './sending-parts.ts';
export { type AdoptedTable, SuppressionTable, type SuppressionTableProps } from './suppression-table.ts';
export { type SuppressorOptions, SuppressorStack, type SuppressorStackProps } from './suppressor-stack.ts';
export { type LinkSource, UnsubscribeLinks } from './unsubscribe-links.ts';
