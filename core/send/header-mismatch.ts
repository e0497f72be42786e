import type { HeaderMismatch } from './answer.ts';
import type { Recipient } from './recipients.ts';

/** Addresses told of those that the headers alone name: a header may name any number. */
const MOST_TOLD = 100;

/**
 * Compares whom the headers of a raw message name with whom it is sent to, by address key; malformed addresses are
 * compared to nobody.
 *
 * @param headers - usable recipients of the To, Cc and Bcc headers
 * @param envelope - usable recipients of the request; those given as `bcc` need not be named
 * @returns at most 100 of `headersOnly`
 */
export const headerMismatch = (headers: readonly Recipient[], envelope: readonly Recipient[]): HeaderMismatch => {
  const keysOf = (recipients: readonly Recipient[]) => new Set<string>(recipients.map(({ mailbox }) => mailbox.key));
  const named = keysOf(headers);
  const mailed = keysOf(envelope);
  return {
    headersOnly: [...named].filter((key) => !mailed.has(key)).slice(0, MOST_TOLD),
    envelopeOnly: [...keysOf(envelope.filter(({ field }) => field !== 'bcc'))].filter((key) => !named.has(key)),
  };
};
