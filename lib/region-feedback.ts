import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { FeedbackIntake, type FeedbackIntakeProps } from './feedback-intake.ts';
import { requireDelivery } from './region-delivery.ts';

/** Options of {@link RegionFeedback}. */
export interface RegionFeedbackProps extends FeedbackIntakeProps {
  /** ARN of the queue of the home Region, whose policy must let the topic here in. */
  readonly feedbackQueue: string;
}

/**
 * Feedback of a Region that does not write the list itself: the topic here delivers to the queue of the home Region, where
 * the feedback function merges it like its own. What SNS could not deliver lies here: the dead-letter queue of a
 * subscription must be in the Region of its topic.
 *
 * Unknown outcomes of sends stay unknown here: the function at home settles what is remembered there.
 *
 * @example new RegionFeedback(this, 'Feedback', { feedbackQueue: 'arn:aws:sqs:eu-west-1:111122223333:Suppressor-…' });
 */
export class RegionFeedback extends FeedbackIntake {
  public readonly function?: never;
  public readonly queue?: never;
  public readonly deadLetterQueue?: never;
  public readonly countedIn: string | undefined;
  public readonly hearsOthers = false;

  /** @throws if SNS does not deliver from this Region to that of the queue */
  constructor(scope: Construct, id: string, props: RegionFeedbackProps) {
    super(scope, id, props);
    const { region } = Stack.of(this);
    const home = Arn.split(props.feedbackQueue, ArnFormat.NO_RESOURCE_NAME).region;
    if (home !== undefined && ![region, home].some(Token.isUnresolved)) requireDelivery(region, home);
    this.countedIn = home;
    new Subscription(this, 'AtHome', {
      topic: this.source.topic,
      protocol: SubscriptionProtocol.SQS,
      endpoint: props.feedbackQueue,
      deadLetterQueue: this.undeliveredQueue,
    });
  }
}
