import { domainToASCII } from 'node:url';

/** Characters that a URL host parser would read as the end of the host or as an escape; a mail domain has none. */
const UNSAFE = /[\s/\\?#%@:[\]<>^|]/;
const ASCII = /^[\x21-\x7e]+$/;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const NUMERIC = /^(?:\d+|0x[0-9a-f]*)$/;

/**
 * A mail domain in its one form: lower-case A-labels, no trailing dot.
 *
 * @returns undefined unless it has at least two labels of 1 to 63 characters, 253 in all, and is no IP address
 * @see RFC 5321 section 2.3.5, RFC 5890 (A-labels)
 * @example normaliseDomain('BÜCHER.example.') // 'xn--bcher-kva.example'
 */
export const normaliseDomain = (raw: string): string | undefined => {
  const bare = raw.endsWith('.') ? raw.slice(0, -1) : raw;
  if (UNSAFE.test(bare)) return undefined;
  const lower = ASCII.test(bare) ? bare.toLowerCase() : undefined;
  const ascii = lower !== undefined && !lower.includes('xn--') ? lower : domainToASCII(bare);
  if (ascii.length > 253) return undefined;
  const labels = ascii.split('.');
  const last = labels[labels.length - 1] ?? '';
  return labels.length >= 2 && !NUMERIC.test(last) && labels.every((label) => LABEL.test(label)) ? ascii : undefined;
};
