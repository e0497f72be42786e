import { Duration, Stack, Token } from 'aws-cdk-lib';
import type { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  ConfigurationSetEventDestination,
  EmailSendingEvent,
  EventDestination,
  type IConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import type { ITopic, ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import {
  DEFAULT_POLICY,
  Env,
  NOTIFICATION_TYPES,
  type NotificationType,
  type Policy,
  type PolicyInput,
} from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import { requireBatch } from './batch.ts';
import { FailureQueue, OnFailure } from './failure-queue.ts';
import { FeedbackQueue } from './feedback-queue.ts';
import { FeedbackTopic } from './feedback-topic.ts';
import type { MessagesTable } from './messages-table.ts';
import { passPolicy } from './policy-variable.ts';
import type { SuppressionTable } from './suppression-table.ts';
import { SuppressorFunction } from './suppressor-function.ts';

const TIMEOUT = Duration.seconds(30);

/** Options of {@link FeedbackPipeline}. */
export interface FeedbackPipelineProps {
  /** The list that feedback is written to. */
  readonly table: SuppressionTable;
  /**
   * What the rules of the decision table leave open.
   *
   * @default - every default of `policySchema`
   */
  readonly policy?: PolicyInput;
  /**
   * `queue` holds feedback through an outage of a day and reads it in batches; `direct` invokes the function for each
   * message, and Lambda's own two retries cover about three minutes before the dead-letter queue takes it.
   *
   * @default 'queue'
   */
  readonly delivery?: 'queue' | 'direct';
  /**
   * Where sends of unknown outcome are settled, as soon as SES reports on them. Without deliveries SES then reports what
   * it has accepted (`Send`) instead, so that mails that never bounce are settled too.
   *
   * @default - such sends stay unknown
   */
  readonly messages?: MessagesTable;
  /**
   * Whether SES reports deliveries too: about one message a mail sent. Without them a soft bounce is never forgiven
   * by a later delivery, only by time.
   *
   * @default true
   */
  readonly deliveries?: boolean;
  /**
   * Messages the function gets at once, 1 to 10,000; above 10 needs `batchWindow`. Queue delivery only.
   *
   * @default 10
   */
  readonly batchSize?: number;
  /**
   * How long Lambda gathers messages before it invokes, up to 5 minutes. Queue delivery only.
   *
   * @default - no waiting
   */
  readonly batchWindow?: Duration;
}

/**
 * What becomes of a mail, from SES to the list: topic, queue, feedback function, and a dead-letter queue at each hop.
 * The function reads and writes the table and never calls SES.
 *
 * @example
 * const feedback = new FeedbackPipeline(this, 'Feedback', { table: new SuppressionTable(this, 'Suppressions') });
 * feedback.addConfigurationSet('Mine', ConfigurationSet.fromConfigurationSetName(this, 'Set', 'mine'));
 */
export class FeedbackPipeline extends Construct {
  /** Topic and key; `source.topic` is what SES publishes to. */
  public readonly source: FeedbackTopic;
  /** The function that reads feedback. */
  public readonly function: SuppressorFunction;
  /** The queue in front of the function; absent with direct delivery. */
  public readonly queue?: FeedbackQueue;
  /** Feedback that nobody could read or apply. */
  public readonly deadLetterQueue: FailureQueue;
  /** What SNS could not hand over, for lack of permission or of a target. */
  public readonly undeliveredQueue: FailureQueue;
  /** The kinds of identity notification that are wanted. */
  public readonly notificationTypes: readonly NotificationType[];

  /** Where a complaint blocks, see `Policy`. */
  public readonly complaintScope: Policy['complaintScope'];
  /** Where sends of unknown outcome are settled; absent: nowhere. */
  public readonly messages?: MessagesTable;

  readonly #deliveries: boolean;

  /** @throws if batchSize or batchWindow are out of range, or given with direct delivery */
  constructor(scope: Construct, id: string, props: FeedbackPipelineProps) {
    super(scope, id);
    const delivery = props.delivery ?? 'queue';
    const batch = requireBatch(delivery, props.batchSize, props.batchWindow);
    this.complaintScope = props.policy?.complaintScope ?? DEFAULT_POLICY.complaintScope;
    this.#deliveries = props.deliveries ?? true;
    this.notificationTypes = NOTIFICATION_TYPES.filter((type) => this.#deliveries || type !== 'Delivery');
    this.deadLetterQueue = new FailureQueue(this, 'DeadLetterQueue');
    this.undeliveredQueue = new FailureQueue(this, 'UndeliveredQueue');
    this.source = new FeedbackTopic(this, 'Source');
    this.function = new SuppressorFunction(this, 'Function', {
      bundle: 'feedback',
      description: 'Reads what SES says about mails and keeps the suppression list',
      timeout: TIMEOUT,
    });
    props.table.grantRecord(this.function);
    if (props.messages !== undefined) {
      this.messages = props.messages;
      props.messages.grantSettle(this.function);
    }
    this.grantDiscard(this.function);
    passPolicy(this.function, props.policy);
    if (delivery === 'direct') this.deliverDirectly();
    else this.queue = this.deliverByQueue(batch.size, batch.window);
    this.source.topic.addSubscription(this.subscription());
  }

  /** Publishes the feedback of a configuration set, this stack's or an existing one, to the topic. */
  public addConfigurationSet(id: string, configurationSet: IConfigurationSet): ConfigurationSetEventDestination {
    return new ConfigurationSetEventDestination(this, id, {
      configurationSet,
      destination: EventDestination.snsTopic(this.source.topic),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        ...this.proofOfAcceptance(),
        EmailSendingEvent.SUBSCRIPTION,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
  }

  /**
   * Listens to an existing topic as well: another system's, whose identities shall stay wired to it.
   *
   * @throws if the topic is in another Region: the dead-letter queue of a subscription must be in the topic's
   */
  public addTopic(topic: ITopic): void {
    const [there, here] = [topic.env.region, Stack.of(this).region];
    if (![there, here].some(Token.isUnresolved) && there !== here)
      throw new Error(
        `topics must be in the Region of the stack, ${here}, got: ${topic.topicArn}; deploy a stack in ${there} too`,
      );
    topic.addSubscription(this.subscription());
  }

  /** Lets a function set unreadable messages aside, and tells it where: `sqs:SendMessage` and the queue's URL. */
  public grantDiscard(fn: LambdaFunction): Grant {
    fn.addEnvironment(Env.DEAD_LETTER_QUEUE, this.deadLetterQueue.queueUrl);
    return this.deadLetterQueue.grantFill(fn);
  }

  /** A delivery proves that SES accepted a mail; without deliveries `Send` does, where somebody wants to know. */
  private proofOfAcceptance(): EmailSendingEvent[] {
    if (this.#deliveries) return [EmailSendingEvent.DELIVERY];
    return this.messages === undefined ? [] : [EmailSendingEvent.SEND];
  }

  private subscription(): ITopicSubscription {
    const options = { deadLetterQueue: this.undeliveredQueue };
    return this.queue === undefined
      ? new LambdaSubscription(this.function, options)
      : new SqsSubscription(this.queue, options);
  }

  private deliverByQueue(batchSize: number, batchWindow: Duration): FeedbackQueue {
    const queue = new FeedbackQueue(this, 'Queue', {
      deadLetterQueue: this.deadLetterQueue,
      functionTimeout: TIMEOUT,
      batchWindow,
    });
    this.function.addEventSource(
      new SqsEventSource(queue, {
        batchSize,
        ...(batchWindow.toSeconds() > 0 ? { maxBatchingWindow: batchWindow } : {}),
        reportBatchItemFailures: true,
      }),
    );
    const reason = 'The queue keeps what the function could not apply, and has a dead-letter queue itself.';
    acknowledge(this.function, {
      'Serverless-LambdaDLQ': reason,
      'Serverless-LambdaEventSourceMappingDestination': `${reason} Lambda has no such destination for SQS.`,
    });
    return queue;
  }

  private deliverDirectly(): void {
    this.function.configureAsyncInvoke({
      maxEventAge: Duration.hours(6),
      retryAttempts: 2,
      onFailure: new OnFailure(this.deadLetterQueue),
    });
    acknowledge(this.function, {
      'Serverless-LambdaDLQ': 'The on-failure destination takes its place, and says why the invocation failed.',
    });
  }
}
