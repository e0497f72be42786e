import PostalMime, { type Address } from 'postal-mime';
import { parseAddress } from '../../core/address/address.ts';
import type { OutgoingMail, RawMail } from '../../core/send/mailer.ts';
import { promise, Violation } from './target.ts';

/** What a request asked for, as far as the mail may follow it. */
export interface Asked {
  /** Everybody whom the request names as a recipient, as written. */
  readonly recipients: readonly string[];
  /** Names of headers, in lower case, that the mail may have beside the usual ones. */
  readonly headers: ReadonlySet<string>;
  /** Keys that may not be mailed. */
  readonly suppressed: ReadonlySet<string>;
  readonly form: 'built' | 'raw';
}

/** Headers that every message is written with. */
const USUAL = ['from', 'to', 'cc', 'reply-to', 'subject', 'message-id', 'date', 'mime-version'];
const CONTENT = /^content-/;
const UNSUBSCRIBE = ['list-unsubscribe', 'list-unsubscribe-post'];
const LINE_BYTES = 998;

const keyOf = (given: string): string | undefined => {
  const parsed = parseAddress(given);
  return parsed.ok ? parsed.value : undefined;
};

const flat = (addresses: readonly Address[] = []): string[] =>
  addresses.flatMap((each) => ('group' in each && each.group ? flat(each.group) : [each.address ?? '']));

/** The lines before the first empty one. */
const headLines = (raw: Uint8Array): string[] => {
  const text = Buffer.from(raw).toString('latin1');
  const end = text.search(/\r?\n\r?\n/);
  return (end < 0 ? text : text.slice(0, end)).split('\r\n');
};

const checkLines = (raw: Uint8Array): void => {
  for (const line of headLines(raw)) {
    if (/[\r\n\0]/.test(line))
      throw new Violation('injection', `a header line breaks: ${JSON.stringify(line.slice(0, 120))}`);
    promise(line.length <= LINE_BYTES, () => `a header line of ${line.length} bytes`);
  }
};

const checkMime = async ({ raw, destinations }: RawMail, { headers, form }: Asked): Promise<void> => {
  if (form === 'built') checkLines(raw);
  const parsed = await PostalMime.parse(raw, { maxNestingDepth: 2000, maxHeadersSize: 32 * 1024 * 1024 });
  const allowed = new Set([...headers, ...UNSUBSCRIBE, ...(form === 'built' ? USUAL : [])]);
  for (const { key } of parsed.headers) {
    if (key === 'bcc') throw new Violation('injection', 'the mail has a Bcc header');
    if (!allowed.has(key) && !(form === 'built' && CONTENT.test(key)))
      throw new Violation('injection', `the mail has a header that nobody asked for: ${JSON.stringify(key)}`);
  }
  if (form === 'raw') return;
  const named = [...flat(parsed.to), ...flat(parsed.cc)].filter((address) => address !== '');
  const keys = new Set(destinations.map(keyOf));
  for (const address of named)
    if (!keys.has(keyOf(address)))
      throw new Violation('injection', `the mail names ${JSON.stringify(address)}, whom it does not go to`);
};

/**
 * What is about to go to SES: to nobody who was not asked for or may not be mailed, and with nothing in its headers that
 * was not asked for, as a parser of somebody else's reads it.
 *
 * @throws Violation
 */
export const checkMail = async (mail: OutgoingMail, asked: Asked): Promise<void> => {
  const keys = new Set(asked.recipients.map(keyOf));
  promise(
    mail.destinations.length > 0 && mail.destinations.length <= 50,
    () => `${mail.destinations.length} recipients`,
  );
  promise(new Set(mail.destinations.map(keyOf)).size === mail.destinations.length, () => 'a mailbox is there twice');
  for (const destination of mail.destinations) {
    const key = keyOf(destination);
    if (key === undefined || !keys.has(key))
      throw new Violation('injection', `${JSON.stringify(destination)} is mailed, and nobody asked for it`);
    if (asked.suppressed.has(key)) throw new Violation('promise', `${destination} is mailed, and is suppressed`);
  }
  if (mail.kind === 'raw') return checkMime(mail, asked);
  for (const { name, address } of [mail.from, ...mail.to, ...mail.cc, ...mail.bcc, ...mail.replyTo])
    if (/[\r\n\0]/.test(name + address)) throw new Violation('injection', 'a mailbox breaks its line');
};
