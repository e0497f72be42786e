import { decodeEncodedWords } from '../../adapters/encoded-words.ts';

export interface Header {
  readonly name: string;
  readonly value: string;
}

/** What a send call asked for, whichever call it was. */
export interface Draft {
  readonly operation: 'SendEmail' | 'SendRawEmail' | 'SendTemplatedEmail';
  /** The sender as the call or the From header writes it. */
  readonly source: string;
  /** The envelope, as given, display names and all. */
  readonly recipients: readonly string[];
  readonly headers: readonly Header[];
  readonly tags: readonly Header[];
  readonly configurationSet: string | null;
  /** The MIME message of a raw send, else `null`. */
  readonly raw: Buffer | null;
  /** The parts of a send that is not raw, else `null`. */
  readonly content: { readonly subject: string; readonly text: string | null; readonly html: string | null } | null;
  /** Accepted, then not sent: a virus, or a template that cannot be filled in. */
  readonly undoing: { readonly type: 'Reject' | 'Rendering Failure'; readonly detail: object } | null;
}

/** A mail that SES took on. */
export interface AcceptedMail extends Draft {
  readonly messageId: string;
  /** The Message-ID recipients see, whatever `headers` has: SES replaces it. */
  readonly messageIdHeader: string;
  readonly acceptedAt: Date;
}

/** The first value of a header, whatever the case of its name. */
export const headerValue = (headers: readonly Header[], name: string): string | undefined =>
  headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;

const MAX_SUBJECT_CHARS = 1000;

/** A mail's subject as people read it, its encoded words decoded; empty when it has none. */
export const subjectOf = ({ headers }: Draft): string =>
  decodeEncodedWords((headerValue(headers, 'Subject') ?? '').slice(0, MAX_SUBJECT_CHARS));
