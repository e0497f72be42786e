import { parseAddress } from '../core/address/address.ts';

/** Whom SES means when it says that an address is not verified. */
export type Unverified = 'sender' | 'recipient';

const LIST = /failed the check[^:]{0,80}:/i;
const ELLIPSIS = /(?:\.{3}|\u2026)$/;

const keyOf = (address: string): string => {
  const parsed = parseAddress(address);
  return parsed.ok ? parsed.value : address.trim().toLowerCase();
};

/** One identity of the list: an address key or a domain, and whether the text ended within it. */
interface Named {
  readonly key: string;
  readonly cut: boolean;
}

const namedIn = (text: string): Named[] => {
  const found = LIST.exec(text);
  if (found === null) return [];
  return text
    .slice(found.index + found[0].length)
    .split(',')
    .map((part) => part.trim())
    .map((part) => ({ key: keyOf(part.replace(ELLIPSIS, '')), cut: ELLIPSIS.test(part) }))
    .filter(({ key }) => key !== '');
};

const names = ({ key, cut }: Named, address: string): boolean =>
  cut ? address.startsWith(key) : address === key || address.endsWith(`@${key}`);

/**
 * Whom SES means by "Email address is not verified. The following identities failed the check in region …: a, b, …". In
 * the sandbox that names recipients too. The list may end in an ellipsis, within an address even.
 *
 * The sender comes first, because nothing can be sent until it is verified. Whoever is named and is no recipient is the
 * sender under another name: the From header's address, or a Return-Path.
 *
 * @example unverifiedIn('… failed the check in region EU-WEST-1: pat@target.example', from, ['pat@target.example']) // 'recipient'
 */
export const unverifiedIn = (text: string, source: string, destinations: readonly string[]): Unverified => {
  const listed = namedIn(text);
  const sender = keyOf(source);
  const recipients = destinations.map(keyOf);
  if (listed.length === 0 || listed.some((named) => names(named, sender))) return 'sender';
  return listed.every((named) => recipients.some((recipient) => names(named, recipient))) ? 'recipient' : 'sender';
};
