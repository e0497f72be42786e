import { SesAccount } from '../../local/ses/account.ts';
import { ACCOUNT_ACTIONS } from '../../local/ses/account-actions.ts';
import { SesFault } from '../../local/ses/fault.ts';
import type { Draft } from '../../local/ses/mail.ts';
import { QueryForm } from '../../local/ses/query-form.ts';
import { readSendTemplatedEmail } from '../../local/ses/send-email.ts';
import { readSendRawEmail } from '../../local/ses/send-raw-email.ts';
import { WELCOME } from '../../local/ses/welcome-template.ts';
import { xmlError, xmlResult } from '../../local/ses/xml-answer.ts';
import type { WireAnswer } from './world.ts';

/** A mail that SES took on. */
export interface Mail extends Draft {
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const HEADERS = { 'content-type': 'text/xml' };

/** SES as far as the functions use it: it takes every mail and remembers it. */
export class Ses {
  readonly mails: Mail[] = [];
  readonly #account = new SesAccount();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.#account.templates.set('welcome', WELCOME);
    this.#account.maxSendRate = 50;
  }

  /** Answers a request of the Query protocol. */
  answer(body: string): WireAnswer {
    const form = new QueryForm(body);
    const answer = this.#run(form);
    if (typeof answer === 'string') throw new Error('SES answers in XML');
    return { status: answer.status, headers: HEADERS, body: String(answer.body ?? '') };
  }

  #run(form: QueryForm) {
    try {
      const quota = ACCOUNT_ACTIONS.GetSendQuota;
      if (form.action === 'GetSendQuota' && quota !== undefined)
        return xmlResult(form.action, quota(form, this.#account));
      const draft =
        form.action === 'SendRawEmail' ? readSendRawEmail(form) : readSendTemplatedEmail(form, this.#account.templates);
      const messageId = `mail-${this.mails.length + 1}`;
      this.mails.push({ ...draft, messageId, at: this.#now() });
      return xmlResult(form.action, { MessageId: messageId });
    } catch (fault) {
      if (fault instanceof SesFault) return xmlError(fault);
      throw fault;
    }
  }
}
