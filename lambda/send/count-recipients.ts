import { METRIC_RULES, Metric } from '../../core/contract/index.ts';
import type { Counts } from '../../core/counts.ts';
import type { SendAnswer } from '../../core/send/answer.ts';

/** Counts what became of the recipients, each once: the answer to an earlier request is not counted again. */
export const countRecipients = (
  { sent, suppressed, refused, duplicate }: SendAnswer,
  counts: Pick<Counts, 'add'>,
): void => {
  if (duplicate) return;
  const lists = { sent, suppressed, refused };
  for (const rule of METRIC_RULES.Recipients)
    if (lists[rule].length > 0) counts.add(Metric.RECIPIENTS, rule, lists[rule].length);
};
