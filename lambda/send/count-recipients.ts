import { Metric } from '../../core/contract/index.ts';
import type { Counts } from '../../core/counts.ts';
import type { SendAnswer } from '../../core/send/answer.ts';

/** Counts what became of the recipients, each once: the answer to an earlier request is not counted again. */
export const countRecipients = (
  { sent, suppressed, refused, duplicate }: SendAnswer,
  counts: Pick<Counts, 'add'>,
): void => {
  if (duplicate) return;
  for (const [rule, list] of Object.entries({ sent, suppressed, refused }))
    if (list.length > 0) counts.add(Metric.RECIPIENTS, rule, list.length);
};
