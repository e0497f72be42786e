import { messageIdHeader } from '../../core/messages/message-id-header.ts';
import { REGION } from '../arn.ts';
import { type Answer, type LoopbackServer, type Received, serveOnLoopback } from '../http/loopback-server.ts';
import { isSimulatorAddress } from '../simulator/simulator-address.ts';
import { SesAccount } from './account.ts';
import { admit } from './admission.ts';
import { SesFault } from './fault.ts';
import { Inbox } from './inbox.ts';
import { isRefusal, refusal } from './injected-fault.ts';
import type { AcceptedMail, Draft } from './mail.ts';
import { sesId } from './message-id.ts';
import { QueryForm } from './query-form.ts';
import { RateMeter } from './rate-meter.ts';
import { readSendEmail, readSendTemplatedEmail } from './send-email.ts';
import { readSendRawEmail } from './send-raw-email.ts';
import { TEMPLATE_ACTIONS } from './template-actions.ts';
import { xmlError, xmlResult } from './xml-answer.ts';

/** A form with a message of 10 MB in base64, escaped. */
const MAX_FORM_BYTES = 32 * 1024 * 1024;

/** What is told of an account that has no limit here. */
const UNLIMITED_RATE = 500;

/** An SES that speaks the Query protocol of API 2010-12-01 on a loopback port. */
export class LocalSes {
  readonly account = new SesAccount();
  readonly inbox = new Inbox();
  readonly #rate = new RateMeter();
  readonly #quotaCalls = new RateMeter();
  readonly #onAccepted: (mail: AcceptedMail) => void;

  /** @param onAccepted - told of each mail once it is in the inbox */
  constructor(onAccepted: (mail: AcceptedMail) => void) {
    this.#onAccepted = onAccepted;
  }

  listen(): Promise<LoopbackServer> {
    return serveOnLoopback((request) => this.#answer(request), { maxBytes: MAX_FORM_BYTES });
  }

  #answer(request: Received): Answer {
    if (request.method === 'GET' && request.url.pathname === '/last') return this.#last();
    try {
      if (request.tooLong) throw new SesFault(413, 'RequestEntityTooLarge', 'The request is too large.');
      return this.#run(new QueryForm(request.body.toString('utf8')));
    } catch (error) {
      if (error instanceof SesFault) return xmlError(error);
      throw error;
    }
  }

  /** The mail that came last, for people: no call of SES's. */
  #last(): Answer {
    const { last } = this.inbox;
    if (last === undefined) return { status: 404, body: 'no mail yet\n' };
    return last.raw === null
      ? { status: 200, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(last)}\n` }
      : { status: 200, headers: { 'content-type': 'message/rfc822' }, body: last.raw };
  }

  #run(form: QueryForm): Answer {
    switch (form.action) {
      case 'SendEmail':
        return this.#send(form.action, () => readSendEmail(form));
      case 'SendRawEmail':
        return this.#send(form.action, () => readSendRawEmail(form));
      case 'SendTemplatedEmail':
        return this.#send(form.action, () => readSendTemplatedEmail(form, this.account.templates));
      case 'GetSendQuota':
        return this.#quota(form.action);
      default:
        if (Object.hasOwn(TEMPLATE_ACTIONS, form.action))
          return xmlResult(form.action, TEMPLATE_ACTIONS[form.action]?.(form, this.account.templates) ?? {});
        throw new SesFault(400, 'InvalidAction', `Could not find operation ${form.action} for version 2010-12-01`);
    }
  }

  #send(action: string, read: () => Draft): Answer {
    const fault = this.account.takeFault();
    if (isRefusal(fault)) throw refusal(fault);
    const draft = read();
    admit(draft, this.account);
    this.#meter(draft);
    const mail = this.#accept(draft);
    if (fault === 'cut' || fault === 'hang') return fault;
    if (fault === 'broken') throw refusal('internal');
    return fault === 'empty' ? { status: 200 } : xmlResult(action, { MessageId: mail.messageId });
  }

  /** One call a second, as with every call of SES but those that send. */
  #quota(action: string): Answer {
    if (!this.#quotaCalls.take(1, 1, performance.now())) throw new SesFault(400, 'Throttling', 'Rate exceeded');
    const { max24HourSend, maxSendRate, sentLast24Hours } = this.account;
    return xmlResult(action, {
      Max24HourSend: String(max24HourSend),
      MaxSendRate: String(maxSendRate ?? UNLIMITED_RATE),
      SentLast24Hours: String(sentLast24Hours),
    });
  }

  #meter(draft: Draft): void {
    const { maxSendRate } = this.account;
    if (maxSendRate === null || this.#rate.take(draft.recipients.length, maxSendRate, performance.now())) return;
    throw refusal('rate');
  }

  #accept(draft: Draft): AcceptedMail {
    const acceptedAt = new Date();
    const messageId = sesId(acceptedAt);
    const mail = { ...draft, acceptedAt, messageId, messageIdHeader: messageIdHeader(messageId, REGION) };
    this.account.sentLast24Hours += draft.recipients.filter((to) => !isSimulatorAddress(to)).length;
    this.inbox.add(mail);
    this.#onAccepted(mail);
    return mail;
  }
}
