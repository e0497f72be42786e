import { type Address, type AddressCode, parseAddress } from '../address/address.ts';
import type { Problem } from '../result.ts';
import { cleanText } from '../text.ts';

/** Whom a reported recipient stands for. */
export type Whom =
  | { readonly kind: 'about'; readonly recipient: Address; readonly reported: string | undefined }
  /** Somebody the mail was not sent to: never a key, whatever the remote server says. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unusable'; readonly problem: Problem<AddressCode> };

const REPORTED_CHARS = 320;

const sole = (destination: readonly (Address | undefined)[]): Address | undefined => {
  const [first] = destination;
  return destination.every((key) => key === first) ? first : undefined;
};

/**
 * Decides whom a bounce or complaint is about. The address comes from the remote server, so a stranger writes it: only
 * an address the mail was sent to counts. A mail with one destination can only be about that one, whatever was reported.
 *
 * @param reported - the recipient as SES reports it
 * @param destination - all that the mail was sent to, as keys; undefined if that is unknown or does not matter
 */
export const whom = (reported: unknown, destination: readonly (Address | undefined)[] | undefined): Whom => {
  const parsed = parseAddress(reported);
  if (destination === undefined)
    return parsed.ok
      ? { kind: 'about', recipient: parsed.value, reported: undefined }
      : { kind: 'unusable', problem: parsed.error };
  if (parsed.ok && destination.includes(parsed.value))
    return { kind: 'about', recipient: parsed.value, reported: undefined };
  const only = sole(destination);
  if (only !== undefined) {
    const text = typeof reported === 'string' ? cleanText(reported, REPORTED_CHARS) : undefined;
    return { kind: 'about', recipient: only, reported: text };
  }
  return parsed.ok ? { kind: 'foreign' } : { kind: 'unusable', problem: parsed.error };
};
