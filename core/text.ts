const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
const PLAIN = /^[ -~]*$/;

/**
 * Text from a stranger's server, made safe to store and to log: one line, well-formed Unicode, bounded.
 *
 * @param limit - characters kept at the most
 * @example cleanText('smtp; 550\r\nno such user', 200) // 'smtp; 550 no such user'
 */
export const cleanText = (raw: string, limit: number): string => {
  const head = raw.length > limit ? raw.slice(0, limit) : raw;
  return PLAIN.test(head) ? head : head.replace(CONTROLS, ' ').toWellFormed();
};

/** Marks that change the direction of text, or hide in it: with them an address could look like another one. */
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/**
 * The same for text that people read, at a terminal or in a mail: without marks that hide in it, too.
 *
 * @example shownText('a\u001b[31m\u202eb', 200) // 'a [31mb'
 */
export const shownText = (raw: string, limit: number): string => cleanText(raw, limit).replace(INVISIBLE, '');

const escaped = (control: string): string => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A value as it may stand in an error message: quoted, one line, of at most 80 characters of it; control characters,
 * and marks that hide or turn text around, are shown as escapes, so that one can see what is wrong.
 *
 * @example quote('a\r\nBcc: b') // '"a\\r\\nBcc: b"'
 */
export const quote = (value: unknown): string => {
  if (typeof value === 'string')
    return JSON.stringify(value.slice(0, 80).toWellFormed())
      .replace(/[\p{Cc}\u2028\u2029]/gu, escaped)
      .replace(INVISIBLE, escaped);
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return cleanText(String(value), 80);
};
