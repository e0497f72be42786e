import type { Instant } from '../instant.ts';
import type { Result } from '../result.ts';
import type { SendFailure } from './failure.ts';

/** A mailbox as a header names it. */
export interface NamedAddress {
  /** The display name; empty if there is none. */
  readonly name: string;
  /** The bare address. */
  readonly address: string;
}

/** A file in a message. */
export interface Attachment {
  /** Absent: none is told. */
  readonly filename?: string;
  /** A MIME type, parameters allowed. Absent: as the name tells. */
  readonly contentType?: string;
  readonly content: Uint8Array;
  /** Names the file within the message, without angle brackets, so that HTML can show it: `<img src="cid:logo">`. */
  readonly contentId?: string;
}

/** An invitation: iCalendar text, shown as such by mail programs. */
export interface Calendar {
  /** RFC 5546: `REQUEST`, `CANCEL`, `REPLY` and so on. */
  readonly method: string;
  readonly content: string;
}

/** What a built message says, whoever gets it. */
export interface MessageContent {
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly attachments: readonly Attachment[];
  readonly calendar?: Calendar;
  /** Further headers, in order. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** A message to build: who is named in its headers, and what it says. */
export interface MessageParts extends MessageContent {
  readonly from: NamedAddress;
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  readonly replyTo: readonly NamedAddress[];
}

/** Builds MIME. Named recipients are header text only: the envelope is given to SES apart. */
export type Compose = (parts: MessageParts) => Promise<Uint8Array>;

/** What every message is handed to SES with. */
interface Envelope {
  /** The bare sender address. */
  readonly source: string;
  /** The envelope: bare addresses, at most 50. */
  readonly destinations: readonly string[];
  /** SES message tags. */
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | undefined;
}

/** A message as MIME. */
export interface RawMail extends Envelope {
  readonly kind: 'raw';
  readonly raw: Uint8Array;
}

/** A template stored in SES, which SES fills in. */
export interface TemplateMail extends Envelope {
  readonly kind: 'template';
  readonly template: string;
  /** A JSON object as text. */
  readonly data: string;
  readonly from: NamedAddress;
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  readonly bcc: readonly NamedAddress[];
  readonly replyTo: readonly NamedAddress[];
}

/** One message as SES takes it; `destinations` are those of its named recipients. */
export type OutgoingMail = RawMail | TemplateMail;

/** What SES answered. */
export interface Accepted {
  readonly messageId: string;
  /** The Message-ID header that recipients see: SES replaces any other. */
  readonly messageIdHeader: string;
}

/** Hands messages to SES so that none can be mailed twice. */
export interface Mailer {
  /**
   * @param deadline - milliseconds since the epoch after which no further try may start
   * @throws never: what SES or the network says is an answer
   */
  send(mail: OutgoingMail, deadline: Instant): Promise<Result<Accepted, SendFailure>>;
}
