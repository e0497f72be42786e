import { fail, ok, type Problem, type Result } from '../result.ts';
import { quote } from '../text.ts';
import { normaliseDomain } from './domain.ts';
import { type ScanCode, scanMailbox } from './scan-mailbox.ts';

declare const address: unique symbol;

/**
 * An address key: the one normalised form of an e-mail address, lower-case local part, `@`, lower-case A-label domain.
 * Only {@link parseMailbox} makes one, so an un-normalised string can be neither written nor looked up.
 */
export type Address = string & { readonly [address]: true };

/** One mailbox: the key to look it up by, and what to show and to mail. */
export interface Mailbox {
  readonly key: Address;
  /** The bare address to hand to SES: the local part's case as given, the domain in A-labels. */
  readonly addrSpec: string;
  /** The display name, quotes and comments removed; empty if there is none. */
  readonly name: string;
}

export type AddressCode =
  | ScanCode
  | 'AddressEmpty'
  | 'AddressTooLong'
  | 'AddressControlCharacter'
  | 'AddressDomain'
  | 'AddressNotText';

/** Characters an address may have in all, display name included. */
export const ADDRESS_CHARS = 320;
/** RFC 5321 section 4.5.3.1.1, quotes and backslashes counted; so no key is longer than an address may be. */
const LOCAL_CHARS = 64;

const SIMULATOR = '@simulator.amazonses.com';
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** The usual case, a bare dot-atom at a plain host name: agrees with the full scanner at a fraction of its cost. */
const PLAIN =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;
const PUNYCODE = /xn--/i;

const problem = (code: AddressCode, message: string): { readonly ok: false; readonly error: Problem<AddressCode> } =>
  fail({ code, message });

const quoted = (local: string): string =>
  DOT_ATOM.test(local) ? local : `"${local.replace(/["\\]/g, (c) => `\\${c}`)}"`;

/**
 * Reads a string that is exactly one mailbox. Display name, angle brackets, comments and encoded words do not reach
 * the key; plus-tags and dots are not folded.
 *
 * @returns the mailbox, or why there is none: a stable code and a sentence that quotes the value
 * @see RFC 5321 section 4.1.2, RFC 5322 section 3.4
 * @example parseMailbox('"Pat" <PAT@BÜCHER.example>') // value.key: 'pat@xn--bcher-kva.example'
 */
export const parseMailbox = (raw: unknown): Result<Mailbox, Problem<AddressCode>> => {
  if (typeof raw !== 'string') return problem('AddressNotText', `expected an address as text, got ${quote(raw)}`);
  if (raw.length > ADDRESS_CHARS)
    return problem('AddressTooLong', `an address has at most ${ADDRESS_CHARS} characters, got ${raw.length}`);
  const at = raw.indexOf('@');
  if (at <= LOCAL_CHARS && raw.length - at <= 254 && PLAIN.test(raw) && !PUNYCODE.test(raw)) {
    const key = raw.toLowerCase() as Address;
    return ok({ key, addrSpec: key === raw ? raw : raw.slice(0, at) + key.slice(at), name: '' });
  }
  return parseSlowly(raw);
};

const parseSlowly = (raw: string): Result<Mailbox, Problem<AddressCode>> => {
  if (CONTROL.test(raw))
    return problem('AddressControlCharacter', `${quote(raw)} holds a control character; remove it`);
  if (raw.trim() === '') return problem('AddressEmpty', 'the address is empty; write user@domain');
  const scanned = scanMailbox(raw);
  if (!scanned.ok) return problem(scanned.error.code, `${quote(raw)} is not one mailbox: ${scanned.error.message}`);
  const { name, local, domain } = scanned.value;
  const spec = quoted(local);
  if (local.length === 0 || spec.length > LOCAL_CHARS)
    return problem(
      'AddressSyntax',
      `the local part of ${quote(raw)} has ${local.length === 0 ? 0 : spec.length} characters; 1 to ${LOCAL_CHARS} are allowed`,
    );
  const host = normaliseDomain(domain);
  if (host === undefined)
    return problem(
      'AddressDomain',
      `${quote(domain)} is no mail domain; it needs two or more labels and no IP address`,
    );
  return ok({ key: `${spec.toLowerCase()}@${host}` as Address, addrSpec: `${spec}@${host}`, name: name.trim() });
};

/** The key alone, see {@link parseMailbox}. */
export const parseAddress = (raw: unknown): Result<Address, Problem<AddressCode>> => {
  const parsed = parseMailbox(raw);
  return parsed.ok ? ok(parsed.value.key) : parsed;
};

/** Whether this is one of SES's mailbox-simulator addresses, labels included. */
export const isSimulator = (key: Address): boolean => key.endsWith(SIMULATOR);
