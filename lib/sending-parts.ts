import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms } from './alarms.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { SuppressorDashboard } from './dashboard.ts';
import type { FeedbackIntake } from './feedback-intake.ts';
import type { WatchedFunctions } from './function-alarms.ts';
import { given, switchedOn } from './given.ts';
import { GuardedSender } from './guarded-sender.ts';
import { IdentityWiring } from './identity-wiring.ts';
import type { MessagesTable } from './messages-table.ts';
import type { OneClickUnsubscribe } from './one-click-unsubscribe.ts';
import { SendQueue } from './send-queue.ts';
import { SendingDomain } from './sending-domain.ts';
import type { SendingOptions } from './sending-options.ts';
import type { SuppressionTable } from './suppression-table.ts';
import type { UnsubscribeLinks } from './unsubscribe-links.ts';

/** What sending stands on. */
export interface SendingBase {
  /** The list, or a copy of it. */
  readonly table: SuppressionTable;
  /** What remembers sends. */
  readonly messages: MessagesTable;
  /** Where feedback goes. */
  readonly feedback: FeedbackIntake;
  /** What takes unsubscribes here, or makes links that lead to another Region. */
  readonly unsubscribe?: OneClickUnsubscribe | UnsubscribeLinks;
}

/**
 * The parts of a stack that send, and those that watch: the same in the home Region and in others. They stand in the stack
 * itself, so that logical ids of what holds state are the same too.
 */
export class SendingParts {
  /** From a request to SES. */
  public readonly sender: GuardedSender;
  /** From a queue to SES; absent with `queue: false`. */
  public readonly queue?: SendQueue;
  /** The domains that were made. */
  public readonly domains: readonly SendingDomain[];
  /** The wiring of existing identities; absent if none were given. */
  public readonly identities?: IdentityWiring;
  /** Where alarms go; absent with `alarms: false`. */
  public readonly alarmTopic?: AlarmTopic;
  /** The alarms; absent with `alarms: false`. */
  public readonly alarms?: Alarms;
  /** The dashboard; absent with `dashboard: false`. */
  public readonly dashboard?: SuppressorDashboard;
  /** What pauses sending; absent with `circuitBreaker: false`, and where what it needs is switched off. */
  public readonly circuitBreaker?: CircuitBreaker;

  readonly #base: SendingBase;

  /** @throws if an option is out of range or contradicts another; each names its remedy */
  constructor(stack: Stack, base: SendingBase, options: SendingOptions) {
    this.#base = base;
    const { table, messages, feedback } = base;
    const { identities = [], domains = [], idempotency = true, policy } = options;
    requireOnce(options);
    this.sender = new GuardedSender(stack, 'Sender', {
      table,
      feedback,
      messages,
      idempotency,
      senders: options.senders ?? [...identities, ...domains.map(({ name }) => name)],
      ...given({
        configurationSets: options.configurationSets,
        streams: options.streams,
        unsubscribe: base.unsubscribe,
        policy,
      }),
    });
    this.domains = this.makeDomains(stack, domains);
    const queue = switchedOn(options.queue ?? true);
    if (queue !== undefined) this.queue = new SendQueue(stack, 'SendQueue', { sender: this.sender, ...given(queue) });
    if (identities.length > 0)
      this.identities = new IdentityWiring(stack, 'Identities', {
        feedback,
        identities,
        ...given({ replace: options.replace }),
      });
    const alarms = switchedOn(options.alarms ?? true);
    if (alarms !== undefined) {
      this.alarmTopic = new AlarmTopic(stack, 'AlarmTopic', alarms);
      this.alarms = new Alarms(stack, 'Alarms', { topic: this.alarmTopic, ...this.watched(), ...given({ policy }) });
    }
    const limits = this.breakerLimits(options);
    if (limits !== undefined)
      this.circuitBreaker = new CircuitBreaker(stack, 'CircuitBreaker', {
        ...limits,
        sender: this.sender,
        feedback,
        messages,
        ...given({ identities: this.identities }),
        ...(this.alarms === undefined
          ? {}
          : { alarms: [this.alarms.bounceRateCritical, this.alarms.complaintRateCritical] }),
      });
    if (options.dashboard ?? true)
      this.dashboard = new SuppressorDashboard(stack, 'Dashboard', {
        ...this.watched(),
        alarms: [...(this.alarms?.all ?? []), ...(this.circuitBreaker?.alarms ?? [])],
        ...given({ circuitBreaker: this.circuitBreaker }),
      });
  }

  private makeDomains(stack: Stack, domains: NonNullable<SendingOptions['domains']>): SendingDomain[] {
    const { configurationSet } = this.sender;
    // SES refuses all mail of an identity whose default configuration set is gone, and identities stay.
    if (domains.length > 0) configurationSet.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return domains.map(
      (domain) => new SendingDomain(stack, `Domain-${domain.name}`, { ...given(domain), configurationSet }),
    );
  }

  /** Undefined if there is no circuit breaker; one that was asked for must have what it needs. */
  private breakerLimits({ circuitBreaker }: SendingOptions) {
    const { alarmTopic } = this;
    const { volume } = this.#base.feedback;
    const possible = alarmTopic !== undefined && volume !== undefined;
    const limits = switchedOn(circuitBreaker ?? possible);
    if (limits === undefined) return undefined;
    if (alarmTopic === undefined)
      throw new Error(
        'circuitBreaker needs alarms, got: alarms false; nobody would be told that sending is paused: ' +
          'leave alarms at true, or set circuitBreaker to false',
      );
    return { ...given(limits), alarmTopic };
  }

  private watched(): WatchedFunctions {
    const { feedback, unsubscribe } = this.#base;
    const { sender, queue, identities } = this;
    return {
      feedback,
      sender,
      ...given({ queue, identities }),
      ...(unsubscribe !== undefined && 'function' in unsubscribe ? { unsubscribe } : {}),
    };
  }
}

/** An output a record, six a domain; CloudFormation takes 200 of a stack, which has some thirty of its own. */
const MOST_TOLD_DOMAINS = 25;

const requireOnce = ({ replace, identities = [], domains = [] }: SendingOptions): void => {
  if (replace === true && identities.length === 0)
    throw new Error(
      'replace needs identities, got: true without any; name the identities whose topic it shall take the place of, or leave it out',
    );
  const told = domains.filter(({ zone }) => zone === undefined).length;
  if (told > MOST_TOLD_DOMAINS)
    throw new Error(
      `domains without a zone must be at most ${MOST_TOLD_DOMAINS}, got: ${told}; their records are outputs, of which a stack has 200: ` +
        'give each its zone of Route 53, or make the others in a second stack',
    );
  const names = domains.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw new Error(`domains must be different, got: ${names.join(', ')}; name each once`);
  const both = names.find((name) => identities.includes(name));
  if (both !== undefined)
    throw new Error(
      `a domain is made or wired, not both, got: ${both} in domains and identities; leave it in domains if SES does not know it yet ` +
        '(its mail feeds the list by its default configuration set), else in identities',
    );
};
