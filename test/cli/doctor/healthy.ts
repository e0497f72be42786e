import type { TableShape } from '../../../adapters/table-shape.ts';
import type { OpenedDoctor } from '../../../cli/dependencies.ts';
import type {
  AccountFacts,
  ConfigurationSetFacts,
  EventDestinationFacts,
  IdentityFacts,
  IdentityTopics,
  MetricId,
  SubscriptionFacts,
  TopicFacts,
} from '../../../cli/doctor/ports.ts';
import type { Pause } from '../../../core/breaker/breaker-state.ts';
import { Output } from '../../../core/contract/index.ts';

const ACCOUNT = '123456789012';
export const TOPIC = `arn:aws:sns:eu-central-1:${ACCOUNT}:Suppressor-Topic`;
export const ALARMS = `arn:aws:sns:eu-central-1:${ACCOUNT}:Suppressor-Alarms`;
const queueUrl = (name: string): string => `https://sqs.eu-central-1.amazonaws.com/${ACCOUNT}/${name}`;
const queueArn = (name: string): string => `arn:aws:sqs:eu-central-1:${ACCOUNT}:${name}`;
const sesArn = (resource: string): string => `arn:aws:ses:eu-central-1:${ACCOUNT}:${resource}`;

const mutable = <T>(value: T): { -readonly [K in keyof T]: T[K] } => ({ ...value });

const suppressionTable = (): TableShape => ({
  status: 'ACTIVE',
  key: { partition: 'address (S)', sort: 'scope (S)' },
  indexes: new Map([['recent', { partition: 'bucket (S)', sort: 'updatedAt (S)' }]]),
});

/** How a metric is found here. @example metric({ namespace: 'AWS/SES', name: 'Reputation.BounceRate', dimensions: {} }) */
export const metricKey = ({ namespace, name, dimensions }: MetricId): string =>
  [namespace, name, ...Object.values(dimensions)].join(' ');

