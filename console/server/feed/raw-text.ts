import { parsedJson } from '../../../cli/deployment/function-failure.ts';
import { isDeeperThan } from '../../../core/send/depth.ts';
import type { RawText } from '../../api.ts';

/** Bytes of a text that are kept. */
export const MOST_BYTES = 256 * 1024;

/**
 * A text as it was, as much of it as is kept, in a string of its own: a part of a long one would keep all of it in memory.
 *
 * @param text - bytes are read as UTF-8
 */
export const rawText = (title: string, kind: RawText['kind'], text: string | Uint8Array): RawText => {
  if (typeof text === 'string' && Buffer.byteLength(text) <= MOST_BYTES) return { title, kind, text, cut: 0 };
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const cut = Math.max(0, bytes.length - MOST_BYTES);
  // a character that the end cuts in two is left out
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return { title, kind, text: decoder.decode(bytes.subarray(0, MOST_BYTES), { stream: cut > 0 }), cut };
};

/** Objects and lists within one another that are laid out: of deeper ones the indents alone would be megabytes. */
const DEEPEST = 100;

/**
 * A value as JSON that people read. Text that is JSON is laid out; other text, and what is nested without measure, stays as
 * it is.
 *
 * @example rawJson('Message from SES', '{"eventType":"Bounce"}').text // '{\n  "eventType": "Bounce"\n}'
 */
export const rawJson = (title: string, value: unknown): RawText => {
  const read = typeof value === 'string' ? parsedJson(value) : value;
  if (typeof value === 'string' && (read === undefined || isDeeperThan(DEEPEST, read)))
    return rawText(title, 'text', value);
  if (isDeeperThan(DEEPEST, read)) return rawText(title, 'text', '(nested too deep to be shown)');
  return rawText(title, 'json', JSON.stringify(read, null, 2) ?? 'null');
};
