import { CfnElement, Duration, Stack, Token } from 'aws-cdk-lib';
import { type Grant, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic, ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { Env } from '../core/contract/index.ts';
import { acknowledge } from './acknowledge.ts';
import { type Batch, requireBatch } from './batch.ts';
import { FailureQueue, OnFailure } from './failure-queue.ts';
import { FeedbackIntake, type FeedbackIntakeProps } from './feedback-intake.ts';
import { FeedbackQueue } from './feedback-queue.ts';
import { passPolicy } from './policy-variable.ts';
import { deliveryPrincipal, requireDelivery } from './region-delivery.ts';
import type { SuppressionTable } from './suppression-table.ts';
import { SuppressorFunction } from './suppressor-function.ts';

const TIMEOUT = Duration.seconds(30);

/** Options of {@link FeedbackPipeline}; sends of unknown outcome are settled in `messages`. */
export interface FeedbackPipelineProps extends FeedbackIntakeProps {
  /** The list that feedback is written to. */
  readonly table: SuppressionTable;
  /**
   * `queue` holds feedback through an outage of a day and reads it in batches; `direct` invokes the function for each
   * message, and Lambda's own two retries cover about three minutes before the dead-letter queue takes it.
   *
   * @default 'queue'
   */
  readonly delivery?: 'queue' | 'direct';
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
  /**
   * Functions at work at the same time, 2 to 1000: so many batches are read at once, and so much of the account's
   * concurrency is used at the most. Queue delivery only.
   *
   * @default 100
   */
  readonly maxConcurrency?: number;
}

/**
 * What becomes of a mail, from SES to the list: topic, queue, feedback function, and a dead-letter queue at each hop.
 * The function reads and writes the table and never calls SES.
 *
 * @example
 * const feedback = new FeedbackPipeline(this, 'Feedback', { table: new SuppressionTable(this, 'Suppressions') });
 * feedback.addConfigurationSet('Mine', ConfigurationSet.fromConfigurationSetName(this, 'Set', 'mine'));
 */
export class FeedbackPipeline extends FeedbackIntake {
  /** The function that reads feedback. */
  public readonly function: SuppressorFunction;
  /** The queue in front of the function; absent with direct delivery. */
  public readonly queue?: FeedbackQueue;
  /** Feedback that nobody could read or apply. */
  public readonly deadLetterQueue: FailureQueue;
  public readonly countedIn = undefined;

  #hearsOthers = false;

  /** @throws if batchSize, batchWindow or maxConcurrency are out of range, or given with direct delivery */
  constructor(scope: Construct, id: string, props: FeedbackPipelineProps) {
    super(scope, id, props);
    const delivery = props.delivery ?? 'queue';
    const { batchSize: size, batchWindow: window, maxConcurrency } = props;
    const batch = requireBatch(delivery, { size, window, maxConcurrency });
    this.deadLetterQueue = new FailureQueue(this, 'DeadLetterQueue');
    this.function = new SuppressorFunction(this, 'Function', {
      bundle: 'feedback',
      description: 'Reads what SES says about mails and keeps the suppression list',
      timeout: TIMEOUT,
    });
    props.table.grantRecord(this.function);
    this.messages?.grantSettle(this.function);
    this.grantDiscard(this.function);
    passPolicy(this.function, props.policy);
    if (delivery === 'direct') this.deliverDirectly();
    else this.queue = this.deliverByQueue(batch);
    this.source.topic.addSubscription(this.subscription());
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
    this.#hearsOthers = true;
  }

  /**
   * Lets the topics of other Regions deliver to the queue here: those of {@link RegionFeedback} in stacks of the same name
   * and account, whose topic CloudFormation names like the one here.
   *
   * @throws if there is no queue, or SNS does not deliver from one of the Regions
   */
  public addRegions(regions: readonly string[]): void {
    const stack = Stack.of(this);
    const queue = this.queue;
    if (queue === undefined)
      throw new Error(
        `regions need a queue, got: ${regions.join(', ')} and delivery "direct"; use delivery "queue", or leave them out`,
      );
    const { defaultChild } = this.source.topic.node;
    if (!CfnElement.isCfnElement(defaultChild)) throw new Error('the feedback topic has no resource');
    const resource = `${stack.stackName}-${stack.getLogicalId(defaultChild)}-*`;
    for (const region of regions) {
      requireDelivery(region, stack.region);
      queue.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal(deliveryPrincipal(region, stack.region))],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'sns', region, resource }) } },
        }),
      );
    }
  }

  /** Whether it listens to topics of others. */
  public get hearsOthers(): boolean {
    return this.#hearsOthers;
  }

  /** Lets a function set unreadable messages aside, and tells it where: `sqs:SendMessage` and the queue's URL. */
  public grantDiscard(fn: LambdaFunction): Grant {
    fn.addEnvironment(Env.DEAD_LETTER_QUEUE, this.deadLetterQueue.queueUrl);
    return this.deadLetterQueue.grantFill(fn);
  }

  private subscription(): ITopicSubscription {
    const options = { deadLetterQueue: this.undeliveredQueue };
    return this.queue === undefined
      ? new LambdaSubscription(this.function, options)
      : new SqsSubscription(this.queue, options);
  }

  private deliverByQueue({ size: batchSize, window: batchWindow, maxConcurrency }: Batch): FeedbackQueue {
    const queue = new FeedbackQueue(this, 'Queue', {
      deadLetterQueue: this.deadLetterQueue,
      functionTimeout: TIMEOUT,
      batchWindow,
    });
    this.function.addEventSource(
      new SqsEventSource(queue, {
        batchSize,
        ...(batchWindow.toSeconds() > 0 ? { maxBatchingWindow: batchWindow } : {}),
        maxConcurrency,
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
