/** What a stack of one's own can be built from. */
export { BUNDLES_CONTEXT } from './bundles.ts';
export {
  CONFIGURATION_CONTEXT,
  type Configuration,
  ConfigurationSchema,
  type ContextSource,
  readConfiguration,
} from './configuration.ts';
export { DEPLOYMENT_CONTEXT } from './deployment-id.ts';
export { FailureQueue, OnFailure } from './failure-queue.ts';
export { FeedbackPipeline, type FeedbackPipelineProps } from './feedback-pipeline.ts';
export { FeedbackTopic } from './feedback-topic.ts';
export { GuardedSender, type GuardedSenderProps } from './guarded-sender.ts';
export { IdentityWiring, type IdentityWiringProps } from './identity-wiring.ts';
export { MessagesTable } from './messages-table.ts';
export { OneClickUnsubscribe, type OneClickUnsubscribeProps } from './one-click-unsubscribe.ts';
export { SES_REGIONS, SES_REGIONS_AS_OF } from './regions.ts';
export { SendQueue, type SendQueueProps } from './send-queue.ts';
export { type AdoptedTable, SuppressionTable, type SuppressionTableProps } from './suppression-table.ts';
export { type SuppressorOptions, SuppressorStack, type SuppressorStackProps } from './suppressor-stack.ts';
