import {
  ConfigurationSetEventDestination,
  EmailSendingEvent,
  EventDestination,
  type IConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import {
  DEFAULT_POLICY,
  NOTIFICATION_TYPES,
  type NotificationType,
  type Policy,
  type PolicyInput,
} from '../core/contract/index.ts';
import { FailureQueue } from './failure-queue.ts';
import type { FeedbackQueue } from './feedback-queue.ts';
import { FeedbackTopic } from './feedback-topic.ts';
import type { MessagesTable } from './messages-table.ts';
import type { SuppressorFunction } from './suppressor-function.ts';

const VOLUME_EVENTS = { Delivery: EmailSendingEvent.DELIVERY, Send: EmailSendingEvent.SEND };

/** Options of {@link FeedbackIntake}. */
export interface FeedbackIntakeProps {
  /**
   * What the rules of the decision table leave open.
   *
   * @default - every default of `policySchema`
   */
  readonly policy?: PolicyInput;
  /**
   * What remembers the sends that the feedback is about. Without deliveries SES then reports what it has accepted (`Send`)
   * instead.
   *
   * @default - nothing does
   */
  readonly messages?: MessagesTable;
  /**
   * Whether SES reports deliveries too: about one message a mail sent. Without them a soft bounce is never forgiven
   * by a later delivery, only by time.
   *
   * @default true
   */
  readonly deliveries?: boolean;
}

/**
 * Where SES hands in what becomes of a mail: a topic, and a queue for what SNS could not hand over. It belongs to the
 * Region of the mail, whichever Region reads on.
 */
export abstract class FeedbackIntake extends Construct {
  /** Topic and key; `source.topic` is what SES publishes to. */
  public readonly source: FeedbackTopic;
  /** What SNS could not hand over, for lack of permission or of a target. */
  public readonly undeliveredQueue: FailureQueue;
  /** The kinds of identity notification that are wanted. */
  public readonly notificationTypes: readonly NotificationType[];
  /** Where a complaint blocks, see `Policy`. */
  public readonly complaintScope: Policy['complaintScope'];
  /** What remembers the sends that the feedback is about; absent: nothing does. */
  public readonly messages?: MessagesTable;
  /**
   * What SES reports of every mail it takes, so that rates can be told: one message about each recipient that a mail was
   * delivered to, or one about each mail that was accepted; absent: neither.
   */
  public readonly volume?: 'Delivery' | 'Send';
  /** Whether it hears of mail that is sent elsewhere, of which others decide what SES reports. */
  public abstract readonly hearsOthers: boolean;
  /** The Region that reads and counts the feedback, with that of others; undefined: this one. */
  public abstract readonly countedIn: string | undefined;
  /** The function that reads feedback; absent where another Region reads it. */
  public abstract readonly function?: SuppressorFunction;
  /** The queue in front of that function; absent without one. */
  public abstract readonly queue?: FeedbackQueue;
  /** Feedback that nobody could read or apply; absent where another Region reads it. */
  public abstract readonly deadLetterQueue?: FailureQueue;

  constructor(scope: Construct, id: string, { policy, messages, deliveries = true }: FeedbackIntakeProps) {
    super(scope, id);
    this.complaintScope = policy?.complaintScope ?? DEFAULT_POLICY.complaintScope;
    this.notificationTypes = NOTIFICATION_TYPES.filter((type) => deliveries || type !== 'Delivery');
    if (messages !== undefined) this.messages = messages;
    // A delivery proves that SES accepted a mail; without deliveries `Send` does, where somebody wants to know.
    if (deliveries) this.volume = 'Delivery';
    else if (messages !== undefined) this.volume = 'Send';
    this.undeliveredQueue = new FailureQueue(this, 'UndeliveredQueue');
    this.source = new FeedbackTopic(this, 'Source');
  }

  /** Publishes the feedback of a configuration set, this stack's or an existing one, to the topic. */
  public addConfigurationSet(id: string, configurationSet: IConfigurationSet): ConfigurationSetEventDestination {
    return new ConfigurationSetEventDestination(this, id, {
      configurationSet,
      destination: EventDestination.snsTopic(this.source.topic),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        ...(this.volume === undefined ? [] : [VOLUME_EVENTS[this.volume]]),
        EmailSendingEvent.SUBSCRIPTION,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
  }
}
