import { Metric, type Policy } from '../contract/index.ts';
import type { Counts } from '../counts.ts';
import { keysToCheck } from '../entry/entry.ts';
import type { Instant } from '../instant.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { fail, ok, type Result } from '../result.ts';
import type { SendAnswer, SendError } from './answer.ts';
import { type SendFailure, sendFailure } from './failure.ts';
import type { Accepted, Compose, Mailer } from './mailer.ts';
import { type Partition, partition } from './partition.ts';
import { type ConfigurationSets, type Prepared, prepare } from './prepare.ts';
import type { Recipient, RecipientField } from './recipients.ts';

/** All that a send touches. */
export interface SendDeps extends ConfigurationSets {
  readonly ledger: Pick<Ledger, 'standings'>;
  readonly compose: Compose;
  readonly mailer: Mailer;
  readonly policy: Pick<Policy, 'whenListUnavailable'>;
  readonly now: () => Instant;
  readonly counts: Counts;
  readonly log: Log;
}

/** Asks the list about every recipient in one consistent read; what cannot be read is not taken for "free to mail". */
const checkList = async (
  { recipients: { usable }, request: { stream } }: Prepared,
  { ledger, policy, counts, log, now }: SendDeps,
): Promise<Result<Partition, SendFailure>> => {
  const { found, failed } = await ledger.standings(usable.flatMap(({ mailbox }) => keysToCheck(mailbox.key, stream)));
  const [fault] = failed.values();
  if (fault !== undefined) {
    const failOpen = policy.whenListUnavailable === 'send';
    counts.add(Metric.LIST_UNAVAILABLE, failOpen ? 'sent' : 'refused');
    log.error('the list could not be read', { unread: failed.size, cause: String(fault), failOpen });
    if (!failOpen)
      return fail(sendFailure('ListUnavailable', `${failed.size} entries could not be read: ${fault.message}`));
  }
  return ok(partition(usable, stream, found, now()));
};

/** Builds the message for those who may be mailed, names nobody else, and hands it to SES. */
const mail = async (
  { request, from, replyTo, configurationSet }: Prepared,
  mailable: readonly Recipient[],
  deadline: Instant,
  { compose, mailer }: SendDeps,
): Promise<Result<Accepted, SendFailure>> => {
  const named = (field: RecipientField) =>
    mailable
      .filter((each) => each.field === field)
      .map(({ mailbox }) => ({ name: mailbox.name, address: mailbox.addrSpec }));
  const { subject, text, html, stream, tags } = request;
  const content = { ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }) };
  let raw: Uint8Array;
  try {
    raw = await compose({ from, to: named('to'), cc: named('cc'), replyTo, subject, ...content });
  } catch (error) {
    return fail(sendFailure('InvalidRequest', `the message cannot be built: ${String(error)}`));
  }
  return mailer.send(
    {
      source: from.address,
      destinations: mailable.map(({ mailbox }) => mailbox.addrSpec),
      raw,
      tags: stream === undefined ? tags : { ...tags, stream },
      configurationSet,
    },
    deadline,
  );
};

/**
 * Sends one message to those of its recipients who may be mailed, checked at this moment.
 *
 * @param raw - a send request, not yet validated
 * @param deadline - milliseconds since the epoch after which no further try may start
 * @returns the answer per recipient, or why the request failed; an answer has everybody given in exactly one of its lists
 * @throws never for anything a caller, SES or the table does
 * @example await send({ from: 'a@ledger.example', to: ['b@target.example'], subject: 'Hi', text: 'Hi' }, deadline, deps)
 *   // { ok: true, value: { status: 'sent', messageId: '0100…', sent: ['b@target.example'], suppressed: [], … } }
 */
export const send = async (raw: unknown, deadline: Instant, deps: SendDeps): Promise<Result<SendAnswer, SendError>> => {
  const prepared = prepare(raw, deps);
  if (!prepared.ok) return prepared;
  const { request, recipients } = prepared.value;
  const { refused } = recipients;
  const checked = await checkList(prepared.value, deps);
  if (!checked.ok) return fail({ ...checked.error, refused });
  const { mailable, withheld: suppressed } = checked.value;
  if (request.onSuppressed === 'reject' && suppressed.length > 0) {
    const message = `${suppressed.length} of ${recipients.usable.length} recipients may not be mailed; nothing was sent`;
    return fail({ ...sendFailure('RecipientsSuppressed', message), suppressed, refused });
  }
  const outcome = { sent: mailable.map(({ given }) => given), suppressed, refused, duplicate: false };
  if (mailable.length === 0) return ok({ status: 'suppressed', messageId: null, messageIdHeader: null, ...outcome });
  const accepted = await mail(prepared.value, mailable, deadline, deps);
  if (!accepted.ok) return fail({ ...accepted.error, suppressed, refused });
  const { messageId, messageIdHeader } = accepted.value;
  const status = suppressed.length + refused.length > 0 ? 'partly-sent' : 'sent';
  return ok({ status, messageId, messageIdHeader, ...outcome });
};
