import { arn } from '../arn.ts';
import { Identities, type NotificationType } from './identities.ts';
import type { FaultKind } from './injected-fault.ts';
import { SuppressionList, type SuppressionReason } from './suppression-list.ts';

/** Names of the events a configuration set can publish, as they stand in `eventType`. */
export type EventType = 'Send' | 'Bounce' | 'Complaint' | 'Delivery' | 'Subscription' | 'Reject' | 'Rendering Failure';

/** What the stack's configuration set publishes. */
export const PUBLISHED_EVENTS: readonly EventType[] = [
  'Bounce',
  'Complaint',
  'Delivery',
  'Subscription',
  'Reject',
  'Rendering Failure',
];

export interface Template {
  /** @default - the start of 1970 */
  readonly createdAt?: Date;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
}

/**
 * The state of the local SES account. Tests change it as they like while it runs; it starts with production access,
 * every sender verified, no limits and no faults.
 */
export class SesAccount {
  /** Only verified recipients and the mailbox simulator may be mailed. */
  sandbox = false;
  /** Every sender counts as verified; `false` asks {@link verified}. */
  everySenderVerified = true;
  /** Addresses and domains that are verified, in lower case. */
  readonly verified = new Set<string>();
  sendingPaused = false;
  /** What SES thinks of the account; `SHUTDOWN` refuses every send. */
  enforcement: 'HEALTHY' | 'PROBATION' | 'SHUTDOWN' = 'HEALTHY';
  /** The account's own suppression list. */
  readonly suppression = new SuppressionList();
  /** Settings of the identities: topics, headers, DKIM, MAIL FROM. */
  readonly identities = new Identities();
  /** The one topic there is; feedback for another goes nowhere. */
  topicArn = arn('sns', 'suppressor-local-feedback');
  /** Identities may be given any topic, not {@link topicArn} alone: where that is not known yet. */
  everyTopicExists = false;
  /** Calls a second of each operation that does not send; `null` is no limit. */
  settingsRate: number | null = 1;
  readonly pausedConfigurationSets = new Set<string>();
  /** When sending with a configuration set was last resumed: its reputation is counted from there. */
  readonly freshStarts = new Map<string, Date>();
  /** Reasons that stop a mail with a configuration set, where that does not go by the account's. */
  readonly configurationSetReasons = new Map<string, readonly SuppressionReason[]>();
  /** The configuration sets that exist, each with the events it publishes. */
  readonly configurationSets = new Map<string, Set<EventType>>();
  /** Any configuration set a mail names exists. */
  everyConfigurationSetExists = false;
  readonly templates = new Map<string, Template>();
  /** Identities have a topic of their own: each mail also yields identity notifications. */
  identityTopics = false;
  /** Identity notifications carry the original headers. */
  identityHeaders = false;
  /** Recipients a second; `null` is no limit. */
  maxSendRate: number | null = null;
  /** Recipients in 24 hours; -1 is no limit. */
  max24HourSend = 50_000;
  /** Recipients mailed so far, the mailbox simulator's left out. */
  sentLast24Hours = 0;

  readonly #faults: { readonly kind: FaultKind; left: number }[] = [];

  /**
   * Makes the next `times` sends fail.
   *
   * @param times - `Infinity` lasts until {@link clearFaults}
   */
  fail(kind: FaultKind, times = 1): void {
    this.#faults.push({ kind, left: times });
  }

  clearFaults(): void {
    this.#faults.length = 0;
  }

  /** Uses up one ordered fault. */
  takeFault(): FaultKind | null {
    const next = this.#faults[0];
    if (next === undefined) return null;
    next.left -= 1;
    if (next.left <= 0) this.#faults.shift();
    return next.kind;
  }

  /** Pauses or resumes sending with a configuration set; resuming starts its reputation anew. */
  setSending(configurationSet: string, enabled: boolean): void {
    if (!enabled) this.pausedConfigurationSets.add(configurationSet);
    else if (this.pausedConfigurationSets.delete(configurationSet)) this.freshStarts.set(configurationSet, new Date());
  }

  /** Whether the account's list stops mail to `address`. */
  isSuppressed(address: string, configurationSet: string | null): boolean {
    const reasons = configurationSet === null ? undefined : this.configurationSetReasons.get(configurationSet);
    return this.suppression.stops(address, reasons);
  }

  /** Whether an address or a domain may send. */
  isVerified(identity: string): boolean {
    return this.everySenderVerified || this.verified.has(identity.toLowerCase());
  }

  /** The topic for one type of feedback to an identity's mail. */
  topicOf(identity: string, type: NotificationType): string | undefined {
    return this.identities.read(identity).topics.get(type) ?? (this.identityTopics ? this.topicArn : undefined);
  }

  /** Whether bounces and complaints of an identity's mail have a topic: its e-mail forwarding may end then. */
  hasFeedbackTopics(identity: string): boolean {
    return this.topicOf(identity, 'Bounce') !== undefined && this.topicOf(identity, 'Complaint') !== undefined;
  }

  /** The events `configurationSet` publishes; `null` when there is no such set. */
  eventsOf(configurationSet: string): ReadonlySet<EventType> | null {
    const known = this.configurationSets.get(configurationSet);
    return known ?? (this.everyConfigurationSetExists ? new Set(PUBLISHED_EVENTS) : null);
  }
}
