import type { MalformedCode } from '../../core/feedback/open-envelope.ts';
import type { Problem } from '../../core/result.ts';
import { JsonProgress } from './json-progress.ts';
import { receivedFromSqs } from './received-from-sqs.ts';
import type { Line } from './text-lines.ts';

/** Codes of input that is not even opened; the rest are those of reading. */
export type InputCode = MalformedCode | 'TooLong';

/** One thing to read: a JSON value or a text that is none, or why there is none. */
export type Input = { readonly line: number } & (
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'problem'; readonly problem: Problem<InputCode> }
);

interface TextLine extends Line {
  readonly text: string;
}

type Parsed = { readonly value: unknown } | undefined;

const parse = (text: string): Parsed => {
  try {
    return { value: JSON.parse(text.trim()) };
  } catch {
    return undefined;
  }
};

/** Lines as only the inside and the end of a pretty-printed document have them. */
const isContinuation = ({ text }: TextLine): boolean => /^(?:\s|[}\]],?\s*$)/.test(text);
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const values = (value: unknown, line: number): Input[] =>
  (receivedFromSqs(value) ?? (Array.isArray(value) ? value : [value])).map((each) => ({
    kind: 'value',
    line,
    value: each,
  }));

const tooLong = (line: number, limit: number): Input => ({
  kind: 'problem',
  line,
  problem: {
    code: 'TooLong',
    message: `longer than ${limit} characters; give one message a line instead (jq -c .[] does it for a list), then there is no limit`,
  },
});

/**
 * Tells NDJSON, a JSON array and a document over many lines apart while reading, line by line. A line that is JSON by
 * itself is one input (a list: each of its elements). A line that only begins a JSON text gathers the lines after it
 * until the text is whole; as soon as it cannot become whole any more, its first line is one malformed input and the
 * others are taken line by line, so that a broken line never costs the good ones after it.
 *
 * Each line is looked at a bounded number of times, and only an unfinished document is kept.
 */
export class JsonInputs {
  readonly #limit: number;
  #document: TextLine[] = [];
  #characters = 0;
  #progress = new JsonProgress();
  /** Whether a document broke before here: its remaining lines are no inputs of their own. */
  #inBroken = false;

  /** @param limit - characters of the longest document */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What has become readable with this line. */
  take(line: Line): Input[] {
    if (line.text === null) return [...this.#giveUp('is broken', line.number), tooLong(line.number, this.#limit)];
    if (line.text.trim() === '') return [];
    return this.#takeText(line as TextLine);
  }

  /** What is left when there are no more lines. */
  end(): Input[] {
    return this.#giveUp('breaks off', this.#document.at(-1)?.number ?? 0);
  }

  #takeText(line: TextLine): Input[] {
    if (this.#document.length > 0) return this.#goOn(line);
    const parsed = parse(line.text);
    if (parsed !== undefined) return this.#whole(line, parsed.value);
    if (this.#inBroken && isContinuation(line)) return [];
    this.#progress = new JsonProgress();
    if (this.#progress.feed(line.text) !== 'incomplete') return this.#unreadable(line);
    this.#gather(line);
    return [];
  }

  #gather(line: TextLine): void {
    this.#document.push(line);
    this.#characters += line.text.length + 1;
  }

  #goOn(line: TextLine): Input[] {
    const [first] = this.#document;
    const state = this.#progress.feed(line.text);
    if (state === 'invalid') return [...this.#giveUp('is broken', line.number), ...this.#takeText(line)];
    this.#gather(line);
    if (this.#characters > this.#limit) {
      this.#forget(true);
      return [tooLong(first?.number ?? line.number, this.#limit)];
    }
    if (state === 'incomplete') return [];
    const parsed = parse(this.#document.map(({ text }) => text).join('\n'));
    if (parsed === undefined) return this.#giveUp('is broken', line.number);
    this.#forget(false);
    return values(parsed.value, first?.number ?? line.number);
  }

  #giveUp(how: string, at: number): Input[] {
    const [first, ...rest] = this.#document;
    this.#forget(this.#inBroken || first !== undefined);
    if (first === undefined) return [];
    const message = `expected JSON; the document that starts in this line ${how} in line ${at}`;
    const broken: Input = { kind: 'problem', line: first.number, problem: { code: 'NotJson', message } };
    return [broken, ...rest.flatMap((line) => this.#alone(line))];
  }

  /** A line that is not allowed to begin a document, so that no line is gathered twice. */
  #alone(line: TextLine): Input[] {
    const parsed = parse(line.text);
    if (parsed !== undefined) return this.#whole(line, parsed.value);
    return isContinuation(line) ? [] : this.#unreadable(line);
  }

  #whole(line: TextLine, value: unknown): Input[] {
    if (this.#inBroken && isContinuation(line) && !isObject(value)) return [];
    this.#inBroken &&= isContinuation(line);
    return values(value, line.number);
  }

  /** Not JSON; reading it as a message says so, or knows it for SES's plain-text set-up message. */
  #unreadable(line: TextLine): Input[] {
    return [{ kind: 'value', line: line.number, value: line.text.trim() }];
  }

  #forget(inBroken: boolean): void {
    this.#document = [];
    this.#characters = 0;
    this.#inBroken = inBroken;
  }
}
