/** Any length: some programs write longer words than the 75 characters that are allowed, and others read them. */
const WORD = /=\?([A-Za-z0-9_-]{1,40})(?:\*[A-Za-z-]{1,20})?\?([BbQq])\?([!->@-~]*)\?=/;
const WORDS = new RegExp(WORD, 'g');
/** Words that belong together: blanks between them say nothing. */
const RUN = new RegExp(`${WORD.source}(?:\\s{1,80}${WORD.source})*`, 'g');

const bytesOfQ = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll('_', ' ')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const bytesOf = (encoding: string, text: string): Buffer =>
  encoding.toUpperCase() === 'Q' ? bytesOfQ(text) : Buffer.from(text, 'base64');

/** Neighbours of one character set: a character may begin in one word and end in the next. */
interface Group {
  readonly charset: string;
  /** Blanks before it. */
  readonly gap: string;
  /** As it stands there. */
  written: string;
  readonly bytes: Buffer[];
}

const groupsOf = (run: string): Group[] => {
  const groups: Group[] = [];
  let end = 0;
  for (const { 0: word, 1: charset = '', 2: encoding = '', 3: text = '', index } of run.matchAll(WORDS)) {
    const gap = run.slice(end, index);
    end = index + word.length;
    const last = groups.at(-1);
    const bytes = bytesOf(encoding, text);
    if (last?.charset !== charset.toLowerCase())
      groups.push({ charset: charset.toLowerCase(), gap, written: word, bytes: [bytes] });
    else {
      last.written += gap + word;
      last.bytes.push(bytes);
    }
  }
  return groups;
};

const decoded = ({ charset, bytes }: Group): string | undefined => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(Buffer.concat(bytes));
  } catch {
    return undefined;
  }
};

const decodeRun = (run: string): string => {
  let text = '';
  let afterText = true;
  for (const group of groupsOf(run)) {
    const said = decoded(group);
    text += (afterText && said !== undefined ? '' : group.gap) + (said ?? group.written);
    afterText = said !== undefined;
  }
  return text;
};

/**
 * Text with its RFC 2047 encoded words read, neighbours of one character set together. Those in an unknown character set,
 * or that hold no text in it, stay as they are, with the blanks around them.
 *
 * @example decodeEncodedWords('=?utf-8?q?P=C3?= =?utf-8?q?=A1t?= Example') // 'Pát Example'
 */
export const decodeEncodedWords = (text: string): string =>
  text.includes('=?') ? text.replace(RUN, (run) => decodeRun(run)) : text;

/** Whether an encoded word stands for the end of a line, which ends a header wherever it is read without care. */
export const hidesLineBreak = (text: string): boolean =>
  Array.from(text.matchAll(WORDS)).some(([, , encoding = '', word = '']) => {
    const bytes = bytesOf(encoding, word);
    return bytes.includes(10) || bytes.includes(13);
  });

/** Characters of one encoded word, short enough for a line of 76 after most names of headers; RFC 2047 allows 75. */
const WORD_CHARS = 60;
const FRAME = '=?UTF-8?Q??='.length;

const hex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const q = (character: string): string =>
  /^[A-Za-z0-9]$/.test(character) ? character : character === ' ' ? '_' : [...Buffer.from(character)].map(hex).join('');

/** Whether most of a text stays legible in Q. */
const suitsQ = (text: string): boolean => text.replace(/[^A-Za-z0-9 ]/g, '').length * 2 > text.length;

/** Pieces of a text that are no longer than `most`, by what `lengthOf` says of their characters; none is split. */
const split = (text: string, most: number, lengthOf: (character: string) => number): string[] => {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  let length = 0;
  for (const character of text) {
    const more = lengthOf(character);
    if (length > 0 && length + more > most) {
      parts.push(text.slice(from, at));
      from = at;
      length = 0;
    }
    length += more;
    at += character.length;
  }
  return [...parts, text.slice(from)];
};

const ROOM = WORD_CHARS - FRAME;

/**
 * Text as RFC 2047 encoded words in UTF-8, no character split.
 *
 * @returns at least one word, none longer than 60 characters
 * @example encodeWords('Pát') // ['=?UTF-8?B?UMOhdA==?=']
 */
export const encodeWords = (text: string): string[] => {
  const wellFormed = text.toWellFormed();
  if (!suitsQ(wellFormed))
    return split(wellFormed, Math.floor(ROOM / 4) * 3, (character) => Buffer.byteLength(character)).map(
      (part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`,
    );
  return split(wellFormed, ROOM, (character) => q(character).length).map(
    (part) => `=?UTF-8?Q?${Array.from(part, q).join('')}?=`,
  );
};
