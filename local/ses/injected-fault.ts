import { messageRejected, SesFault } from './fault.ts';

/**
 * Faults a test can order. The first group refuses the call; the second accepts the mail and spoils the answer:
 * `cut` closes the connection, `hang` never answers, `empty` answers 200 without a body, `broken` answers 500. What was
 * accepted gets its feedback all the same.
 */
export type FaultKind =
  | 'rate'
  | 'quota'
  | 'internal'
  | 'unavailable'
  | 'access-denied'
  | 'mail-from'
  | 'rejected'
  | 'cut'
  | 'hang'
  | 'empty'
  | 'broken';

type Refusal = Exclude<FaultKind, SpoiltAnswer>;
type SpoiltAnswer = 'cut' | 'hang' | 'empty' | 'broken';

const REFUSALS: Readonly<Record<Refusal, () => SesFault>> = {
  rate: () => new SesFault(400, 'Throttling', 'Maximum sending rate exceeded.'),
  quota: () => new SesFault(400, 'Throttling', 'Daily message quota exceeded.'),
  internal: () => new SesFault(500, 'InternalFailure', 'The request processing has failed because of an error.'),
  unavailable: () => new SesFault(503, 'ServiceUnavailable', 'The service is unavailable. Please try again shortly.'),
  'access-denied': () =>
    new SesFault(403, 'AccessDenied', 'The caller is not authorized to send from this identity: ses:FromAddress'),
  'mail-from': () =>
    new SesFault(400, 'MailFromDomainNotVerifiedException', 'The custom MAIL FROM domain is not verified.'),
  rejected: () => messageRejected('Sending has been shut down for this account.'),
};

/** The error that refuses a call. */
export const refusal = (kind: Refusal): SesFault => REFUSALS[kind]();

/** Whether a fault refuses the call; the others accept the mail and spoil the answer. */
export const isRefusal = (kind: FaultKind | null): kind is Refusal => kind !== null && kind in REFUSALS;
