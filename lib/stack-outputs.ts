import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Output } from '../core/contract/index.ts';
import type { FeedbackPipeline } from './feedback-pipeline.ts';
import type { GuardedSender } from './guarded-sender.ts';
import type { SuppressionTable } from './suppression-table.ts';

/** The parts that the outputs tell of. */
export interface StackParts {
  readonly suppressions: SuppressionTable;
  readonly feedback: FeedbackPipeline;
  readonly sender: GuardedSender;
}

const NO_SENDERS = 'none: add "senders" (addresses or @domains) to the configuration to let the send function send';

/** Writes what the command line and a person need to find everything: see `Output` for each key. */
export const writeOutputs = (scope: Construct, { suppressions, feedback, sender }: StackParts): void => {
  const write = (key: string, value: string, description: string) => new CfnOutput(scope, key, { value, description });
  const { tableName } = suppressions.table;
  write(Output.REGION, Stack.of(scope).region, 'Region of everything here');
  write(Output.TABLE_NAME, tableName, 'Suppression table; it stays when the stack is destroyed');
  write(
    Output.KEEP_TABLE,
    `"table": { "name": "${tableName}" }`,
    'Add this to the configuration to go on with this list after cdk destroy, or in another stack',
  );
  write(Output.TOPIC_ARN, feedback.source.topic.topicArn, 'Topic that SES publishes feedback to');
  if (feedback.queue !== undefined)
    write(Output.FEEDBACK_QUEUE_URL, feedback.queue.queueUrl, 'Queue in front of the feedback function');
  write(Output.DEAD_LETTER_QUEUE_URL, feedback.deadLetterQueue.queueUrl, 'Feedback nobody could read or apply');
  write(Output.UNDELIVERED_QUEUE_URL, feedback.undeliveredQueue.queueUrl, 'Feedback SNS could not hand over');
  write(Output.FEEDBACK_FUNCTION_NAME, feedback.function.functionName, 'Reads feedback');
  write(Output.SEND_FUNCTION_NAME, sender.function.functionName, 'Asks the list, then sends: invoke it to send');
  write(Output.FAILED_SENDS_QUEUE_URL, sender.failedSends.queueUrl, 'Asynchronous sends that failed');
  write(
    Output.CONFIGURATION_SET_NAME,
    sender.configurationSet.configurationSetName,
    'Configuration set a send uses by default; mail sent with it elsewhere feeds the list too',
  );
  write(Output.SENDERS, sender.senders.join(' ') || NO_SENDERS, 'From addresses the send function may use');
};
