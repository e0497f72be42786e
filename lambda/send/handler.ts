import type { Context } from 'aws-lambda';
import { Metric } from '../../core/contract/index.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Result } from '../../core/result.ts';
import type { SendAnswer, SendError } from '../../core/send/answer.ts';
import { sendFailure } from '../../core/send/failure.ts';
import { type SendDeps, send } from '../../core/send/send.ts';
import { SendFailed } from './send-failed.ts';

/** One element of the answer to an array of requests. */
export type ArrayAnswer = SendAnswer | { readonly error: SendError };

/** Takes one request or an array of them. */
export type SendHandler = (
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<SendAnswer | ArrayAnswer[]>;

/** Requests in one invocation. */
const MAX_REQUESTS = 100;
/** Requests of one array under way at once. */
const PARALLEL = 5;

/** What a send touches, and the time one try may take. */
export interface SendHandlerDeps extends SendDeps {
  /** Milliseconds one try to hand a mail to SES can take: none is begun with less left of the invocation. */
  readonly tryMs: number;
}

/**
 * The send function: one request gives its answer or throws {@link SendFailed}; an array of up to 100 gives an array
 * of the same length and never throws.
 *
 * @example makeHandler(deps)({ from, to: ['bounce@simulator.amazonses.com'], subject: 'Hi', text: 'Hi' }, context)
 */
export const makeHandler = (deps: SendHandlerDeps): SendHandler => {
  const count = (result: Result<SendAnswer, SendError>): void => {
    if (!result.ok) {
      deps.counts.add(Metric.SEND_FAILED, result.error.code);
      return;
    }
    const { sent, suppressed, refused } = result.value;
    for (const [rule, list] of Object.entries({ sent, suppressed, refused }))
      if (list.length > 0) deps.counts.add(Metric.RECIPIENTS, rule, list.length);
  };

  const one = async (request: unknown, deadline: number): Promise<Result<SendAnswer, SendError>> => {
    const late = sendFailure('RateExceeded', 'the invocation ran out of time before this request; nothing was sent');
    const result = deps.now() >= deadline ? { ok: false as const, error: late } : await send(request, deadline, deps);
    count(result);
    if (!result.ok) deps.log.warn('send failed', { code: result.error.code, retryable: result.error.retryable });
    return result;
  };

  const many = async (requests: readonly unknown[], deadline: number): Promise<ArrayAnswer[]> => {
    const tooMany = sendFailure('InvalidRequest', `${requests.length} requests in one array; at most ${MAX_REQUESTS}`);
    if (requests.length > MAX_REQUESTS) return requests.map(() => ({ error: tooMany }));
    const answers: ArrayAnswer[] = [];
    await inParallel(PARALLEL, requests.entries(), async ([i, request]) => {
      const result = await one(request, deadline);
      answers[i] = result.ok ? result.value : { error: result.error };
    });
    return answers;
  };

  return async (event, context) => {
    const deadline = deps.now() + context.getRemainingTimeInMillis() - deps.tryMs;
    try {
      if (Array.isArray(event)) return await many(event, deadline);
      const result = await one(event, deadline);
      if (!result.ok) throw new SendFailed(result.error);
      return result.value;
    } finally {
      deps.counts.flush();
    }
  };
};
