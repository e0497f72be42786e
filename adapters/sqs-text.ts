/** What SQS refuses in a body or an attribute: anything outside of #x9, #xA, #xD, #x20-#xD7FF, #xE000-#xFFFD and the planes above. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * A body that SQS takes and that reads as the same message: as it is if it may be; JSON with what SQS refuses written as
 * `\uXXXX`, which means the same; anything else as a JSON string, which the reader of messages opens.
 *
 * @example sqsBody('') // '""'
 */
export const sqsBody = (body: string): string => {
  const legal = body.replace(ILLEGAL, escaped);
  if (legal === body) return body === '' ? '""' : body;
  return isJson(body) ? legal : JSON.stringify(body).replace(ILLEGAL, escaped);
};

/** A string attribute that SQS takes: never empty, no illegal characters, at most `limit` characters. */
export const sqsAttribute = (value: string, limit: number): string =>
  value.slice(0, limit).replace(ILLEGAL, ' ').trim() || 'none';
