import { messageIdHeader } from '../../core/messages/message-id-header.ts';
import { REGION } from '../arn.ts';
import { type Answer, type LoopbackServer, type Received, serveOnLoopback } from '../http/loopback-server.ts';
import { isSimulatorAddress } from '../simulator/simulator-address.ts';
import { SesAccount } from './account.ts';
import { ACCOUNT_ACTIONS } from './account-actions.ts';
import { admit } from './admission.ts';
import { SesFault } from './fault.ts';
import { IDENTITY_ACTIONS } from './identity-actions.ts';
import { Inbox } from './inbox.ts';
import { isRefusal, refusal } from './injected-fault.ts';
import type { AcceptedMail, Draft } from './mail.ts';
import { sesId } from './message-id.ts';
import { QueryForm } from './query-form.ts';
import { RateMeter } from './rate-meter.ts';
import { readSendEmail, readSendTemplatedEmail } from './send-email.ts';
import { readSendRawEmail } from './send-raw-email.ts';
import { SettingsMeter } from './settings-meter.ts';
import { TEMPLATE_ACTIONS } from './template-actions.ts';
import { answerV2, V2_PREFIX } from './v2/router.ts';
import { type XmlFields, xmlError, xmlResult } from './xml-answer.ts';

/** What can be read and changed of the account, by the action's name. */
const SETTINGS = { ...ACCOUNT_ACTIONS, ...IDENTITY_ACTIONS };

/** A form with a message of 10 MB in base64, escaped. */
const MAX_FORM_BYTES = 32 * 1024 * 1024;

/** An SES on a loopback port: the Query protocol of API 2010-12-01, and below `/v2/email/` API 2019-09-27. */
export class LocalSes {
  readonly account = new SesAccount();
  readonly inbox = new Inbox();
  readonly #rate = new RateMeter();
  readonly #settings = new SettingsMeter();
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
    if (request.url.pathname.startsWith(V2_PREFIX)) {
      return answerV2(request, this.account, (operation) => this.#mayPass(operation));
    }
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
      default:
        return xmlResult(form.action, this.#set(form));
    }
  }

  /** Reads or changes a setting: every call but those that send, each limited for itself. */
  #set(form: QueryForm): XmlFields {
    const { action } = form;
    const run = Object.hasOwn(SETTINGS, action) ? SETTINGS[action] : undefined;
    if (run !== undefined) {
      if (!this.#mayPass(action)) throw new SesFault(400, 'Throttling', 'Rate exceeded');
      return run(form, this.account);
    }
    if (Object.hasOwn(TEMPLATE_ACTIONS, action)) return TEMPLATE_ACTIONS[action]?.(form, this.account.templates) ?? {};
    throw new SesFault(400, 'InvalidAction', `Could not find operation ${action} for version 2010-12-01`);
  }

  #mayPass(operation: string): boolean {
    return this.#settings.take(operation, this.account.settingsRate, performance.now());
  }

  #send(action: string, read: () => Draft): Answer {
    const fault = this.account.takeFault();
    if (isRefusal(fault)) throw refusal(fault);
    const draft = withDefaultSet(read(), this.account);
    admit(draft, this.account);
    this.#meter(draft);
    const mail = this.#accept(draft);
    if (fault === 'cut' || fault === 'hang') return fault;
    if (fault === 'broken') throw refusal('internal');
    return fault === 'empty' ? { status: 200 } : xmlResult(action, { MessageId: mail.messageId });
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

/** A mail that names no configuration set is sent with the one of its identity. */
const withDefaultSet = (draft: Draft, { identities }: SesAccount): Draft => ({
  ...draft,
  configurationSet: draft.configurationSet ?? identities.for(draft.source)?.configurationSet ?? null,
});
