import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type FailureQueue, LONGEST_RETENTION } from './failure-queue.ts';

/** How long the table may be unreachable before feedback moves to the dead-letter queue. */
const OUTAGE = Duration.hours(24);

/** SQS's own limit on `maxReceiveCount`. */
const MOST_RECEIVES = 1000;

/** What sizes the queue. */
export interface FeedbackQueueProps {
  readonly deadLetterQueue: FailureQueue;
  /** Time-out of the function that reads it. */
  readonly functionTimeout: Duration;
  /** How long Lambda gathers messages before it invokes. */
  readonly batchWindow: Duration;
}

/**
 * The queue between topic and function: 14 days, encrypted by SQS, TLS only.
 *
 * A message that failed is seen again after the visibility time-out, so an outage uses up one receive each time. With
 * a 30 s function that is 6 × 30 s = 180 s, and a day of outage costs 24 × 3600 / 180 = 480 receives: that many are
 * allowed. Unreadable messages do not wait for it (the function moves them itself), and retention is longer still.
 */
export class FeedbackQueue extends Queue {
  constructor(scope: Construct, id: string, props: FeedbackQueueProps) {
    const visibilitySeconds = Math.max(
      6 * props.functionTimeout.toSeconds() + props.batchWindow.toSeconds(),
      Math.ceil(OUTAGE.toSeconds() / MOST_RECEIVES),
    );
    super(scope, id, {
      retentionPeriod: LONGEST_RETENTION,
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: {
        queue: props.deadLetterQueue,
        maxReceiveCount: Math.ceil(OUTAGE.toSeconds() / visibilitySeconds),
      },
    });
  }
}
