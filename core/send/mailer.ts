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

/** A message to build: who is named in its headers, and what it says. */
export interface MessageParts {
  readonly from: NamedAddress;
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  readonly replyTo: readonly NamedAddress[];
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
}

/** Builds MIME. Named recipients are header text only: the envelope is given to SES apart. */
export type Compose = (parts: MessageParts) => Promise<Uint8Array>;

/** One message as SES takes it. */
export interface OutgoingMail {
  /** The bare sender address. */
  readonly source: string;
  /** The envelope: bare addresses, at most 50. */
  readonly destinations: readonly string[];
  readonly raw: Uint8Array;
  /** SES message tags. */
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | undefined;
}

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
