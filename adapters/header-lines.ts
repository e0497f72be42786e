import type { NamedAddress } from '../core/send/mailer.ts';
import { cleanText } from '../core/text.ts';
import { decodeEncodedWords, encodeWords } from './encoded-words.ts';

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
  if (name === '' || ATOMS.test(name)) return name === '' ? [] : [name];
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

/**
 * A header of free text, with its line end: broken only where a single space stands, so that nothing is lost, and in
 * encoded words if it is not printable ASCII or has no space where it must be broken.
 */
export const textLine = (name: string, value: string): string => {
  const pieces = PRINTABLE.test(value) ? value.split(/(?<=\S) (?=\S)/) : [];
  const fits = pieces.every((piece) => piece.length + name.length + 2 <= LINE_CHARS);
  return fold(name, pieces.length > 0 && fits ? pieces : encodeWords(value));
};
