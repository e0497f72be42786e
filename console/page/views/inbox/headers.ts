import type { LetterView } from '../../../api.ts';

type Headers = LetterView['headers'];

/** What a header says; null: there is none of that name. */
export const headerOf = (headers: Headers, name: string): string | null =>
  headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? null;

/**
 * Where one can unsubscribe by a link, if the mail says so: an address of the web, and no other kind.
 *
 * @example unsubscribeUrl([{ name: 'List-Unsubscribe', value: '<https://x.example/u>, <mailto:u@x.example>' }])
 */
export const unsubscribeUrl = (headers: Headers): string | null => {
  for (const [, url = ''] of (headerOf(headers, 'List-Unsubscribe') ?? '').matchAll(/<(https?:\/\/[^<>\s]+)>/gi))
    if (URL.canParse(url)) return url;
  return null;
};
