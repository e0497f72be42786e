import type { Address } from '../../core/address/address.ts';
import type { Policy } from '../../core/contract/index.ts';
import type { Counts } from '../../core/counts.ts';
import type { DeadLetters } from '../../core/feedback/dead-letters.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';
import type { Log } from '../../core/log.ts';
import type { Settling } from '../../core/messages/settle.ts';

/** All that the feedback function touches. */
export interface FeedbackDeps {
  readonly ledger: Ledger;
  readonly deadLetters: DeadLetters;
  readonly policy: Policy;
  readonly log: Log;
  readonly counts: Counts;
  /** Absent: sends are not remembered, and nothing is settled. */
  readonly settling?: Settling;
  readonly fingerprint: (address: Address) => string;
}
