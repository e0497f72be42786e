import type { AcceptedLine, FeedbackLine, NoticeLine, ParkedLine } from './loop-event.ts';
import type { Paint } from './paint.ts';
import { clip, shownText } from './shown-text.ts';

const WHAT_WIDTH = 10;
const WHOM_WIDTH = 36;
const TAIL_WIDTH = 37;
const NOTE_WIDTH = 16;
/** Where the second line of an event begins. */
const UNDER = ' '.repeat(24);
const UNDER_WIDTH = 76;

/** Tells a person what happens while the cloud stays up: when, what, to whom, which mail. */
export class LiveReport {
  readonly #write: (line: string) => void;
  readonly #paint: Paint;

  constructor(write: (line: string) => void, paint: Paint) {
    this.#write = write;
    this.#paint = paint;
  }

  accepted({ at, recipients, subject, stream }: AcceptedLine): void {
    this.#line(at, this.#paint('dim', 'accepted'.padEnd(WHAT_WIDTH)), whom(recipients), subject, stream ?? '');
  }

  /** What a delivery says is always the same; why there was none stands under it. */
  feedback({ at, type, recipients, subject, finding }: FeedbackLine): void {
    const style = type === 'Delivery' || type === 'Send' ? 'green' : 'yellow';
    this.#line(at, this.#paint(style, type.padEnd(WHAT_WIDTH)), whom(recipients), subject);
    if (type !== 'Delivery' && finding !== '') this.#under(finding);
  }

  parked({ at, kind, code, message, subject }: ParkedLine): void {
    const what = kind === 'feedback' ? 'a feedback message' : 'a queued request';
    this.#line(at, this.#paint('red', 'set aside'.padEnd(WHAT_WIDTH)), what, subject ?? '');
    this.#under(code === null ? 'after too many tries' : `${code}: ${message ?? ''}`);
  }

  /** The whole of it: what a person on call reads. */
  notice({ at, subject, message }: NoticeLine): void {
    this.#write(
      `   ${clock(at)}  ${this.#paint('red', 'notice'.padEnd(WHAT_WIDTH))} ${subject ?? 'on the alarm topic'}`,
    );
    for (const line of message.trimEnd().split('\n'))
      this.#write(`${UNDER}${this.#paint('dim', shownText(line))}`.trimEnd());
  }

  #line(at: string, what: string, who: string, subject: string, note = ''): void {
    const end = clip(shownText(note), NOTE_WIDTH);
    const left = end === '' ? TAIL_WIDTH : TAIL_WIDTH - NOTE_WIDTH - 2;
    const tail = end === '' ? clip(subject, left) : `${clip(subject, left).padEnd(left)}  ${this.#paint('dim', end)}`;
    this.#write(`   ${clock(at)}  ${what} ${clip(who, WHOM_WIDTH).padEnd(WHOM_WIDTH)}  ${tail}`.trimEnd());
  }

  #under(text: string): void {
    this.#write(UNDER + this.#paint('dim', clip(text, UNDER_WIDTH)));
  }
}

/** Everybody by the first and a number: one line is enough to know a mail by. */
function whom(recipients: readonly string[]): string {
  const others = recipients.length > 1 ? ` and ${recipients.length - 1} more` : '';
  return clip(shownText(recipients[0] ?? ''), WHOM_WIDTH - others.length) + others;
}

/** @example clock('2026-11-24T04:12:30.000Z') // 04:12:30, where it is that time */
export const clock = (iso: string): string => new Date(iso).toLocaleTimeString('en-GB');
