import { fail, ok, type Result } from '../result.ts';
import { quote } from '../text.ts';

/** One header as it stands in a message. */
export interface HeaderField {
  /** In lower case. */
  readonly name: string;
  /** All its lines with their ends, one character a byte. */
  readonly lines: string;
}

/** A message in two parts that joined give the very same bytes. */
export interface Message {
  readonly fields: readonly HeaderField[];
  /** From the blank line on. */
  readonly rest: Uint8Array;
}

const LF = 10;
const CR = 13;
const FIELD = /^([!-9;-~]+)[ \t]*:/;

/** Where the blank line begins that ends the headers; -1 if there is none. */
const blankLine = (raw: Uint8Array): number => {
  for (let line = 0; line < raw.length; ) {
    if (raw[line] === LF || (raw[line] === CR && raw[line + 1] === LF)) return line;
    const end = raw.indexOf(LF, line);
    if (end < 0) return -1;
    line = end + 1;
  }
  return -1;
};

/** The lines of each header, those it is folded into together. */
const fieldLines = (head: string): string[] => {
  const found: string[] = [];
  for (let at = 0; at < head.length; ) {
    let end = at;
    do end = head.indexOf('\n', end) + 1 || head.length;
    while (head.charAt(end) === ' ' || head.charAt(end) === '\t');
    found.push(head.slice(at, end));
    at = end;
  }
  return found;
};

/**
 * Splits a message into its headers and the rest, on bytes: whatever is not asked for can be put back as it was. Lines
 * may end with CRLF or LF; a CR elsewhere in the headers is refused, because programs differ on whether it ends a line.
 *
 * @returns the parts, or what is wrong
 * @see RFC 5322 section 2.2
 */
export const readMessage = (raw: Uint8Array): Result<Message, string> => {
  const end = blankLine(raw);
  if (end < 0) return fail('no blank line ends the headers; a message is headers, a blank line, and the body');
  const head = Buffer.from(raw.buffer, raw.byteOffset, end).toString('latin1');
  if (/\r(?!\n)/.test(head)) return fail('a header holds a CR that ends no line; end lines with CRLF');
  const fields: HeaderField[] = [];
  for (const lines of fieldLines(head)) {
    const name = FIELD.exec(lines)?.[1];
    if (name === undefined) return fail(`${quote(lines.trimEnd())} is no header; write Name: value`);
    fields.push({ name: name.toLowerCase(), lines });
  }
  return ok({ fields, rest: raw.subarray(end) });
};

/** The bytes of a message. */
export const writeMessage = ({ fields, rest }: Message): Uint8Array =>
  Buffer.concat([Buffer.from(fields.map(({ lines }) => lines).join(''), 'latin1'), rest]);

/**
 * What a header says on one line, its bytes read as UTF-8. Unfolding takes the ends of lines away and leaves blanks and tabs
 * as they are, because quoted ones are part of a name or an address.
 *
 * @see RFC 5322 section 2.2.3
 */
export const textOf = ({ lines }: HeaderField): string =>
  Buffer.from(lines.slice(lines.indexOf(':') + 1), 'latin1')
    .toString('utf8')
    .replace(/\r?\n/g, '')
    .trim();

/** What each header of a name says, in order. */
export const valuesOf = (fields: readonly HeaderField[], name: string): string[] =>
  fields.filter((field) => field.name === name).map(textOf);

/**
 * Puts headers in front of a message, whose lines keep the ends they have.
 *
 * @param headers - ASCII, each within the length of a line
 */
export const prependHeaders = (
  raw: Uint8Array,
  headers: readonly { readonly name: string; readonly value: string }[],
): Uint8Array => {
  const end = raw[raw.indexOf(LF) - 1] === CR ? '\r\n' : '\n';
  return Buffer.concat([Buffer.from(headers.map(({ name, value }) => `${name}: ${value}${end}`).join('')), raw]);
};