const allow = (sources: readonly string[]) => ({
  Effect: 'Allow',
  Principal: { Service: 'ses.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: TOPIC,
  Condition: { StringEquals: { 'AWS:SourceAccount': ACCOUNT, 'AWS:SourceArn': sources } },
});

/** A deployment as it should be, with everything about it that a check may ask: change it to plant a fault. */
export class World {
  status: string | undefined = 'UPDATE_COMPLETE';
  local = false;
  readonly outputs = new Map<string, string>([
    [Output.REGION, 'eu-central-1'],
    [Output.TABLE_NAME, 'Suppressions'],
    [Output.MESSAGES_TABLE_NAME, 'Messages'],
    [Output.TOPIC_ARN, TOPIC],
    [Output.ALARM_TOPIC_ARN, ALARMS],
    [Output.FEEDBACK_QUEUE_URL, queueUrl('Feedback')],
    [Output.DEAD_LETTER_QUEUE_URL, queueUrl('Dead')],
    [Output.UNDELIVERED_QUEUE_URL, queueUrl('Undelivered')],
    [Output.FAILED_SENDS_QUEUE_URL, queueUrl('FailedSends')],
    [Output.SEND_QUEUE_URL, queueUrl('Sends')],
    [Output.SEND_DEAD_LETTER_QUEUE_URL, queueUrl('SendDead')],
    [Output.FEEDBACK_FUNCTION_NAME, 'feedback-fn'],
    [Output.SEND_FUNCTION_NAME, 'send-fn'],
    [Output.BREAKER_FUNCTION_NAME, 'breaker-fn'],
    [Output.CONFIGURATION_SET_NAME, 'main'],
    [Output.CONFIGURATION_SETS, 'main second'],
    [Output.IDENTITIES, 'ledger.example'],
    [Output.SENDERS, '*@ledger.example no-reply@target.example'],
  ]);
  account = mutable<AccountFacts>({
    production: true,
    sendingEnabled: true,
    enforcement: 'HEALTHY',
    quota: { max24Hours: 50_000, sent24Hours: 1234 },
    suppressedReasons: ['BOUNCE', 'COMPLAINT'],
  });
  readonly identities = {
    'ledger.example': this.#domain('ledger.example'),
    'target.example': this.#domain('target.example'),
  } as Record<string, { -readonly [K in keyof IdentityFacts]: IdentityFacts[K] } | undefined>;
  readonly identityTopics: Record<string, { -readonly [K in keyof IdentityTopics]: IdentityTopics[K] } | undefined> = {
    'ledger.example': { Bounce: TOPIC, Complaint: TOPIC, Delivery: TOPIC },
    'target.example': { Bounce: null, Complaint: null, Delivery: null },
  };
  readonly sets: Record<
    string,
    { -readonly [K in keyof ConfigurationSetFacts]: ConfigurationSetFacts[K] } | undefined
  > = {
    main: { sendingEnabled: true, reputationMetrics: true, suppressedReasons: null },
    second: { sendingEnabled: true, reputationMetrics: true, suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  };
  readonly destinations: Record<string, EventDestinationFacts[]> = {
    main: [this.#destination()],
    second: [this.#destination()],
  };
  topic: { -readonly [K in keyof TopicFacts]: TopicFacts[K] } | null = {
    keyId: 'arn:aws:kms:eu-central-1:123456789012:key/1',
    policy: JSON.stringify({
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        allow([sesArn('identity/ledger.example')]),
        allow([sesArn('configuration-set/main'), sesArn('configuration-set/second')]),
      ],
    }),
  };
  readonly subscriptions: Record<string, SubscriptionFacts[]> = {
    [TOPIC]: [{ protocol: 'sqs', endpoint: queueArn('Feedback'), confirmed: true }],
    [ALARMS]: [{ protocol: 'email', endpoint: 'oncall@ledger.example', confirmed: true }],
  };
  /** By name; null: there is none. */
  readonly queues: Record<string, number | null> = {
    Feedback: 3,
    Sends: 0,
    Dead: 0,
    Undelivered: 0,
    FailedSends: 0,
    SendDead: 0,
  };
  readonly tables: Record<string, TableShape | null> = {
    Suppressions: suppressionTable(),
    Messages: { status: 'ACTIVE', key: { partition: 'id (S)', sort: 'none' }, indexes: new Map() },
    Other: { status: 'ACTIVE', key: { partition: 'id (S)', sort: 'none' }, indexes: new Map() },
  };
  readonly expiry: Record<string, string | null> = { Suppressions: 'expiresAt', Messages: 'expiresAt' };
  recovery = true;
  protection = true;
  /** Other Regions that have a copy, by table. */
  readonly copies: Record<string, string[]> = {};
  readonly tablesOfStacks = new Set(['Suppressions']);
  readonly owners: Record<string, string> = {};
  readonly metrics: Record<string, number> = {
    'AWS/SNS NumberOfMessagesPublished Suppressor-Topic': 4711,
    'AWS/SQS ApproximateAgeOfOldestMessage Feedback': 2,
    'AWS/SES Reputation.BounceRate': 0.004,
    'AWS/SES Reputation.ComplaintRate': 0.0001,
    'AWS/SES Reputation.BounceRate main': 0.003,
    'AWS/SES Reputation.ComplaintRate main': 0.0002,
  };
  readonly dns: Record<string, string[]> = {
    'bounce.ledger.example': ['v=spf1 include:amazonses.com ~all', 'other=1'],
    'bounce.target.example': ['v=spf1 include:_spf.target.example -all'],
    '_spf.target.example': ['v=spf1 ip4:192.0.2.1 include:amazonses.com -all'],
    '_dmarc.ledger.example': ['v=DMARC1; p=reject; rua=mailto:dmarc@ledger.example'],
    '_dmarc.target.example': ['v=DMARC1;p=quarantine;rua=mailto:d@target.example;adkim=s'],
  };
  readonly pauses: Record<string, Pause> = {};
  /** Errors by port and method, as in `ses.account`. */
  readonly faults: Record<string, Error> = {};
  /** Questions that were asked, by port and method. */
  readonly asked: string[] = [];

  #domain(name: string) {
    return mutable<IdentityFacts>({
      isDomain: true,
      verified: true,
      verification: 'SUCCESS',
      dkim: { signing: true, status: 'SUCCESS' },
      mailFrom: { domain: `bounce.${name}`, status: 'SUCCESS' },
      forwarding: false,
    });
  }

  #destination(): EventDestinationFacts {
    const events = ['BOUNCE', 'COMPLAINT', 'DELIVERY', 'SUBSCRIPTION', 'REJECT', 'RENDERING_FAILURE'];
    return { name: 'events', enabled: true, events, topicArn: TOPIC };
  }

  async #answer<T>(question: string, answer: () => T): Promise<T> {
    this.asked.push(question);
    const fault = this.faults[question];
    if (fault !== undefined) throw fault;
    return answer();
  }

  /** What `doctor` is given. */
  opened(): OpenedDoctor {
    const name = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
    return {
      deployment: {
        name: 'the stack "Suppressor"',
        local: this.local,
        region: 'eu-central-1',
        ...(this.status === undefined ? {} : { status: this.status }),
        output: (key) => this.outputs.get(key),
      },
      ports: {
        ses: {
          account: () => this.#answer('ses.account', () => this.account),
          identity: (identity) => this.#answer('ses.identity', () => this.identities[identity] ?? null),
          identityTopics: (names) =>
            this.#answer('ses.identityTopics', () => {
              const known = names.flatMap((each) => {
                const topics = this.identityTopics[each];
                return topics === undefined ? [] : [[each, topics] as const];
              });
              return new Map(known);
            }),
          configurationSet: (set) => this.#answer('ses.configurationSet', () => this.sets[set] ?? null),
          eventDestinations: (set) => this.#answer('ses.eventDestinations', () => this.destinations[set] ?? []),
        },
        topics: {
          topic: () => this.#answer('topics.topic', () => this.topic),
          subscriptions: (arn) => this.#answer('topics.subscriptions', () => this.subscriptions[arn] ?? []),
        },
        queues: { size: (url) => this.#answer('queues.size', () => this.queues[name(url)] ?? null) },
        tables: {
          shape: (table) => this.#answer('tables.shape', () => this.tables[table] ?? null),
          deletionProtection: () => this.#answer('tables.deletionProtection', () => this.protection),
          expiryAttribute: (table) => this.#answer('tables.expiryAttribute', () => this.expiry[table] ?? null),
          pointInTimeRecovery: () => this.#answer('tables.pointInTimeRecovery', () => this.recovery),
          otherRegions: (table) => this.#answer('tables.otherRegions', () => this.copies[table] ?? []),
          names: () => this.#answer('tables.names', () => Object.keys(this.tables)),
        },
        metrics: {
          sum: (metric) => this.#answer('metrics.sum', () => this.metrics[metricKey(metric)] ?? 0),
          latest: (metric) => this.#answer('metrics.latest', () => this.metrics[metricKey(metric)] ?? null),
        },
        dns: { txt: (domain) => this.#answer('dns.txt', () => this.dns[domain] ?? []) },
        stacks: {
          tablesOfStacks: () => this.#answer('stacks.tablesOfStacks', () => this.tablesOfStacks),
          ownerOf: (id) => this.#answer('stacks.ownerOf', () => this.owners[id] ?? null),
        },
        pauses: {
          pauseOf: (of) =>
            this.#answer('pauses.pauseOf', () => this.pauses[of.kind === 'account' ? 'account' : of.name] ?? null),
        },
      },
      close: () => undefined,
    };
  }
}
