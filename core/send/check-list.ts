import { Metric } from '../contract/index.ts';
import { keysToCheck } from '../entry/entry.ts';
import type { AnswerDraft } from '../messages/send-record.ts';
import { fail, ok, type Result } from '../result.ts';
import type { SendError } from './answer.ts';
import type { SendDeps } from './deps.ts';
import { sendFailure } from './failure.ts';
import { partition } from './partition.ts';
import type { Prepared } from './prepare.ts';
import type { Recipient } from './recipients.ts';

/** A request after the list was asked. */
export interface Checked {
  readonly mailable: readonly Recipient[];
  /** The answer, once SES has accepted the mail. */
  readonly draft: AnswerDraft;
}

/**
 * Asks the list about every recipient in one consistent read; what cannot be read is not taken for "free to mail".
 *
 * @returns who may be mailed, or `ListUnavailable`, or `RecipientsSuppressed` where the request will have it so
 * @throws never
 */
export const checkList = async (
  { recipients: { usable, refused }, request, headerMismatch }: Prepared,
  { ledger, policy, counts, log, now }: SendDeps,
): Promise<Result<Checked, SendError>> => {
  const { stream, onSuppressed } = request;
  const { found, failed } = await ledger.standings(usable.flatMap(({ mailbox }) => keysToCheck(mailbox.key, stream)));
  const [fault] = failed.values();
  if (fault !== undefined) {
    const failOpen = policy.whenListUnavailable === 'send';
    counts.add(Metric.LIST_UNAVAILABLE, failOpen ? 'sent' : 'refused');
    log.error('the list could not be read', { unread: failed.size, cause: String(fault), failOpen });
    const message = `${failed.size} entries could not be read: ${fault.message}`;
    if (!failOpen) return fail({ ...sendFailure('ListUnavailable', message), refused });
  }
  const { mailable, withheld: suppressed } = partition(usable, stream, found, now());
  if (onSuppressed === 'reject' && suppressed.length > 0) {
    const message = `${suppressed.length} of ${usable.length} recipients may not be mailed; nothing was sent`;
    return fail({ ...sendFailure('RecipientsSuppressed', message), suppressed, refused });
  }
  const leftOut = suppressed.length + refused.length > 0;
  const draft: AnswerDraft = {
    status: mailable.length === 0 ? 'suppressed' : leftOut ? 'partly-sent' : 'sent',
    sent: mailable.map(({ given }) => given),
    suppressed,
    refused,
    ...(headerMismatch === undefined ? {} : { headerMismatch }),
  };
  return ok({ mailable, draft });
};

/** A failure after the check, with what is known of the recipients. */
export const told = <E extends object>(error: E, { suppressed, refused }: AnswerDraft) =>
  fail({ ...error, suppressed, refused });
