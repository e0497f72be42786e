import { Duration } from 'aws-cdk-lib';
import { Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Env } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import { FailureQueue, LARGEST_MESSAGE, LONGEST_RETENTION } from './failure-queue.ts';
import type { GuardedSender } from './guarded-sender.ts';
import { SuppressorFunction } from './suppressor-function.ts';
import { requireWhole } from './whole-number.ts';

/** Long enough to wait for the slots of ten mails at one a second; a crash hides its batch for six times that. */
const TIMEOUT = Duration.minutes(2);

/**
 * More than half a processor: making a mail takes 5 to 10 ms of a whole one, and with 256 MB, a seventh of one, two
 * functions could not keep up with 14 mails a second.
 */
const MEMORY_MB = 1024;

/** SQS's own limit: waiting must not lead to the dead-letter queue, and the function itself moves what can never go. */
const MOST_RECEIVES = 1000;

/** So many keep to the rate together where it was simulated, and share one item of a table: some 1,300 mails a second. */
const MOST_FUNCTIONS = 100;

/**
 * Room for the code and message with which a request is set aside: without it the largest could not be. The function takes
 * no body that is not as much smaller once more, so that this queue takes back what was set aside.
 */
const REASON_BYTES = 2048;

/** Options of {@link SendQueue}. */
export interface SendQueueProps {
  /** How mails are sent; it must have `messages`, and idempotency keys must be allowed. */
  readonly sender: GuardedSender;
  /**
   * Functions at work at the same time, 2 to 100. They keep to the rate of the account together; more of them only help
   * where one waits for SES's answers rather than for its turn. Those who wait for a turn are paid for.
   *
   * @default 2 - for some 30 mails a second, twice the rate of a new production account
   */
  readonly maxConcurrency?: number;
}

/**
 * A queue that takes send requests, and the function that sends them as fast as the account may: what is throttled, over
 * the daily quota or cannot be checked waits in the queue, up to 14 days; what can never be sent ends in a dead-letter
 * queue with code and message.
 *
 * @example
 * const queue = new SendQueue(this, 'Queue', { sender });
 * queue.grantEnqueue(myApp); // the body of a message is a send request as JSON
 */
export class SendQueue extends Construct {
  /** Takes send requests. */
  public readonly queue: Queue;
  /** Requests that nobody can send. */
  public readonly deadLetterQueue: FailureQueue;
  /** Sends what is in the queue. */
  public readonly function: SuppressorFunction;

  /** @throws if maxConcurrency is out of range, or the sender does not use idempotency keys */
  constructor(scope: Construct, id: string, props: SendQueueProps) {
    super(scope, id);
    const { sender, maxConcurrency = 2 } = props;
    requireWhole('queue.maxConcurrency', maxConcurrency, 2, MOST_FUNCTIONS);
    const { messages } = sender;
    if (messages === undefined || !sender.idempotency)
      throw new Error(
        `the send queue needs idempotency keys, got: ${messages === undefined ? 'a sender without messages' : 'idempotency false'}; ` +
          'SQS delivers now and then twice, and without them that would mail twice: ' +
          'leave idempotency at true, or set queue to false and invoke the send function',
      );
    this.deadLetterQueue = new FailureQueue(this, 'DeadLetterQueue');
    this.queue = new Queue(this, 'Queue', {
      retentionPeriod: LONGEST_RETENTION,
      maxMessageSizeBytes: LARGEST_MESSAGE - REASON_BYTES,
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MOST_RECEIVES },
    });
    this.function = new SuppressorFunction(this, 'Function', {
      bundle: 'queue',
      description: 'Sends what is in the send queue, as fast as the account may, to those who may be mailed',
      timeout: TIMEOUT,
      memorySize: MEMORY_MB,
    });
    sender.grantGuardedSend(this.function);
    messages.grantPace(this.function);
    this.grantQuota();
    this.function.addEnvironment(Env.SEND_DEAD_LETTER_QUEUE, this.deadLetterQueue.queueUrl);
    this.deadLetterQueue.grantFill(this.function);
    this.consume(maxConcurrency);
  }

  /** Lets a caller put send requests into the queue, and nothing else. */
  public grantEnqueue(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns: [this.queue.queueArn] });
  }

  /** The event source permits to receive, to delete and to change the visibility: giving back needs no more. */
  private consume(maxConcurrency: number): void {
    this.function.addEnvironment(Env.SEND_QUEUE, this.queue.queueUrl);
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 10,
        maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    const reason = 'The queue keeps what could not be sent, and has a dead-letter queue itself.';
    acknowledge(this.function, {
      'Serverless-LambdaDLQ': reason,
      'Serverless-LambdaEventSourceMappingDestination': `${reason} Lambda has no such destination for SQS.`,
    });
  }

  private grantQuota(): void {
    this.function.addToRolePolicy(new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] }));
    if (this.function.role !== undefined)
      acknowledge(this.function.role, {
        'AwsSolutions-IAM5[Resource::*]':
          'ses:GetSendQuota has no resource-level permission: it tells the rate and the quota of the account, and how much of it is used.',
      });
  }
}
