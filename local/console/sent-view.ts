import * as v from 'valibot';
import { functionFailure, parsedJson } from '../../cli/deployment/function-failure.ts';
import type { RawText, SentView } from '../../console/api.ts';
import type { Outcome } from '../functions/outcome.ts';

const Answer = v.object({ status: v.string(), messageId: v.nullable(v.string()) });

const LOOK = 'Look at what the send function wrote, in the terminal of the local cloud.';

const whole = (text: string): RawText => ({ title: 'Answer of the send function', kind: 'json', text, cut: 0 });

/**
 * What the send function answered, or failed with, as the page shows it.
 *
 * @example sentView(await cloud.invoke('send', request))
 */
export const sentView = (outcome: Outcome): SentView => {
  if (!outcome.ok) {
    const { errorType, errorMessage } = outcome.error;
    const problem = functionFailure(JSON.stringify({ errorType, errorMessage }), LOOK);
    return {
      ok: false,
      problem,
      answer: whole(JSON.stringify({ errorType, errorMessage: parsedJson(errorMessage) ?? errorMessage })),
    };
  }
  const answer = v.safeParse(Answer, parsedJson(outcome.payload));
  if (answer.success) return { ok: true, ...answer.output, answer: whole(outcome.payload) };
  const message = 'the send function answered what the console cannot read';
  return { ok: false, problem: { code: 'AnswerUnreadable', message, remedy: LOOK }, answer: whole(outcome.payload) };
};
