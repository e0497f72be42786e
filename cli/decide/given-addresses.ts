import { type Mailbox, parseMailbox } from '../../core/address/address.ts';
import type { Problem } from '../../core/result.ts';

/** An address as it was given and read. */
export type GivenAddress =
  | { readonly ok: true; readonly mailbox: Mailbox }
  | { readonly ok: false; readonly given: string; readonly problem: Problem };

/** Reads addresses in the order given, one of each key: an address given twice is one. */
export const givenAddresses = (given: readonly string[]): GivenAddress[] => {
  const seen = new Set<string>();
  return given.flatMap((text): GivenAddress[] => {
    const parsed = parseMailbox(text);
    if (!parsed.ok) return [{ ok: false, given: text, problem: parsed.error }];
    if (seen.has(parsed.value.key)) return [];
    seen.add(parsed.value.key);
    return [{ ok: true, mailbox: parsed.value }];
  });
};
