import type { TableShape } from '../../adapters/table-shape.ts';
import type { Pause } from '../../core/breaker/breaker-state.ts';
import type { Pausable } from '../../core/breaker/sending.ts';
import type { NotificationType } from '../../core/contract/index.ts';
import type { Instant } from '../../core/instant.ts';

/** There is nothing of the kind on a local cloud, so there is nothing to check. */
export class NotHereLocally extends Error {
  override readonly name = 'NotHereLocally';
}

/** What SES says of the account in one Region. */
export interface AccountFacts {
  /** False in the sandbox. */
  readonly production: boolean;
  readonly sendingEnabled: boolean;
  /** SES's word: `HEALTHY`, `PROBATION` or `SHUTDOWN`. */
  readonly enforcement: string;
  readonly quota: {
    /** Recipients in 24 hours; -1: no limit. */
    readonly max24Hours: number;
    readonly sent24Hours: number;
  };
  /** Reasons for which SES itself withholds mail: `BOUNCE`, `COMPLAINT`. */
  readonly suppressedReasons: readonly string[];
}

/** What SES says of an identity. */
export interface IdentityFacts {
  readonly isDomain: boolean;
  readonly verified: boolean;
  /** SES's word, such as `PENDING`. */
  readonly verification: string;
  readonly dkim: { readonly signing: boolean; readonly status: string };
  /** The MAIL FROM domain of its own, if it has one. */
  readonly mailFrom: { readonly domain: string; readonly status: string } | null;
  /** Whether SES sends bounces and complaints by e-mail, too. */
  readonly forwarding: boolean;
}

/** The topic of each kind of notification of an identity; null where there is none. */
export type IdentityTopics = Readonly<Record<NotificationType, string | null>>;

/** What SES says of a configuration set. */
export interface ConfigurationSetFacts {
  readonly sendingEnabled: boolean;
  readonly reputationMetrics: boolean;
  /** Reasons that take the place of the account's; null: the account's hold. */
  readonly suppressedReasons: readonly string[] | null;
}

/** Where a configuration set publishes what. */
export interface EventDestinationFacts {
  readonly name: string;
  readonly enabled: boolean;
  /** Event types in SES's capitals, such as `BOUNCE`. */
  readonly events: readonly string[];
  /** Null if it publishes elsewhere than to SNS. */
  readonly topicArn: string | null;
}

/** SES's settings. */
export interface SesSettings {
  account(): Promise<AccountFacts>;
  /** Null if SES does not know it in this Region. */
  identity(name: string): Promise<IdentityFacts | null>;
  /** An identity that SES does not know is missing from the map. */
  identityTopics(names: readonly string[]): Promise<ReadonlyMap<string, IdentityTopics>>;
  /** Null if there is none of that name. */
  configurationSet(name: string): Promise<ConfigurationSetFacts | null>;
  /** Those of a configuration set that exists. */
  eventDestinations(configurationSet: string): Promise<readonly EventDestinationFacts[]>;
}

/** What SNS says of a topic. */
export interface TopicFacts {
  /** Id, ARN or alias of the key, as it was set; null: not encrypted. */
  readonly keyId: string | null;
  /** The access policy as JSON. */
  readonly policy: string;
}

export interface SubscriptionFacts {
  readonly protocol: string;
  readonly endpoint: string;
  /** False until its owner has confirmed it. */
  readonly confirmed: boolean;
}

export interface Topics {
  /** Null if there is none of that ARN. */
  topic(arn: string): Promise<TopicFacts | null>;
  subscriptions(arn: string): Promise<readonly SubscriptionFacts[]>;
}

export interface Queues {
  /** Messages in a queue, those in flight and delayed ones included; null if there is no such queue. */
  size(url: string): Promise<number | null>;
}

export interface Tables {
  /** Null if there is none of that name. */
  shape(name: string): Promise<TableShape | null>;
  deletionProtection(name: string): Promise<boolean>;
  /** The attribute that expires items; null if nothing expires. */
  expiryAttribute(name: string): Promise<string | null>;
  pointInTimeRecovery(name: string): Promise<boolean>;
  /** Other Regions that have a copy of it. */
  otherRegions(name: string): Promise<readonly string[]>;
  /** Names of all tables in the Region. */
  names(): Promise<readonly string[]>;
}

/** A metric, by its dimensions. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Metrics {
  /** The sum since `from`; 0 where CloudWatch has nothing. */
  sum(metric: MetricId, from: Instant): Promise<number>;
  /** The newest value since `from`, at its highest; null where CloudWatch has nothing. */
  latest(metric: MetricId, from: Instant): Promise<number | null>;
}

export interface Dns {
  /** TXT records of a name, each in one piece; empty if there are none, or no such name. @throws when DNS cannot say */
  txt(name: string): Promise<readonly string[]>;
}

export interface Stacks {
  /** Values of the output `TableName` of every stack in the Region that is alive. */
  tablesOfStacks(): Promise<ReadonlySet<string>>;
  /** Name of the stack that has a resource of this physical id and would delete it; null if there is none. */
  ownerOf(physicalId: string): Promise<string | null>;
}

export interface Pauses {
  /** The pause that holds, as this deployment remembers it; null if it knows of none. */
  pauseOf(of: Pausable): Promise<Pause | null>;
}

/** All that the checks ask. Every method throws what AWS answers, or {@link NotHereLocally}. */
export interface DoctorPorts {
  readonly ses: SesSettings;
  readonly topics: Topics;
  readonly queues: Queues;
  readonly tables: Tables;
  readonly metrics: Metrics;
  readonly dns: Dns;
  readonly stacks: Stacks;
  readonly pauses: Pauses;
}
