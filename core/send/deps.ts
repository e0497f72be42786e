import type { Policy } from '../contract/index.ts';
import type { Counts } from '../counts.ts';
import type { Instant } from '../instant.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { MessageIds } from '../messages/message-ids.ts';
import type { Sends } from '../messages/sends.ts';
import type { BuildDeps } from './build-mail.ts';
import type { Mailer } from './mailer.ts';
import type { ConfigurationSets } from './prepare.ts';

/** All that a send touches. */
export interface SendDeps extends ConfigurationSets, BuildDeps {
  readonly ledger: Pick<Ledger, 'standings'>;
  readonly mailer: Mailer;
  readonly policy: Pick<Policy, 'whenListUnavailable'>;
  readonly now: () => Instant;
  readonly counts: Counts;
  readonly log: Log;
  /** Absent: nothing is remembered, and an `idempotencyKey` is refused. */
  readonly sends?: Sends;
  /** Absent: a Message-ID of the caller's own is not remembered. */
  readonly messageIds?: Pick<MessageIds, 'remember'>;
  /** Whether the answer to a request with a key is kept even where nobody could be mailed. @default false */
  readonly keepAnswers?: boolean;
  /** When the sender is dead for certain: the end of its invocation. @default - the longest that Lambda lets one run */
  readonly endsAt?: Instant;
}
