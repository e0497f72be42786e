import * as v from 'valibot';
import { parseAddress } from '../../core/address/address.ts';
import { policySchema } from '../../core/contract/index.ts';
import { messageLines } from './message-lines.ts';
import { type AskedQuestion, type PlayedStep, playSequence } from './play-sequence.ts';

/** A task as it comes over standard input; `corpus/tasks.ts` makes them. */
export type OwnTask = { readonly id: string; readonly policy?: unknown } & (
  | { readonly kind: 'message'; readonly encoding?: 'base64'; readonly input: unknown }
  | { readonly kind: 'address'; readonly input: unknown }
  | { readonly kind: 'sequence'; readonly steps: readonly PlayedStep[]; readonly questions: readonly AskedQuestion[] }
);

/**
 * What this project says to one task, by the functions of core that its functions and commands use.
 *
 * @throws Error for a task that has not the form of the contract
 * @example await answerTo({ id: 'address-plain', kind: 'address', input: 'PAT@target.example' })
 *   // { id: 'address-plain', key: 'pat@target.example' }
 */
export const answerTo = async (task: OwnTask): Promise<{ readonly id: string; readonly [field: string]: unknown }> => {
  const { id } = task;
  if (task.kind === 'address') {
    const parsed = parseAddress(task.input);
    return parsed.ok ? { id, key: parsed.value } : { id, key: null, reason: parsed.error.code };
  }
  const policy = v.parse(policySchema(), task.policy ?? {});
  if (task.kind === 'sequence') return { id, answers: await playSequence(task.steps, task.questions, policy) };
  const input = task.encoding === 'base64' ? Buffer.from(String(task.input), 'base64').toString() : task.input;
  return { id, decisions: messageLines(input, policy) };
};
