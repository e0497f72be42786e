import type { FaultKind } from './injected-fault.ts';

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
  readonly pausedConfigurationSets = new Set<string>();
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

  /** The events `configurationSet` publishes; `null` when there is no such set. */
  eventsOf(configurationSet: string): ReadonlySet<EventType> | null {
    const known = this.configurationSets.get(configurationSet);
    return known ?? (this.everyConfigurationSetExists ? new Set(PUBLISHED_EVENTS) : null);
  }
}
