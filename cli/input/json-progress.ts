/** How far JSON text has come: it may go on, it is whole, or nothing can make it JSON any more. */
export type Progress = 'incomplete' | 'complete' | 'invalid';

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end' | 'nothing';

/** Deeper nesting than any message has; keeps the memory of hostile input bounded. */
const DEPTH = 512;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,\]}]|$)/y;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
const INVALID = -1;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0d || code === 0x09 || code === 0x0a;

/** Index after the closing quote, or -1: a string of JSON ends on its line. */
const endOfString = (line: string, start: number): number => {
  for (let at = start; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return INVALID;
    if (code !== 0x5c) continue;
    ESCAPE.lastIndex = at + 1;
    const escaped = ESCAPE.exec(line);
    if (escaped === null) return INVALID;
    at += escaped[0].length;
  }
  return INVALID;
};

/**
 * Follows one JSON text line by line and says as early as possible whether it can still become whole. That is what
 * tells a document over many lines from a line that is broken.
 *
 * @example const text = new JsonProgress(); text.feed('{ "a":'); text.feed('1 }') // 'incomplete', then 'complete'
 */
export class JsonProgress {
  readonly #open: ('{' | '[')[] = [];
  #expected: Expected = 'value';

  /** Takes one line, without its end. After `invalid` nothing more may be fed. */
  feed(line: string): Progress {
    for (let at = 0; at < line.length; ) {
      if (isSpace(line.charCodeAt(at))) {
        at += 1;
        continue;
      }
      at = this.#token(line, at);
      if (at === INVALID) return 'invalid';
    }
    return this.#expected === 'nothing' ? 'complete' : 'incomplete';
  }

  #token(line: string, at: number): number {
    const first = line[at];
    switch (first) {
      case '{':
      case '[':
        return this.#opens(first) ? at + 1 : INVALID;
      case '}':
      case ']':
        return this.#closes(first) ? at + 1 : INVALID;
      case ',':
        return this.#separates() ? at + 1 : INVALID;
      case ':':
        if (this.#expected !== 'colon') return INVALID;
        this.#expected = 'value';
        return at + 1;
      case '"':
        return this.#text() ? endOfString(line, at + 1) : INVALID;
      default:
        return this.#value() ? endOfScalar(line, at) : INVALID;
    }
  }

  #opens(bracket: '{' | '['): boolean {
    if (!this.#value() || this.#open.length >= DEPTH) return false;
    this.#open.push(bracket);
    this.#expected = bracket === '{' ? 'key or }' : 'value or ]';
    return true;
  }

  #closes(bracket: '}' | ']'): boolean {
    const [opening, empty] = bracket === '}' ? ['{', 'key or }'] : ['[', 'value or ]'];
    if (this.#open.at(-1) !== opening || (this.#expected !== empty && this.#expected !== 'comma or end')) return false;
    this.#open.pop();
    this.#afterValue();
    return true;
  }

  #separates(): boolean {
    if (this.#expected !== 'comma or end') return false;
    this.#expected = this.#open.at(-1) === '{' ? 'key' : 'value';
    return true;
  }

  #text(): boolean {
    if (this.#expected !== 'key' && this.#expected !== 'key or }') return this.#value();
    this.#expected = 'colon';
    return true;
  }

  /** A value begins; what comes after it is set already, and an opening bracket sets it anew. */
  #value(): boolean {
    if (this.#expected !== 'value' && this.#expected !== 'value or ]') return false;
    this.#afterValue();
    return true;
  }

  #afterValue(): void {
    this.#expected = this.#open.length === 0 ? 'nothing' : 'comma or end';
  }
}

const endOfScalar = (line: string, at: number): number => {
  SCALAR.lastIndex = at;
  const found = SCALAR.exec(line);
  return found === null ? INVALID : at + found[0].length;
};
