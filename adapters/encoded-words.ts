const WORD = /=\?([A-Za-z0-9_-]{1,40})(?:\*[A-Za-z-]{1,20})?\?([BbQq])\?([!->@-~]{0,75})\?=/g;
const BETWEEN = /(\?=)\s{1,80}(?==\?)/g;

const bytesOfQ = (text: string): Uint8Array =>
  Buffer.from(
    text
      .replaceAll('_', ' ')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const decodeWord = (word: string, charset: string, encoding: string, text: string): string => {
  try {
    const bytes = encoding.toUpperCase() === 'Q' ? bytesOfQ(text) : Buffer.from(text, 'base64');
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return word;
  }
};

/**
 * Text with its RFC 2047 encoded words read; a word in an unknown character set, or that is none, stays as it is.
 *
 * @example decodeEncodedWords('=?utf-8?q?P=C3=A1t?= Example') // 'Pát Example'
 */
export const decodeEncodedWords = (text: string): string =>
  text.includes('=?') ? text.replace(BETWEEN, '$1').replace(WORD, decodeWord) : text;

/** Characters of one encoded word, short enough for a line of 76 after most names of headers; RFC 2047 allows 75. */
const WORD_CHARS = 60;
const FRAME = '=?UTF-8?Q??='.length;

const hex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const q = (character: string): string =>
  /^[A-Za-z0-9]$/.test(character) ? character : character === ' ' ? '_' : [...Buffer.from(character)].map(hex).join('');
const b = (text: string): string => Buffer.from(text).toString('base64');

/** Whether most of a text stays legible in Q. */
const suitsQ = (text: string): boolean => text.replace(/[^A-Za-z0-9 ]/g, '').length * 2 > text.length;

/**
 * Text as RFC 2047 encoded words in UTF-8, no character split.
 *
 * @returns at least one word, none longer than 60 characters
 * @example encodeWords('Pát') // ['=?UTF-8?B?UMOhdA==?=']
 */
export const encodeWords = (text: string): string[] => {
  const wellFormed = text.toWellFormed();
  const inQ = suitsQ(wellFormed);
  const encode = (part: string): string => (inQ ? [...part].map(q).join('') : b(part));
  const words: string[] = [];
  let part = '';
  for (const character of wellFormed) {
    if (part !== '' && encode(part + character).length > WORD_CHARS - FRAME) {
      words.push(part);
      part = '';
    }
    part += character;
  }
  return [...words, part].map((word) => `=?UTF-8?${inQ ? 'Q' : 'B'}?${encode(word)}?=`);
};
