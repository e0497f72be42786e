import { Duration } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { DestinationConfig, IDestination, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** The longest SQS keeps a message. */
export const LONGEST_RETENTION = Duration.days(14);

/** The largest message SQS takes, in bytes, attributes included. */
export const LARGEST_MESSAGE = 1024 * 1024;

/** Where messages end that could not be handled: kept 14 days, encrypted by SQS, TLS only, never redriven by itself. */
export class FailureQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      retentionPeriod: LONGEST_RETENTION,
      maxMessageSizeBytes: LARGEST_MESSAGE,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    const reason = 'This queue is the end of the line: people look at what is in it, and a second one would hide it.';
    acknowledge(this, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
  }

  /** Lets a function put messages here, and nothing else. */
  public grantFill(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns: [this.queueArn] });
  }
}

/** Lambda's on-failure destination with the one permission it needs; CDK's own adds two more. */
export class OnFailure implements IDestination {
  readonly #queue: FailureQueue;

  constructor(queue: FailureQueue) {
    this.#queue = queue;
  }

  public bind(_scope: Construct, fn: IFunction): DestinationConfig {
    this.#queue.grantFill(fn);
    return { destination: this.#queue.queueArn };
  }
}
