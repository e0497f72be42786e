import type { Context } from 'aws-lambda';
import { Metric } from '../../core/contract/index.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Instant } from '../../core/instant.ts';
import { fail, type Result } from '../../core/result.ts';
import type { SendAnswer, SendError } from '../../core/send/answer.ts';
import { type SendFailure, sendFailure } from '../../core/send/failure.ts';
import { type SendDeps, send } from '../../core/send/send.ts';
import { requestTooLarge } from '../../core/send/size.ts';
import { countRecipients, type RecipientCounts } from './count-recipients.ts';
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
export interface SendHandlerDeps extends Omit<SendDeps, 'endsAt'>, Pick<RecipientCounts, 'streams'> {
  /** Milliseconds one try to hand a mail to SES can take: none is begun with less left of the invocation. */
  readonly tryMs: number;
}

type Outcome = Result<SendAnswer, SendError>;

const sizeFault = (request: unknown): SendFailure | undefined => {
  try {
    return requestTooLarge('invoke', request);
  } catch (fault) {
    return sendFailure('InvalidRequest', `the request could not be measured: ${String(fault)}`);
  }
};

/** The stream of a request that was answered, and so is a valid one. */
const streamOf = (request: unknown): string | undefined => (request as { readonly stream?: string }).stream;

/**
 * The send function: one request gives its answer or throws {@link SendFailed}; an array of up to 100 gives an array
 * of the same length and never throws.
 *
 * @example makeHandler(deps)({ from, to: ['bounce@simulator.amazonses.com'], subject: 'Hi', text: 'Hi' }, context)
 */
export const makeHandler = (deps: SendHandlerDeps): SendHandler => {
  const { now, counts, log, tryMs } = deps;

  const one = async (request: unknown, endsAt: Instant): Promise<Outcome> => {
    const deadline = endsAt - tryMs;
    const late = sendFailure('RateExceeded', 'the invocation ran out of time before this request; nothing was sent');
    const misfit = now() >= deadline ? late : sizeFault(request);
    const outcome = misfit === undefined ? await send(request, deadline, { ...deps, endsAt }) : fail(misfit);
    if (outcome.ok) countRecipients(outcome.value, streamOf(request), deps);
    else {
      const { code, retryable } = outcome.error;
      counts.add(Metric.SEND_FAILED, code);
      log.warn('send failed', { code, retryable });
    }
    return outcome;
  };

  const many = async (requests: readonly unknown[], endsAt: Instant): Promise<ArrayAnswer[]> => {
    const tooMany = sendFailure('InvalidRequest', `${requests.length} requests in one array; at most ${MAX_REQUESTS}`);
    if (requests.length > MAX_REQUESTS) return requests.map(() => ({ error: tooMany }));
    const answers: ArrayAnswer[] = [];
    await inParallel(PARALLEL, requests.entries(), async ([i, request]) => {
      const outcome = await one(request, endsAt);
      answers[i] = outcome.ok ? outcome.value : { error: outcome.error };
    });
    return answers;
  };

  return async (event, context) => {
    const endsAt = now() + context.getRemainingTimeInMillis();
    try {
      if (Array.isArray(event)) return await many(event, endsAt);
      const outcome = await one(event, endsAt);
      if (!outcome.ok) throw new SendFailed(outcome.error);
      return outcome.value;
    } finally {
      counts.flush();
    }
  };
};
