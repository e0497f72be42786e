import type { DeadLetters } from '../../core/feedback/dead-letters.ts';
import type { Sends } from '../../core/messages/sends.ts';
import type { Limiter } from '../../core/rate/limiter.ts';
import type { Postpone } from '../../core/rate/postpone.ts';
import type { Time } from '../../core/rate/time.ts';
import type { SendDeps } from '../../core/send/send.ts';
import type { RecipientCounts } from '../send/count-recipients.ts';

/** All that the queue function touches. */
export interface QueueDeps
  extends Omit<SendDeps, 'endsAt' | 'keepAnswers'>,
    Pick<RecipientCounts, 'streams'>,
    Pick<Time, 'sleep'> {
  /** Every queued request has a key. */
  readonly sends: Sends;
  /** Reserves the slots at which `mailer` may start its calls. */
  readonly limiter: Limiter;
  /** Where requests go that nobody can send. */
  readonly deadLetters: DeadLetters;
  readonly postpone: Postpone;
  /** From 0 up to 1, for jitter. */
  readonly random: () => number;
  /** Milliseconds one try to hand a mail to SES can take: none is begun with less left of the invocation. */
  readonly tryMs: number;
}
