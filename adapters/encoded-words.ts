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
