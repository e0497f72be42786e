import type { AcceptedMail } from './mail.ts';

const MAX_MAILS = 1000;
const MAX_BYTES = 64 * 1024 * 1024;

/** The mails the local SES accepted, newest last; the oldest go when there are too many. */
export class Inbox {
  readonly #mails: AcceptedMail[] = [];
  #bytes = 0;
  #accepted = 0;

  /** How many were accepted since the start, those no longer kept included. */
  get accepted(): number {
    return this.#accepted;
  }

  get mails(): readonly AcceptedMail[] {
    return this.#mails;
  }

  get last(): AcceptedMail | undefined {
    return this.#mails.at(-1);
  }

  add(mail: AcceptedMail): void {
    this.#mails.push(mail);
    this.#accepted += 1;
    this.#bytes += mail.raw?.length ?? 0;
    while (this.#mails.length > MAX_MAILS || this.#bytes > MAX_BYTES) {
      this.#bytes -= this.#mails.shift()?.raw?.length ?? 0;
    }
  }

  clear(): void {
    this.#mails.length = 0;
    this.#bytes = 0;
  }
}
