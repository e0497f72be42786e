import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic.ts';
import type { Alarms } from './alarms.ts';
import { requireBatch } from './batch.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { SuppressorDashboard } from './dashboard.ts';
import { FeedbackPipeline } from './feedback-pipeline.ts';
import { given, switchedOn } from './given.ts';
import type { GuardedSender } from './guarded-sender.ts';
import type { IdentityWiring } from './identity-wiring.ts';
import { MessagesTable } from './messages-table.ts';
import { OneClickUnsubscribe } from './one-click-unsubscribe.ts';
import { requireSesRegion, requireSesRegions } from './region-check.ts';
import type { SendQueue } from './send-queue.ts';
import type { SendingDomain } from './sending-domain.ts';
import type { SendingOptions } from './sending-options.ts';
import { SendingParts } from './sending-parts.ts';
import { writeOutputs } from './stack-outputs.ts';
import { type AdoptedTable, SuppressionTable } from './suppression-table.ts';

/** What {@link SuppressorStack} can be told beyond `StackProps`; all of it may be left out. */
export interface SuppressorOptions extends SendingOptions {
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
   * Other Regions that send: each gets a copy of the list, and the topics there may deliver here, see
   * `SuppressorRegionStack`. This Region stays the only one that writes.
   *
   * @default - none
   */
  readonly regions?: readonly string[];
  /**
   * `queue` or `direct`, see `FeedbackPipelineProps`.
   *
   * @default 'queue'
   */
  readonly delivery?: 'queue' | 'direct';
  /**
   * Feedback messages a function gets at once, how long Lambda waits for them, and how many functions read at a time.
   *
   * @default - up to 10, without waiting, in at most 100 functions
   */
  readonly batch?: { readonly size?: number; readonly windowSeconds?: number; readonly maxConcurrency?: number };
  /**
   * Whether there is a public address for one-click unsubscribe, see `OneClickUnsubscribeProps`.
   *
   * @default false
   */
  readonly unsubscribe?: boolean | { readonly reservedConcurrency?: number; readonly rotationDays?: number };
}

/** Stack properties and options together. */
export interface SuppressorStackProps extends StackProps, SuppressorOptions {}

/** The batch settings in the words of `FeedbackPipelineProps`; faults are told in those of the configuration. */
const batchProps = ({ batch = {}, delivery = 'queue' }: SuppressorOptions) => {
  const { size, windowSeconds, maxConcurrency } = batch;
  const window = windowSeconds === undefined ? undefined : Duration.seconds(windowSeconds);
  requireBatch(
    delivery,
    { size, window, maxConcurrency },
    { size: 'batch.size', window: 'batch.windowSeconds', maxConcurrency: 'batch.maxConcurrency' },
  );
  return { batchSize: size, batchWindow: window, maxConcurrency };
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
  /** One-click unsubscribe; absent unless it was asked for. */
  public readonly unsubscribe?: OneClickUnsubscribe;

  readonly #sending: SendingParts;

  /** @throws if the region has no SES, or an option is out of range or contradicts another; each names its remedy */
  constructor(scope: Construct, id: string, props: SuppressorStackProps = {}) {
    super(scope, id, { description: 'Bounce and complaint handling for Amazon SES (ses-suppressor)', ...props });
    const { policy, regions = [], idempotency = true } = props;
    requireSesRegion(this, props.allowRegion ?? false);
    requireSesRegions(regions, props.allowRegion ?? false);
    this.suppressions = new SuppressionTable(this, 'Suppressions', {
      replicaRegions: regions,
      ...given({ table: props.table }),
    });
    const table = this.suppressions;
    this.messages = new MessagesTable(this, 'Messages');
    this.feedback = new FeedbackPipeline(this, 'Feedback', {
      table,
      ...given({ policy, delivery: props.delivery, deliveries: props.deliveries, ...batchProps(props) }),
      ...(idempotency ? { messages: this.messages } : {}),
    });
    for (const arn of props.topics ?? []) this.feedback.addTopic(Topic.fromTopicArn(this, `Listen-${arn}`, arn));
    if (regions.length > 0) this.feedback.addRegions(regions);
    const unsubscribe = switchedOn(props.unsubscribe ?? false);
    if (unsubscribe !== undefined)
      this.unsubscribe = new OneClickUnsubscribe(this, 'Unsubscribe', {
        table,
        replicaRegions: regions,
        ...given({ ...unsubscribe, policy }),
      });
    const base = { table, messages: this.messages, feedback: this.feedback };
    this.#sending = new SendingParts(this, { ...base, ...given({ unsubscribe: this.unsubscribe }) }, props);
    writeOutputs(
      this,
      {
        ...this.#sending,
        suppressions: table,
        messages: this.messages,
        feedback: this.feedback,
        unsubscribeUrl: this.unsubscribe?.url,
        unsubscribeSecret: this.unsubscribe?.secret.secretArn,
      },
      { regions, ...given({ policy }) },
    );
  }

  /** From a request to SES. */
  public get sender(): GuardedSender {
    return this.#sending.sender;
  }

  /** From a queue to SES; absent with `queue: false`. */
  public get queue(): SendQueue | undefined {
    return this.#sending.queue;
  }

  /** The domains that were made. */
  public get domains(): readonly SendingDomain[] {
    return this.#sending.domains;
  }

  /** The wiring of existing identities; absent if none were given. */
  public get identities(): IdentityWiring | undefined {
    return this.#sending.identities;
  }

  /** Where alarms go; absent with `alarms: false`. */
  public get alarmTopic(): AlarmTopic | undefined {
    return this.#sending.alarmTopic;
  }

  /** The alarms; absent with `alarms: false`. */
  public get alarms(): Alarms | undefined {
    return this.#sending.alarms;
  }

  /** The dashboard; absent with `dashboard: false`. */
  public get dashboard(): SuppressorDashboard | undefined {
    return this.#sending.dashboard;
  }

  /** What pauses sending; absent with `circuitBreaker: false`, and where what it needs is switched off. */
  public get circuitBreaker(): CircuitBreaker | undefined {
    return this.#sending.circuitBreaker;
  }
}
