import type { IdentityNotifications } from '../../adapters/identity-notifications.ts';
import type { TableShape } from '../../adapters/table-shape.ts';
import type { WiringMemory } from '../../adapters/wiring-memory.ts';
import type { Counts } from '../../core/counts.ts';
import type { Log } from '../../core/log.ts';

/** What the hourly run did about a wire that did not lead to the stack's topic. */
export type WireOutcome =
  /** Nothing was set, and it was set again. */
  | 'rewired'
  /** Another system has taken it; it was left alone. */
  | 'taken'
  /** It could not be set. */
  | 'failed';

/** What wiring identities needs; a function that only checks a table has none of it. */
export interface IdentityDeps {
  readonly identities: IdentityNotifications;
  readonly memory: WiringMemory;
  /** ARN of this stack's topic. */
  readonly topicArn: string;
  readonly counts: Counts;
  readonly log: Log;
}

/** Everything the wiring function touches. */
export interface WiringDeps {
  readonly identity: IdentityDeps | null;
  tableShape(name: string): Promise<TableShape | null>;
  /** Puts CloudFormation's answer to the URL it gave; rejects if that fails. */
  put(url: string, body: string): Promise<void>;
  readonly log: Log;
}
