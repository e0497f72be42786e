import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Output, type PolicyInput } from '../core/contract/index.ts';
import type { FeedbackPipeline } from './feedback-pipeline.ts';
import type { GuardedSender } from './guarded-sender.ts';
import type { MessagesTable } from './messages-table.ts';
import type { OneClickUnsubscribe } from './one-click-unsubscribe.ts';
import type { SendQueue } from './send-queue.ts';
import type { SuppressionTable } from './suppression-table.ts';

/** The parts that the outputs tell of. */
export interface StackParts {
  readonly suppressions: SuppressionTable;
  readonly feedback: FeedbackPipeline;
  readonly sender: GuardedSender;
  readonly messages: MessagesTable;
  readonly queue?: SendQueue;
  readonly unsubscribe?: OneClickUnsubscribe;
}

/** A longer policy is left out: an output is for reading. */
const MOST_POLICY_CHARACTERS = 1024;

const NO_SENDERS = 'none: add "senders" (addresses or @domains) to the configuration to let the send function send';

/** Writes what the command line and a person need to find everything: see `Output` for each key. */
export const writeOutputs = (scope: Construct, parts: StackParts, policy: PolicyInput = {}): void => {
  const { suppressions, feedback, sender, messages, queue, unsubscribe } = parts;
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
  write(Output.MESSAGES_TABLE_NAME, messages.table.tableName, 'Remembers sends for 30 days; it goes with the stack');
  if (queue !== undefined) {
    write(Output.SEND_QUEUE_URL, queue.queue.queueUrl, 'Put send requests here and they go as fast as SES lets them');
    write(Output.SEND_QUEUE_ARN, queue.queue.queueArn, 'The same queue: where dead letters are moved back to');
    write(Output.SEND_DEAD_LETTER_QUEUE_URL, queue.deadLetterQueue.queueUrl, 'Queued requests nobody can send');
    write(
      Output.SEND_DEAD_LETTER_QUEUE_ARN,
      queue.deadLetterQueue.queueArn,
      'The same queue: where they are moved from',
    );
  }
  if (unsubscribe !== undefined)
    write(Output.UNSUBSCRIBE_URL, unsubscribe.url, 'Where unsubscribe links lead; it must stay as long as mails do');
  const written = JSON.stringify(policy);
  if (written.length <= MOST_POLICY_CHARACTERS)
    write(Output.POLICY, written, 'The policy as it was written; what it leaves out is at its default');
  write(Output.SENDERS, sender.senders.join(' ') || NO_SENDERS, 'From addresses the send function may use');
};
