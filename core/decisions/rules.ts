import { type DECISION_RULES, EVERYWHERE, type Policy } from '../contract/index.ts';
import type { BlockingReason, LiftingReason } from '../entry/entry.ts';
import type { BounceEvent, ComplaintEvent, FeedbackEvent } from '../feedback/event.ts';

/**
 * What an event does to the list: `suppress` (no end), `hold` (until a date), `strike`, `lift`, `reset` (voids older
 * strikes and nothing else), `none`.
 */
export type Effect = 'suppress' | 'hold' | 'strike' | 'lift' | 'reset' | 'none';

/** What a rule makes of an event. */
export interface Outcome {
  readonly effect: Effect;
  /** A reason of the list where the effect is kept, else a word that says why nothing is. */
  readonly reason: string;
  /** `*`, a stream or topic, `tenant:<name>`; null where the effect is none. */
  readonly scope: string | null;
}

/** One row of the decision table. */
export interface Rule {
  readonly id: (typeof DECISION_RULES)[number];
  readonly fits: (event: FeedbackEvent, policy: Policy) => boolean;
  readonly outcome: (event: FeedbackEvent, policy: Policy) => Outcome;
  /** Why, as one clause for people. */
  readonly because: string;
  readonly source: string;
}

const NOTIFICATIONS = 'Amazon SES Developer Guide, Contents of notifications';
const EVENTS = 'Amazon SES Developer Guide, Contents of event data';

/** DSN actions that say the message was not refused. */
const NOT_BOUNCED: ReadonlySet<string | undefined> = new Set(['delivered', 'relayed', 'expanded']);
const MESSAGE_FAULTS: ReadonlySet<string | undefined> = new Set([
  'MessageTooLarge',
  'ContentRejected',
  'AttachmentRejected',
  'CustomTimeoutExceeded',
]);

type BounceTest = (event: BounceEvent, policy: Policy) => boolean;
type ComplaintTest = (event: ComplaintEvent) => boolean;

const bounce =
  (test: BounceTest): Rule['fits'] =>
  (event, policy) =>
    event.type === 'Bounce' && test(event, policy);
const complaint =
  (test: ComplaintTest): Rule['fits'] =>
  (event) =>
    event.type === 'Complaint' && test(event);
const subtype = (name: string): Rule['fits'] => bounce((e) => e.bounceSubType === name);
const permanent = (name: string): Rule['fits'] =>
  bounce((e) => e.bounceType === 'Permanent' && e.bounceSubType === name);
const isTransientStatus = (status: string | undefined): boolean =>
  status !== undefined && /^4\.\d{1,3}(?:\.\d{1,3})?$/.test(status);
const isSoft = (e: BounceEvent): boolean => e.bounceType === 'Transient' || e.bounceType === 'Undetermined';

const everywhere =
  (effect: Effect, reason: BlockingReason | 'delivered'): Rule['outcome'] =>
  () => ({ effect, reason, scope: EVERYWHERE });
const nothing = (reason: string): Outcome => ({ effect: 'none', reason, scope: null });
/** Within a scope, or nothing if the event does not tell which. */
const within = (effect: Effect, reason: BlockingReason | LiftingReason, scope: string | undefined): Outcome =>
  scope === undefined ? nothing(reason) : { effect, reason, scope };

const tenantScope = (event: FeedbackEvent): string | undefined =>
  (event.type === 'Bounce' || event.type === 'Complaint') && event.tenant !== undefined
    ? `tenant:${event.tenant}`
    : undefined;
const complaintScope = (event: FeedbackEvent, policy: Policy): string =>
  policy.complaintScope === 'stream' ? (event.stream ?? EVERYWHERE) : EVERYWHERE;
const topicScope = (event: FeedbackEvent): string | undefined =>
  event.type === 'Bounce' ? (event.topic ?? event.stream) : event.type === 'Subscription' ? event.topic : undefined;

/**
 * The decision table: the first row that fits decides, per recipient. `explain` and the logs name the row. Rules that
 * need no event (`foreign-recipient`) stand with the reading.
 */
