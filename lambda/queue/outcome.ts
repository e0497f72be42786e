import type { Instant } from '../../core/instant.ts';
import type { Why } from '../../core/rate/waiting.ts';
import type { Result } from '../../core/result.ts';
import type { SendAnswer, SendError } from '../../core/send/answer.ts';
import { type SendCode, type SendFailure, sendFailure } from '../../core/send/failure.ts';

/** What is to become of a queued request. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: SendAnswer }
  /** It comes back: after `until` at the soonest, where that is known. */
  | { readonly kind: 'waits'; readonly why: Why; readonly failure: SendFailure; readonly until?: Instant }
  /** The very same request can never be sent. */
  | { readonly kind: 'failed'; readonly failure: SendFailure };

/** What a request waits for that may be sent later although it is not `retryable` at once, or for its turn. */
const WAITS: { readonly [code in SendCode]?: Why } = {
  RateExceeded: 'rate',
  QuotaExceeded: 'quota',
  SendingPaused: 'paused',
  SesUnreachable: 'fault',
};

/** What becomes of a request by the result of its send. */
export const outcomeOf = (result: Result<SendAnswer, SendError>): Outcome => {
  if (result.ok) return { kind: 'answered', answer: result.value };
  const failure = result.error;
  const why = WAITS[failure.code] ?? (failure.retryable ? 'fault' : undefined);
  return why === undefined ? { kind: 'failed', failure } : { kind: 'waits', why, failure };
};

const NO_SLOT = {
  rate: sendFailure(
    'RateExceeded',
    'the account sends as fast as it may; there was no slot in the time of one invocation',
  ),
  quota: sendFailure('QuotaExceeded', "what is left of the account's daily quota is reserved for other recipients"),
} as const;

/** What becomes of a request that found no slot. */
export const noSlot = (what: 'rate' | 'quota', until: Instant): Outcome => ({
  kind: 'waits',
  why: what,
  failure: NO_SLOT[what],
  until,
});

/** What becomes of a request that met a fault before or in its send; its record tells whether it was mailed. */
export const faulted = (fault: unknown): Outcome => ({
  kind: 'waits',
  why: 'fault',
  failure: sendFailure('ListUnavailable', `the request could not be dealt with: ${String(fault)}`),
});
