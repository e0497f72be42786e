import addressparser from 'nodemailer/lib/addressparser';
import { parseAddress } from '../core/address/address.ts';

/** A mailbox as nodemailer has it in headers. */
interface HeaderMailbox {
  readonly address: string;
  readonly name: string;
}

interface Envelope {
  readonly from: string | false;
  readonly to: readonly string[];
}

/** A message as nodemailer hands it to a transport, as far as recipients go. */
export interface CompiledMail {
  /** The options of the message, for transports that look at them instead. */
  readonly data: Record<string, unknown>;
  readonly message: {
    /** Whom the transport is to mail: bare addresses, groups resolved. */
    getEnvelope(): Envelope;
    setEnvelope(envelope: Envelope): unknown;
    /** Mailboxes by header, in lower case; groups resolved. */
    getAddresses(): { readonly [header: string]: readonly HeaderMailbox[] | undefined };
    /** As it was given. */
    getHeader(header: string): unknown;
    setHeader(header: string, value: unknown): unknown;
    messageId(): string;
  };
}

const HEADERS = ['to', 'cc', 'bcc'] as const;

/** An empty group, as RFC 5322 appendix A.1.3 has it. */
const NOBODY = 'Undisclosed recipients:;';

/** Everybody a message is for or names as a recipient, as bare addresses, each spelling once. */
export const namedIn = ({ message }: CompiledMail): string[] => {
  const headers = message.getAddresses();
  const named = HEADERS.flatMap((header) => (headers[header] ?? []).map(({ address }) => address));
  return [...new Set([...message.getEnvelope().to, ...named])];
};

/** The texts in recipients, in any form that nodemailer takes, in which it finds no address. */
const textsWithout = (recipients: unknown): string[] => {
  if (Array.isArray(recipients)) return recipients.flatMap(textsWithout);
  if (typeof recipients === 'string') {
    const read = addressparser(recipients, { flatten: true });
    return read.filter(({ address }) => address === '').map(({ name }) => name);
  }
  if (typeof recipients !== 'object' || recipients === null) return [];
  const { address, name } = recipients as Partial<HeaderMailbox>;
  return address ? [] : [String(name ?? '')];
};

/** What stands for a recipient but holds no address, each text once: nodemailer passes over it, {@link namedIn} too. */
export const unreadableIn = (mail: CompiledMail): string[] => {
  const { data, message } = mail;
  const envelope = (data.envelope ?? {}) as { readonly [field: string]: unknown };
  const texts = HEADERS.flatMap((field) => textsWithout([message.getHeader(field), envelope[field]]));
  const named = new Set(namedIn(mail));
  return [...new Set(texts)].filter((text) => !named.has(text));
};

const keyOf = (address: string): string | undefined => {
  const parsed = parseAddress(address);
  return parsed.ok ? parsed.value : undefined;
};

/**
 * Leaves everybody but these out of the envelope and of To, Cc and Bcc. A header in which nobody is left out stays as it
 * is written, names and groups included.
 *
 * @param mailable - addresses that may stay, in any spelling
 * @returns how many the envelope still has
 */
export const leaveOut = ({ data, message }: CompiledMail, mailable: readonly string[]): number => {
  const keys = new Set<string | undefined>(mailable.map(keyOf));
  const stays = (address: string): boolean => keys.has(keyOf(address));
  const headers = message.getAddresses();
  const envelope = message.getEnvelope();
  const left = { ...envelope, to: envelope.to.filter(stays) };
  if (left.to.length < envelope.to.length) {
    message.setEnvelope(left);
    if (data.envelope) data.envelope = left;
  }
  for (const header of HEADERS) {
    const named = headers[header] ?? [];
    const kept = named.filter(({ address }) => stays(address));
    if (kept.length === named.length) continue;
    message.setHeader(header, header === 'to' && kept.length === 0 ? NOBODY : kept);
    data[header] = kept;
  }
  return left.to.length;
};
