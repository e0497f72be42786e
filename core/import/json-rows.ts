/** A JSON object of a file, as text. */
export interface JsonText {
  /** The line it begins in, from 1. */
  readonly line: number;
  /** Null if it is longer than the limit and therefore dropped. */
  readonly text: string | null;
}

/** Members under which lists stand in what APIs answer. */
const WRAPPERS = /"(?:SuppressedDestinationSummaries|Suppressions|items|data|results)"\s*:\s*$/;
const LF = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** Characters before a list that are looked at for the name of its member. */
const HEAD = 200;

/**
 * Cuts JSON into its rows while it arrives: NDJSON, a list, what an API answered with the list inside, and several of these
 * one after the other. Memory holds one row.
 *
 * A broken row ends with the line in which that shows; the rows after it are found again.
 */
export class JsonRows {
  readonly #limit: number;
  #line = 1;
  /** The text of the row, or of the head before a list. */
  #held = '';
  #heldLine = 1;
  #dropped = false;
  /** Open brackets within the row. */
  #depth = 0;
  #inText = false;
  #escaped = false;
  #afterBreak = true;
  /** Whether the list of an answer is open, and whether what comes is the rest of an answer, after its list. */
  #inList = false;
  #inTail = false;

  /** @param limit - characters of the longest row */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The rows that are whole with this piece. */
  take(piece: string): JsonText[] {
    const rows: JsonText[] = [];
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === LF) {
        this.#line += 1;
        if (this.#inText) {
          this.#hold(piece.slice(from, at));
          rows.push(...this.#end());
          from = at + 1;
        }
        this.#afterBreak = true;
        continue;
      }
      if (this.#depth > 0 && this.#afterBreak && code === OPEN && !this.#isHead(piece, from, at)) {
        this.#hold(piece.slice(from, at));
        rows.push(...this.#end());
        from = at;
      }
      this.#afterBreak = false;
      const cut = this.#step(code, piece, from, at);
      if (cut === 'row') {
        this.#hold(piece.slice(from, at + 1));
        rows.push(...this.#end());
      }
      if (cut !== undefined) from = at + 1;
    }
    if (this.#depth > 0) this.#hold(piece.slice(from));
    return rows;
  }

  /** What is left when nothing more comes: a row that is not whole. */
  end(): JsonText[] {
    return this.#depth > 0 ? this.#end() : [];
  }

  /** @returns what ends here: a row, or something to be forgotten */
  #step(code: number, piece: string, from: number, at: number): 'row' | 'nothing' | undefined {
    if (this.#inText) {
      if (this.#escaped) this.#escaped = false;
      else if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) this.#inText = false;
      return undefined;
    }
    if (this.#depth === 0) {
      if (code === CLOSE_LIST && this.#inList) {
        this.#inList = false;
        this.#inTail = true;
        this.#depth = 1;
        return undefined;
      }
      if (code !== OPEN) return 'nothing';
      this.#depth = 1;
      this.#heldLine = this.#line;
      return undefined;
    }
    switch (code) {
      case QUOTE:
        this.#inText = true;
        return undefined;
      case OPEN:
        this.#depth += 1;
        return undefined;
      case OPEN_LIST:
        if (this.#depth === 1 && WRAPPERS.test(`${this.#held}${piece.slice(from, at)}`.slice(-HEAD))) {
          this.#reset();
          this.#inList = true;
          return 'nothing';
        }
        this.#depth += 1;
        return undefined;
      case CLOSE:
      case CLOSE_LIST:
        this.#depth -= 1;
        return this.#depth === 0 ? 'row' : undefined;
      default:
        return undefined;
    }
  }

  /** Whether an object at the start of a line still belongs to an unindented head or list around it. */
  #isHead(piece: string, from: number, at: number): boolean {
    return /[[,:]\s*$/.test(`${this.#held.slice(-HEAD)}${piece.slice(from, at)}`.slice(-HEAD));
  }

  #hold(text: string): void {
    if (this.#dropped) return;
    this.#dropped = this.#held.length + text.length > this.#limit;
    this.#held = this.#dropped ? '' : this.#held + text;
  }

  /** What has ended: a row, or the rest of an answer, which is none. */
  #end(): JsonText[] {
    const row = { line: this.#heldLine, text: this.#dropped ? null : this.#held };
    const inTail = this.#inTail;
    this.#reset();
    return inTail ? [] : [row];
  }

  #reset(): void {
    this.#held = '';
    this.#dropped = false;
    this.#depth = 0;
    this.#inText = false;
    this.#escaped = false;
    this.#inTail = false;
  }
}
