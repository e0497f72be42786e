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

/** A value as it may stand in an error message: quoted, one line, at most 80 characters. */
export const quote = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(cleanText(value, 80));
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return cleanText(String(value), 80);
};