export const RULES: readonly Rule[] = [
  {
    id: 'not-bounced',
    fits: bounce((e) => NOT_BOUNCED.has(e.action)),
    outcome: () => nothing('not-bounced'),
    because: 'the receiving server says the mail was delivered or passed on',
    source: 'RFC 3464 section 2.3.3',
  },
  {
    id: 'not-spam',
    fits: complaint((e) => e.complaintFeedbackType === 'not-spam'),
    outcome: (e, policy) =>
      e.type === 'Complaint' && e.complainants === 1
        ? { effect: 'lift', reason: 'not-spam', scope: complaintScope(e, policy) }
        : nothing('not-spam'),
    because: 'the recipient says the mail is no spam',
    source: 'RFC 5965 section 7.3, feedback type not-spam',
  },
  {
    id: 'listed-complaint',
    fits: complaint((e) => e.complaintSubType === 'OnAccountSuppressionList'),
    outcome: everywhere('suppress', 'account-list'),
    because: "the address is on the account's SES suppression list",
    source: `${EVENTS}, complaintSubType`,
  },
  {
    id: 'tenant-listed',
    fits: (e, policy) =>
      subtype('OnTenantSuppressionList')(e, policy) ||
      (e.type === 'Complaint' && e.complaintSubType === 'OnTenantSuppressionList'),
    outcome: (e) => within('suppress', 'tenant-list', tenantScope(e)),
    because: "the address is on a tenant's SES suppression list",
    source: 'Amazon SES Developer Guide, Tenants',
  },
  {
    id: 'complaint',
    fits: complaint(() => true),
    outcome: (e, policy) => ({ effect: 'suppress', reason: 'complaint', scope: complaintScope(e, policy) }),
    because: 'the recipient reported the mail as unwanted',
    source: `${NOTIFICATIONS}, complaint object`,
  },
  {
    id: 'unsubscribed',
    fits: (e, policy) =>
      subtype('UnsubscribedRecipient')(e, policy) || (e.type === 'Subscription' && e.change === 'OptOut'),
    outcome: (e) => within('suppress', 'unsubscribe', topicScope(e)),
    because: 'the recipient opted out of this kind of mail',
    source: 'Amazon SES Developer Guide, Using subscription management; RFC 8058',
  },
  {
    id: 'listed-account',
    fits: permanent('OnAccountSuppressionList'),
    outcome: everywhere('suppress', 'account-list'),
    because: "the address is on the account's SES suppression list",
    source: `${NOTIFICATIONS}, bounce types`,
  },
  {
    id: 'listed-global',
    fits: permanent('Suppressed'),
    outcome: everywhere('hold', 'global-list'),
    because: "the address bounced for another SES customer within SES's global list's 14 days",
    source: `${NOTIFICATIONS}, bounce types; Managing lists and subscriptions`,
  },
  {
    id: 'unlikely-address',
    fits: permanent('EmailValidationSuppressed'),
    outcome: everywhere('hold', 'validation'),
    because: 'SES judges the address unlikely to exist, which is no proof',
    source: 'Amazon SES Developer Guide, Email validation',
  },
  {
    id: 'delayed-recipient',
    fits: bounce((e) => e.bounceType === 'Permanent' && (e.action === 'delayed' || isTransientStatus(e.status))),
    outcome: everywhere('strike', 'soft-bounce'),
    because: 'the receiving server is still trying for this recipient, whatever the notification as a whole says',
    source: 'RFC 3464 section 2.3.3; RFC 3463 section 2',
  },
  {
    id: 'hard-bounce',
    fits: bounce((e) => e.bounceType === 'Permanent'),
    outcome: everywhere('suppress', 'hard-bounce'),
    because: 'the address was refused for good',
    source: `${NOTIFICATIONS}, bounce types`,
  },
  {
    id: 'message-fault',
    fits: bounce((e) => MESSAGE_FAULTS.has(e.bounceSubType)),
    outcome: () => nothing('message-fault'),
    because: 'the message was at fault, not the address',
    source: `${NOTIFICATIONS}, bounce types`,
  },
  {
    id: 'dead-address',
    fits: bounce((e, policy) => isSoft(e) && e.status !== undefined && policy.deadAddressStatuses.includes(e.status)),
    outcome: everywhere('suppress', 'hard-bounce'),
    because: 'the status code says that the address does not exist, although SES calls the bounce soft',
    source: 'RFC 3463 section 3.2; RFC 7505 section 5',
  },
  {
    id: 'dead-domain',
    fits: bounce((e, policy) => isSoft(e) && e.status !== undefined && policy.deadDomainStatuses.includes(e.status)),
    outcome: everywhere('hold', 'dead-domain'),
    because: 'the domain does not exist or takes no mail; one DNS outage must not silence it for ever',
    source: 'RFC 3463 sections 3.2 and 3.5',
  },
  {
    id: 'auto-reply',
    fits: bounce(
      (e) =>
        e.bounceType === 'Transient' &&
        e.bounceSubType === 'General' &&
        e.action === undefined &&
        e.status === undefined &&
        e.diagnosticCode === undefined,
    ),
    outcome: () => nothing('auto-reply'),
    because: 'an out-of-office reply looks like this: a bounce without a delivery status',
    source: `${NOTIFICATIONS}, bounce types; RFC 3834`,
  },
  {
    id: 'soft-bounce',
    fits: bounce(isSoft),
    outcome: everywhere('strike', 'soft-bounce'),
    because: 'the mail could not be delivered this time',
    source: `${NOTIFICATIONS}, bounce types`,
  },
  {
    id: 'opted-in',
    fits: (e) => e.type === 'Subscription' && e.change === 'OptIn',
    outcome: (e) => within('lift', 'opted-in', topicScope(e)),
    because: 'the recipient opted in again',
    source: 'Amazon SES Developer Guide, Using subscription management',
  },
  {
    id: 'delivered',
    fits: (e) => e.type === 'Delivery',
    outcome: everywhere('reset', 'delivered'),
    because: "the recipient's server took the mail",
    source: `${EVENTS}, delivery object`,
  },
  {
    id: 'other',
    fits: () => true,
    outcome: (e) => nothing(e.type),
    because: 'this says nothing about whether the address may be mailed',
    source: EVENTS,
  },
];
