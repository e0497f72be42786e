import type { EntryEvent, FeedbackLine, LoopEnd, LoopEvent, MailEvent, ParkedLine, WayEvent } from './loop-event.ts';
import type { Paint } from './paint.ts';

const ADDRESS_WIDTH = 43;

/** Tells a person what happens, section by section. */
export class HumanReport {
  readonly #write: (line: string) => void;
  readonly #paint: Paint;
  #section = '';

  constructor(write: (line: string) => void, paint: Paint) {
    this.#write = write;
    this.#paint = paint;
  }

  report = (event: LoopEvent): void => {
    switch (event.event) {
      case 'ready':
        this.#ready(event);
        break;
      case 'mail':
        this.#open(event.round === 1 ? '1  Send' : '4  Send again');
        this.#row(event.to[0] ?? '', this.#mail(event));
        break;
      case 'feedback':
        this.#open('2  What SES said');
        this.live(event);
        break;
      case 'entry':
        this.#open('3  The list now', 'simulator addresses are held for a short while only');
        this.#row(event.address, this.#entry(event));
        break;
      case 'way':
        this.#open('5  Other ways to send');
        this.#row(event.what, this.#way(event));
        break;
      case 'parked':
        this.#parked(event);
        break;
      case 'loop':
        this.#end(event);
        break;
    }
  };

  /** One line of what happens while the cloud stays up. */
  live(line: FeedbackLine): void {
    this.#row(line.recipients.join(', '), this.#feedback(line));
  }

  #ready({ lambda, ses, dynamodb, sqs, table, messages, unsubscribe }: LoopEvent & { event: 'ready' }): void {
    this.#write(this.#paint('bold', 'ses-suppressor on this computer'));
    this.#write('');
    const rows = [
      ['lambda', lambda, 'functions send, feedback, queue and unsubscribe'],
      ['ses', ses, 'with the mailbox simulator'],
      ['dynamodb', dynamodb, `tables ${table} and ${messages}`],
      ['sqs', sqs, 'feedback and send queue, dead letters'],
      ['links', unsubscribe, 'where unsubscribe links lead'],
    ] as const;
    for (const [name, url, what] of rows) {
      this.#write(`   ${name.padEnd(10)}${url.padEnd(26)}${this.#paint('dim', what)}`);
    }
  }

  #mail({ to, status, suppressed, ms }: MailEvent): string {
    const took = this.#paint('dim', `${ms} ms`.padStart(8));
    const [first] = suppressed;
    if (first === undefined) return `${took}   ${this.#paint('green', status)}`;
    const why = `${first.reason}, since ${clock(first.since)}`;
    if (status === 'suppressed') return `${took}   ${this.#paint('yellow', 'withheld   ')}  ${why}; SES was not asked`;
    const others = `   ${to
      .slice(1)
      .join(', ')
      .padEnd(ADDRESS_WIDTH + 11)}${this.#paint('green', 'sent')}`;
    return `${took}   ${this.#paint('yellow', status)}  ${why}\n${others}         the same mail, to the living alone`;
  }

  #feedback({ seconds, type, finding }: FeedbackLine): string {
    const at = this.#paint('dim', `${seconds.toFixed(2)} s`.padStart(8));
    const style = type === 'Bounce' || type === 'Complaint' ? 'yellow' : 'green';
    return `${at}   ${this.#paint(style, type.padEnd(11))}  ${clip(finding, 60)}`;
  }

  #entry({ status, reason, since, until }: EntryEvent): string {
    if (status !== 'suppressed') return `${' '.repeat(11)}${this.#paint('green', 'free to mail')}`;
    const from = since === null ? 0 : Date.parse(since);
    const end = until === null ? 'for good' : `for ${Math.round((Date.parse(until) - from) / 60_000)} minutes`;
    return `${' '.repeat(11)}${this.#paint('yellow', status.padEnd(11))}  ${(reason ?? '').padEnd(12)} ${end}`;
  }

  #way({ finding, ms }: WayEvent): string {
    return `${this.#paint('dim', `${ms} ms`.padStart(8))}   ${this.#paint('green', finding)}`;
  }

  #parked({ kind, code, message }: ParkedLine): void {
    const what = kind === 'feedback' ? 'a feedback message' : 'a queued request';
    const why = code === null ? 'after too many tries' : `${code}: ${clip(message ?? '', 100)}`;
    this.#write(`   ${this.#paint('red', `${what} was set aside`)}   ${why}`);
  }

  #end(end: LoopEnd): void {
    this.#write('');
    if (end.closed) {
      this.#write(this.#paint(['bold', 'green'], `The loop closed in ${end.seconds.toFixed(1)} s.`));
      return;
    }
    this.#write(this.#paint(['bold', 'red'], `The loop did not close: it broke at the step "${end.step}".`));
    this.#write(`   ${end.code}: ${end.message}`);
    this.#write(`   ${end.remedy}`);
  }

  #open(section: string, note = ''): void {
    if (this.#section === section) return;
    this.#section = section;
    this.#write('');
    this.#write(this.#paint('bold', section) + (note && this.#paint('dim', `   ${note}`)));
  }

  #row(address: string, rest: string): void {
    this.#write(`   ${address.padEnd(ADDRESS_WIDTH)}${rest}`.trimEnd());
  }
}

const clock = (iso: string): string => new Date(iso).toLocaleTimeString('en-GB');

const clip = (text: string, chars: number): string => (text.length > chars ? `${text.slice(0, chars - 1)}…` : text);
