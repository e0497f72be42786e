import type { Instant } from '../instant.ts';
import { answerOf } from '../messages/send-record.ts';
import { fail, ok, type Result } from '../result.ts';
import type { SendAnswer, SendError } from './answer.ts';
import { buildMail } from './build-mail.ts';
import { checkList, told } from './check-list.ts';
import type { SendDeps } from './deps.ts';
import { sendFailure } from './failure.ts';
import type { Mailer } from './mailer.ts';
import { sendOnce } from './once.ts';
import { type Prepared, prepare } from './prepare.ts';
import { rememberMessageId } from './remember-message-id.ts';

export type { SendDeps } from './deps.ts';

const sendNow = async (
  prepared: Prepared,
  deadline: Instant,
  deps: SendDeps,
): Promise<Result<SendAnswer, SendError>> => {
  const checked = await checkList(prepared, deps);
  if (!checked.ok) return checked;
  const { mailable, draft } = checked.value;
  if (mailable.length === 0) return ok(answerOf(draft, undefined, false));
  const mail = await buildMail(prepared, mailable, deps);
  if (!mail.ok) return told(mail.error, draft);
  const accepted = await deps.mailer.send(mail.value, deadline);
  if (!accepted.ok) return told(accepted.error, draft);
  await rememberMessageId(prepared, accepted.value, undefined, deps);
  return ok(answerOf(draft, accepted.value, false));
};

const NO_KEYS = 'Leave idempotencyKey out, or switch idempotency on in the configuration and deploy again.';

const sendPrepared = async (
  prepared: Prepared,
  deadline: Instant,
  deps: SendDeps,
): Promise<Result<SendAnswer, SendError>> => {
  const { idempotencyKey } = prepared.request;
  if (idempotencyKey === undefined) return sendNow(prepared, deadline, deps);
  const { sends } = deps;
  if (sends !== undefined) return sendOnce(prepared, idempotencyKey, deadline, { ...deps, sends });
  const message = 'idempotencyKey: sends are not remembered by this deployment, so it cannot be honoured';
  return fail(sendFailure('InvalidRequest', message, NO_KEYS));
};

/** A request that cannot even be read is at fault itself: the same one would fail the same way. */
const prepareSafely = (raw: unknown, deps: SendDeps): Result<Prepared, SendError> => {
  try {
    return prepare(raw, deps);
  } catch (fault) {
    deps.log.error('a send request could not be read', { cause: String(fault) });
    return fail(sendFailure('InvalidRequest', `the request could not be read: ${String(fault)}`));
  }
};

/** The same mailer, which remembers whether it was used, and answers where it should have thrown. */
const watched = ({ mailer, log }: SendDeps): Mailer & { readonly used: () => boolean } => {
  let used = false;
  return {
    used: () => used,
    async send(mail, deadline) {
      used = true;
      try {
        return await mailer.send(mail, deadline);
      } catch (fault) {
        log.error('handing a mail to SES met a fault', { cause: String(fault) });
        return fail(sendFailure('OutcomeUnknown', `handing the mail to SES met a fault: ${String(fault)}`));
      }
    },
  };
};

/**
 * Sends one message to those of its recipients who may be mailed, checked at this moment; with an `idempotencyKey`, once
 * in 30 days.
 *
 * @param raw - a send request, not yet validated
 * @param deadline - milliseconds since the epoch after which no further try may start
 * @returns the answer per recipient, or why the request failed; an answer has everybody given in exactly one of its lists
 * @throws never: a fault that nobody foresaw is told as well, as `OutcomeUnknown` if SES may have been asked by then
 * @example await send({ from: 'a@ledger.example', to: ['b@target.example'], subject: 'Hi', text: 'Hi' }, deadline, deps)
 *   // { ok: true, value: { status: 'sent', messageId: '0100…', sent: ['b@target.example'], suppressed: [], … } }
 */
export const send = async (raw: unknown, deadline: Instant, deps: SendDeps): Promise<Result<SendAnswer, SendError>> => {
  const prepared = prepareSafely(raw, deps);
  if (!prepared.ok) return prepared;
  const mailer = watched(deps);
  try {
    return await sendPrepared(prepared.value, deadline, { ...deps, mailer });
  } catch (fault) {
    deps.log.error('a send met a fault', { cause: String(fault) });
    const message = `the send met a fault: ${String(fault)}`;
    return fail(
      mailer.used()
        ? sendFailure('OutcomeUnknown', message)
        : sendFailure('ListUnavailable', message, 'Nothing was sent: send again.'),
    );
  }
};
