import { invalidParameter } from './fault.ts';
import type { Header } from './mail.ts';

/** Headers that SES takes once only. */
const ONCE = new Set(
  (
    'bcc cc content-disposition content-transfer-encoding content-type date from list-unsubscribe list-unsubscribe-post ' +
    'message-id mime-version reply-to return-path sender subject to'
  ).split(' '),
);

/**
 * The header block of a MIME message, unfolded, in order.
 *
 * @throws SesFault `InvalidParameterValue` for a header that SES takes once and that stands there twice
 */
export function readMimeHeaders(raw: Buffer): Header[] {
  const end = raw.indexOf('\r\n\r\n');
  const bareEnd = raw.indexOf('\n\n');
  const ends = [end, bareEnd].filter((at) => at >= 0);
  const block = raw.subarray(0, ends.length === 0 ? raw.length : Math.min(...ends)).toString('utf8');
  const headers: Header[] = [];
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
  }
  const seen = new Set<string>();
  for (const { name } of headers) {
    const key = name.toLowerCase();
    if (ONCE.has(key) && seen.has(key)) throw invalidParameter(`Duplicate header '${name}'.`);
    seen.add(key);
  }
  return headers;
}
