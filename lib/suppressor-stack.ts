import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { PolicyInput } from '../core/contract/index.ts';
import { requireBatch } from './batch.ts';
import { FeedbackPipeline } from './feedback-pipeline.ts';
import { GuardedSender } from './guarded-sender.ts';
import { IdentityWiring } from './identity-wiring.ts';
import { MessagesTable } from './messages-table.ts';
import { OneClickUnsubscribe } from './one-click-unsubscribe.ts';
import { requireSesRegion } from './region-check.ts';
import { SendQueue } from './send-queue.ts';
import { writeOutputs } from './stack-outputs.ts';
import { type AdoptedTable, SuppressionTable } from './suppression-table.ts';

/** What {@link SuppressorStack} can be told beyond `StackProps`; all of it may be left out. */
export interface SuppressorOptions {
  /**
   * Who may stand in From: addresses and domains (`@ledger.example`, without subdomains).
   *
   * @default - the identities; without those, nobody: feedback works, sending is refused
   */
  readonly senders?: readonly string[];
  /**
   * Existing identities whose notifications shall feed the list, also for mail that is sent elsewhere.
   *
   * @default - none: what is sent with the stack's configuration set feeds the list
   */
  readonly identities?: readonly string[];
  /**
   * Whether to take the place of another system's topic at those identities; it is remembered and put back.
   *
   * @default false
   */
  readonly replace?: boolean;
  /**
   * Names of existing configuration sets whose feedback shall feed the list and which requests may name.
   *
   * @default - none
   */
  readonly configurationSets?: readonly string[];
  /**
   * ARNs of existing topics with SES feedback to listen to.
   *
   * @default - none
   */
  readonly topics?: readonly string[];
  /**
   * An existing table to go on with.
   *
   * @default - a new one, which outlives the stack
   */
  readonly table?: AdoptedTable;
  /**
   * Whether SES reports deliveries; without them only time forgives a soft bounce. It then reports instead what it has
   * accepted, unless `idempotency` is false.
   *
   * @default true
   */
  readonly deliveries?: boolean;
  /**
   * `queue` or `direct`, see `FeedbackPipelineProps`.
   *
   * @default 'queue'
   */
  readonly delivery?: 'queue' | 'direct';
  /**
   * Feedback messages a function gets at once, and how long Lambda waits for them.
   *
   * @default - up to 10, without waiting
   */
  readonly batch?: { readonly size?: number; readonly windowSeconds?: number };
  /**
   * Whether requests may have an `idempotencyKey`.
   *
   * @default true
   */
  readonly idempotency?: boolean;
  /**
   * Whether there is a send queue, and how many functions may send from it at once, see `SendQueueProps`. Needs
   * idempotency.
   *
   * @default true
   */
  readonly queue?: boolean | { readonly maxConcurrency?: number };
  /**
   * Whether there is a public address for one-click unsubscribe, see `OneClickUnsubscribeProps`.
   *
   * @default false
   */
  readonly unsubscribe?: boolean | { readonly reservedConcurrency?: number; readonly rotationDays?: number };
  /**
   * What the rules of the decision table leave open.
   *
   * @default - every default of `policySchema`
   */
  readonly policy?: PolicyInput;
  /**
   * Lets a region through that has SES but is not in the dated list.
   *
   * @default false
   */
  readonly allowRegion?: boolean;
}

/** Stack properties and options together. */
export interface SuppressorStackProps extends StackProps, SuppressorOptions {}

/** A copy of the options without what was left out: a property set to `undefined` is not one that is missing. */
const given = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** The options of a part that `true` or an object switches on; undefined if it is off. */
const options = <T extends object>(setting: boolean | T): Partial<T> | undefined => {
  if (setting === false) return undefined;
  return setting === true ? {} : setting;
};

/** The batch settings in the words of `FeedbackPipelineProps`; faults are told in those of the configuration. */
const batchProps = ({ batch: { size, windowSeconds } = {}, delivery = 'queue' }: SuppressorOptions) => {
  const window = windowSeconds === undefined ? undefined : Duration.seconds(windowSeconds);
  requireBatch(delivery, size, window, { size: 'batch.size', window: 'batch.windowSeconds' });
  return { batchSize: size, batchWindow: window };
};

/**
 * The whole: list, feedback, guarded sending, a send queue and, if asked for, one-click unsubscribe and the wiring of
 * identities. Nothing has a fixed name, so several copies fit into one account, beside whatever is there.
 *
 * @example
 * new SuppressorStack(app, 'Suppressor', { env: { region: 'eu-west-1' }, senders: ['@ledger.example'] });
 */
export class SuppressorStack extends Stack {
  /** The list. */
  public readonly suppressions: SuppressionTable;
  /** What is remembered of sends. */
  public readonly messages: MessagesTable;
  /** From SES to the list. */
  public readonly feedback: FeedbackPipeline;
  /** From a request to SES. */
  public readonly sender: GuardedSender;
  /** From a queue to SES; absent with `queue: false`. */
  public readonly queue?: SendQueue;
  /** One-click unsubscribe; absent unless it was asked for. */
  public readonly unsubscribe?: OneClickUnsubscribe;
  /** The wiring of existing identities; absent if none were given. */
  public readonly identities?: IdentityWiring;

  /** @throws if the region has no SES, or an option is out of range or contradicts another; each names its remedy */
  constructor(scope: Construct, id: string, props: SuppressorStackProps = {}) {
    super(scope, id, { description: 'Bounce and complaint handling for Amazon SES (ses-suppressor)', ...props });
    const { identities = [], policy, idempotency = true } = props;
    requireSesRegion(this, props.allowRegion ?? false);
    if (props.replace === true && identities.length === 0)
      throw new Error(
        'replace needs identities, got: true without any; name the identities whose topic it shall take the place of, or leave it out',
      );
    this.suppressions = new SuppressionTable(this, 'Suppressions', given({ table: props.table }));
    const table = this.suppressions;
    this.messages = new MessagesTable(this, 'Messages');
    this.feedback = new FeedbackPipeline(this, 'Feedback', {
      table,
      ...given({ policy, delivery: props.delivery, deliveries: props.deliveries, ...batchProps(props) }),
      ...(idempotency ? { messages: this.messages } : {}),
    });
    for (const arn of props.topics ?? []) this.feedback.addTopic(Topic.fromTopicArn(this, `Listen-${arn}`, arn));
    const unsubscribe = options(props.unsubscribe ?? false);
    if (unsubscribe !== undefined)
      this.unsubscribe = new OneClickUnsubscribe(this, 'Unsubscribe', { table, ...given({ ...unsubscribe, policy }) });
    this.sender = new GuardedSender(this, 'Sender', {
      table,
      feedback: this.feedback,
      messages: this.messages,
      idempotency,
      senders: props.senders ?? identities,
      ...given({ configurationSets: props.configurationSets, unsubscribe: this.unsubscribe, policy }),
    });
    const queue = options(props.queue ?? true);
    if (queue !== undefined) this.queue = new SendQueue(this, 'SendQueue', { sender: this.sender, ...given(queue) });
    if (identities.length > 0)
      this.identities = new IdentityWiring(this, 'Identities', {
        feedback: this.feedback,
        identities,
        ...given({ replace: props.replace }),
      });
    writeOutputs(this, this, policy);
  }
}
