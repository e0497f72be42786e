import type { NamedAddress } from '../core/send/mailer.ts';
import { cleanText } from '../core/text.ts';
import { decodeEncodedWords, encodeWords, hidesLineBreak } from './encoded-words.ts';

/** RFC 5322 section 2.1.1. */
const FOLD_AT = 76;
const LINE_CHARS = 998;
const MAILBOX_CHARS = 320;
const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const PLAIN_ADDRESS = /^[^\s"(),:;<>@[\\\]]+@[^\s"(),:;<>@[\\\]]+$/;
const PRINTABLE = /^[\t -~]*$/;

/**
 * The name of a mailbox as pieces between which a line may be broken. One that the caller has encoded already is decoded
 * first: encoded words inside of quotes, where a name with a comma must be, are shown to people as they are.
 */
const namePieces = (given: string): string[] => {
  const name = cleanText(decodeEncodedWords(given), MAILBOX_CHARS).trim();
  if (name === '') return [];
  if (hidesLineBreak(name)) return encodeWords(name);
  if (ATOMS.test(name)) return [name];
  if (!PRINTABLE.test(name) || name.includes('=?')) return encodeWords(name);
  return [`"${name.replace(/["\\]/g, (c) => `\\${c}`)}"`];
};

const mailboxPieces = ({ name, address }: NamedAddress): string[] => {
  const bare = cleanText(address, MAILBOX_CHARS);
  const pieces = namePieces(name);
  return pieces.length === 0 && PLAIN_ADDRESS.test(bare) ? [bare] : [...pieces, `<${bare}>`];
};

/**
 * A mailbox as a header has it, on one line.
 *
 * @see RFC 5322 section 3.4, RFC 2047 section 5
 * @example headerMailbox({ name: 'Zoë', address: 'zoe@target.example' }) // '=?UTF-8?Q?Zo=C3=AB?= <zoe@target.example>'
 */
export const headerMailbox = (mailbox: NamedAddress): string => mailboxPieces(mailbox).join(' ');

/** A header of pieces, broken between them where a line would be long. */
const fold = (name: string, pieces: readonly string[]): string => {
  let text = `${name}:`;
  let room = FOLD_AT - text.length;
  for (const [i, piece] of pieces.entries()) {
    const breaks = i > 0 && piece.length + 1 > room;
    text += `${breaks ? '\r\n' : ''} ${piece}`;
    room = (breaks ? FOLD_AT : room) - piece.length - 1;
  }
  return `${text}\r\n`;
};

/** A header that names mailboxes, with its line end. */
export const mailboxLine = (name: string, mailboxes: readonly NamedAddress[]): string =>
  fold(
    name,
    mailboxes.flatMap((mailbox, i) => {
      const pieces = mailboxPieces(mailbox);
      const last = pieces.pop() ?? '';
      return [...pieces, i < mailboxes.length - 1 ? `${last},` : last];
    }),
  );

/** Where a line may be broken so that nothing is lost even if a whole run of blanks is read as one. */
const SINGLE_SPACE = /(?<=\S) (?=\S)/;
const ANY_SPACE = /(?<=\S) (?=[ \t]*\S)/;

/**
 * A header of free text, with its line end: broken where a single space stands, or within any run of blanks if it must be,
 * and in encoded words if it is not printable ASCII or has no space to be broken at. Encoded words that the caller wrote
 * stay as they are, unless they hide a line break, which becomes a space.
 */
export const textLine = (name: string, value: string): string => {
  const text = hidesLineBreak(value) ? cleanText(decodeEncodedWords(value), value.length) : value;
  const fits = (pieces: readonly string[]) => pieces.every((piece) => piece.length + name.length + 2 <= LINE_CHARS);
  const pieces = [SINGLE_SPACE, ANY_SPACE].map((at) => text.split(at)).find(fits);
  const asIs = text === value && PRINTABLE.test(text) && pieces !== undefined;
  return fold(name, asIs ? pieces : encodeWords(text));
};
