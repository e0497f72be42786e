import { ADDRESS_CHARS, type Address, type AddressCode, type Mailbox, parseMailbox } from '../address/address.ts';
import type { Problem } from '../result.ts';

/** Where a recipient stands in a request. */
export type RecipientField = 'to' | 'cc' | 'bcc';

/** One usable recipient. */
export interface Recipient {
  readonly field: RecipientField;
  /** As the request gives it. */
  readonly given: string;
  readonly mailbox: Mailbox;
}

/** One recipient whose address is malformed. */
export interface Refused extends Problem<AddressCode> {
  /** As the request gives it, cut where it is longer than an address may be. */
  readonly given: string;
}

export interface Recipients {
  /** In the order given, each mailbox once: the first mention counts. */
  readonly usable: readonly Recipient[];
  readonly refused: readonly Refused[];
}

const cut = (given: string): string =>
  given.length > ADDRESS_CHARS ? `${given.slice(0, ADDRESS_CHARS).toWellFormed()}…` : given;

/**
 * Reads the recipients of a request: the same mailbox twice folds into one, a malformed address is refused and the
 * rest stay.
 *
 * @returns everybody given, in one list or the other; never throws
 */
export const readRecipients = (request: { readonly [field in RecipientField]: readonly string[] }): Recipients => {
  const usable = new Map<Address, Recipient>();
  const refused: Refused[] = [];
  for (const field of ['to', 'cc', 'bcc'] as const)
    for (const given of request[field]) {
      const parsed = parseMailbox(given);
      if (!parsed.ok) refused.push({ given: cut(given), code: parsed.error.code, message: parsed.error.message });
      else if (!usable.has(parsed.value.key)) usable.set(parsed.value.key, { field, given, mailbox: parsed.value });
    }
  return { usable: [...usable.values()], refused };
};
