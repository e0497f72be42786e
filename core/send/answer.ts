import type { SendFailure } from './failure.ts';
import type { Withheld } from './partition.ts';
import type { Refused } from './recipients.ts';

/** Where the headers of a raw message and its envelope disagree; address keys. */
export interface HeaderMismatch {
  /** Named in To, Cc or Bcc, and not in the envelope: not mailed. */
  readonly headersOnly: readonly string[];
  /** In the envelope as `to` or `cc`, and named nowhere: mailed. */
  readonly envelopeOnly: readonly string[];
}

/** What became of a request that did not fail. */
export interface SendAnswer {
  readonly status: 'sent' | 'partly-sent' | 'suppressed';
  /** SES's id; null if nothing was sent. */
  readonly messageId: string | null;
  /** The Message-ID header recipients see; null if nothing was sent. */
  readonly messageIdHeader: string | null;
  /** Recipients given to SES, as the request gives them. */
  readonly sent: readonly string[];
  readonly suppressed: readonly Withheld[];
  readonly refused: readonly Refused[];
  /** Of raw messages only. */
  readonly headerMismatch?: HeaderMismatch;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly duplicate: boolean;
}

/** A failed request, with what is known of its recipients. */
export interface SendError extends SendFailure {
  readonly suppressed?: readonly Withheld[];
  readonly refused?: readonly Refused[];
}
