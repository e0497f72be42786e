import type { Address } from '../address/address.ts';
import { EVERYWHERE } from '../contract/index.ts';
import type { Instant } from '../instant.ts';

/** Reasons that block, strongest first: the order that decides between reasons which end together. */
export const BLOCKING_REASONS = [
  'complaint',
  'hard-bounce',
  'account-list',
  'tenant-list',
  'manual',
  'unsubscribe',
  'global-list',
  'validation',
  'dead-domain',
  'soft-bounce',
] as const;
export type BlockingReason = (typeof BLOCKING_REASONS)[number];

/** Reasons that lift: `not-spam` what a complaint caused, `opted-in` what an unsubscribe caused. */
export type LiftingReason = 'not-spam' | 'opted-in';

export type Reason = BlockingReason | LiftingReason;

/**
 * One fact that an entry remembers. Periods and ends are never stored in it: `derive` applies the policy of the day.
 *
 * @example { id: '0100…-000000#pat@target.example', at: 1767323045678, rule: 'hard-bounce', reason: 'hard-bounce',
 *   type: 'Bounce', subtype: 'Permanent/General', status: '5.1.1' }
 */
export interface Evidence {
  readonly id: string;
  readonly at: Instant;
  /** The row of the decision table that made this evidence. */
  readonly rule: string;
  readonly reason: Reason;
  /** SES's event type, or `Unsubscribe`, `Subscribe` or `Import` where somebody else told. */
  readonly type: string;
  /** SES's type and subtype within the event, such as `Permanent/General`. */
  readonly subtype?: string;
  /** The enhanced status code of the DSN. */
  readonly status?: string;
  readonly messageId?: string;
  /** What the remote server said, at most 200 characters: text, dropped by `forget`. */
  readonly diagnostic?: string;
  /** The address the remote server named, where it is not the one mailed: text, dropped by `forget`. */
  readonly reported?: string;
}

/** A delivery that may have reset the strikes before it. */
export interface DeliveryFact {
  readonly at: Instant;
  /** Empty if SES did not say. */
  readonly messageId: string;
}

/** What a person decided, by command: the latest decision wins. */
export interface OperatorDecision {
  readonly action: 'remove' | 'allow' | 'add';
  readonly at: Instant;
  readonly by: string;
  readonly note: string;
}

/** All that is known of one address in one scope: a join of facts, from which status and end are derived. */
export interface Entry {
  readonly address: Address;
  /** `*`, a stream, or `tenant:<name>`. */
  readonly scope: string;
  readonly evidence: readonly Evidence[];
  readonly deliveries: readonly DeliveryFact[];
  /** Evidence not newer than this is void. */
  readonly clearedAt?: Instant;
  /** Evidence not newer than this is kept without text. */
  readonly forgottenAt?: Instant;
  readonly operator?: OperatorDecision;
}

/** Names one entry. */
export interface EntryKey {
  readonly address: Address;
  readonly scope: string;
}

/** An entry that knows nothing yet. */
export const emptyEntry = ({ address, scope }: EntryKey): Entry => ({ address, scope, evidence: [], deliveries: [] });

/** A key as one string, for maps; neither part can hold a line break. */
export const keyText = ({ address, scope }: EntryKey): string => `${address}\n${scope}`;

/** The keys that answer "may I mail this address in this stream?": `*`, then the stream if there is one. */
export const keysToCheck = (address: Address, stream?: string): EntryKey[] =>
  stream === undefined
    ? [{ address, scope: EVERYWHERE }]
    : [
        { address, scope: EVERYWHERE },
        { address, scope: stream },
      ];
