import { clock, LiveReport } from './live-report.ts';
import type { EntryEvent, FeedbackLine, LoopEnd, LoopEvent, MailEvent, WayEvent } from './loop-event.ts';
import type { Paint } from './paint.ts';
import { clip } from './shown-text.ts';

const ADDRESS_WIDTH = 43;

/** Tells a person what happens: the loop section by section, and what comes after it by the time of day. */
export class HumanReport {
  readonly #write: (line: string) => void;
  readonly #paint: Paint;
  readonly #live: LiveReport;
  #section = '';
  #isOver = false;

  constructor(write: (line: string) => void, paint: Paint) {
    this.#write = write;
    this.#paint = paint;
    this.#live = new LiveReport(write, paint);
  }

  report = (event: LoopEvent): void => {
    switch (event.event) {
      case 'ready':
        this.#ready(event);
        break;
      case 'mail':
        if (event.round === 1) this.#open('1  Send');
        else this.#open('4  Send again', 'SES is not asked to mail those withheld');
        this.#row(event.to[0] ?? '', this.#mail(event));
        break;
      case 'feedback':
        if (this.#isOver) this.#live.feedback(event);
        else this.#inSection(event);
        break;
      case 'accepted':
        this.#live.accepted(event);
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
        this.#live.parked(event);
        break;
      case 'notice':
        this.#live.notice(event);
        break;
      case 'loop':
        this.#end(event);
        break;
    }
  };

  #ready(ready: LoopEvent & { event: 'ready' }): void {
    const { lambda, ses, dynamodb, sqs, sendQueue, sendDeadLetterQueue, table, messages, unsubscribe, console } = ready;
    this.#write(this.#paint('bold', 'ses-suppressor on this computer'));
    this.#write('');
    if (console !== null) {
      this.#write(`${this.#paint('bold', 'Console:')} ${this.#paint('bold', console)}`);
      this.#write(this.#paint('dim', '   the list and the mail flow in a browser; open the whole address'));
      this.#write('');
    }
    const rows = [
      ['lambda', lambda, 'functions send, feedback, queue, unsubscribe, breaker'],
      ['ses', ses, 'with the mailbox simulator and a template, welcome'],
      ['dynamodb', dynamodb, `tables ${table} and ${messages}`],
      ['sqs', sqs, 'feedback and send queue, dead letters'],
      ['links', unsubscribe, 'where unsubscribe links lead'],
      ['send queue', sendQueue, ''],
      ['dead letters', sendDeadLetterQueue, ''],
    ] as const;
    for (const [name, url, what] of rows) {
      this.#write(`   ${name.padEnd(14)}${what === '' ? url : url.padEnd(26)}${this.#paint('dim', what)}`);
    }
    this.#write('');
    this.#write('   Any From may send here. Deployed, only those in `senders` may: SenderNotAllowed.');
  }

  #mail({ to, status, suppressed, ms }: MailEvent): string {
    const took = this.#paint('dim', `${ms} ms`.padStart(8));
    const [first] = suppressed;
    if (first === undefined) return `${took}   ${this.#paint('green', status)}`;
    const why = `${first.reason}, since ${clock(first.since)}`;
    if (status === 'suppressed') return `${took}   ${this.#paint('yellow', 'withheld   ')}  ${why}`;
    const others = `   ${to
      .slice(1)
      .join(', ')
      .padEnd(ADDRESS_WIDTH + 11)}${this.#paint('green', 'sent')}`;
    return `${took}   ${this.#paint('yellow', status)}  ${why}\n${others}         the same mail`;
  }

  #inSection({ recipients, seconds, type, finding }: FeedbackLine): void {
    this.#open('2  What SES said');
    const at = this.#paint('dim', `${seconds.toFixed(2)} s`.padStart(8));
    const style = type === 'Bounce' || type === 'Complaint' ? 'yellow' : 'green';
    this.#row(recipients.join(', '), `${at}   ${this.#paint(style, type.padEnd(11))}  ${clip(finding, 28)}`);
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

  #end(end: LoopEnd): void {
    this.#write('');
    if (end.closed) {
      this.#isOver = true;
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
