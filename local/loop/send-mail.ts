import type { Withheld } from './loop-event.ts';
import { LoopFailure, type Step } from './loop-failure.ts';

/** The parts of the send function's answer that the loop looks at. */
export interface SendAnswer {
  readonly status: string;
  readonly messageId: string | null;
  readonly sent: readonly string[];
  readonly suppressed: readonly Withheld[];
  readonly duplicate?: boolean;
}

/** The request the loop sends, one mail to `to`. */
export const mailTo = (to: readonly string[]) => ({
  from: 'Ledger <no-reply@ledger.example>',
  to,
  subject: 'Your receipt',
  text: 'Thank you. This mail goes to the mailbox simulator.',
  stream: 'receipts',
});

/**
 * Asks the send function for one mail, over the invoke API as any client would.
 *
 * @param lambda - address of the invoke API
 * @throws LoopFailure when the function fails or answers something else
 */
export async function sendMail(
  lambda: string,
  request: { readonly to: readonly string[]; readonly [field: string]: unknown },
  step: Step,
): Promise<SendAnswer> {
  const response = await fetch(`${lambda}/2015-03-31/functions/send/invocations`, {
    method: 'POST',
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const what = `the send to ${request.to.join(', ')}`;
  if (response.status !== 200) throw new LoopFailure(step, `${what} got status ${response.status}: ${text}`);
  const answer: unknown = JSON.parse(text);
  if (response.headers.has('x-amz-function-error')) throw new LoopFailure(step, `${what} failed: ${describe(answer)}`);
  if (isSendAnswer(answer)) return answer;
  throw new LoopFailure(step, `${what} should answer status, messageId, sent and suppressed, got: ${text}`);
}

function describe(error: unknown): string {
  const { errorType, errorMessage } = error as { errorType?: string; errorMessage?: string };
  try {
    const { message } = JSON.parse(errorMessage ?? '');
    return `${errorType}: ${message}`;
  } catch {
    return `${errorType}: ${errorMessage}`;
  }
}

function isSendAnswer(value: unknown): value is SendAnswer {
  if (typeof value !== 'object' || value === null) return false;
  const { status, messageId, sent, suppressed } = value as Record<string, unknown>;
  return (
    typeof status === 'string' &&
    (messageId === null || typeof messageId === 'string') &&
    Array.isArray(sent) &&
    Array.isArray(suppressed)
  );
}
