import { TextDecoder } from 'node:util';
import type { Bytes } from '../dependencies.ts';

/** One line of text without its end; `text` is null if the line was longer than the limit and therefore dropped. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string | null;
}

/** Windows shells write UTF-16; the mark at the start says so. Everything else is read as UTF-8. */
const encodingOf = (start: Uint8Array): string => {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
};

/** Text as it arrives; bytes that mean nothing become U+FFFD, a byte-order mark is dropped. */
export async function* decodedText(bytes: Bytes): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let start: Uint8Array = new Uint8Array();
  for await (const piece of bytes) {
    if (decoder === undefined) {
      start = Buffer.concat([start, piece]);
      if (start.length < 2) continue;
      decoder = new TextDecoder(encodingOf(start));
      yield decoder.decode(start, { stream: true });
    } else yield decoder.decode(piece, { stream: true });
  }
  yield decoder === undefined ? new TextDecoder().decode(start) : decoder.decode();
}

/** Cuts text into lines and forgets a line's text once it is too long. */
class Cutter {
  readonly #limit: number;
  #number = 1;
  #begun = '';
  #dropped = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  cut(text: string): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      this.#add(text.slice(from, end));
      lines.push(this.#take());
      from = end + 1;
    }
    this.#add(text.slice(from));
    return lines;
  }

  end(): Line[] {
    return this.#begun === '' && !this.#dropped ? [] : [this.#take()];
  }

  #add(text: string): void {
    if (this.#dropped) return;
    this.#dropped = this.#begun.length + text.length > this.#limit;
    this.#begun = this.#dropped ? '' : this.#begun + text;
  }

  #take(): Line {
    const line = { number: this.#number, text: this.#dropped ? null : this.#begun };
    this.#number += 1;
    this.#begun = '';
    this.#dropped = false;
    return line;
  }
}

/**
 * The lines of a text of any size, in groups as they arrive: memory holds one piece and one line.
 *
 * @param limit - characters of the longest line that is kept
 */
export async function* textLines(bytes: Bytes, limit: number): AsyncGenerator<readonly Line[]> {
  const cutter = new Cutter(limit);
  for await (const text of decodedText(bytes)) yield cutter.cut(text);
  yield cutter.end();
}
