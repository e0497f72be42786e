import { METRIC_RULES, Metric, OTHER_STREAM } from '../../core/contract/index.ts';
import type { Counts } from '../../core/counts.ts';
import type { SendAnswer } from '../../core/send/answer.ts';

/** What recipients are counted with. */
export interface RecipientCounts {
  readonly counts: Pick<Counts, 'add'>;
  /** Streams that are counted, each for itself. @default - no stream is */
  readonly streams?: ReadonlySet<string>;
}

/**
 * Counts what became of the recipients, each once: the answer to an earlier request is not counted again.
 *
 * @param stream - the one that the request names
 */
export const countRecipients = (
  { sent, suppressed, refused, duplicate }: SendAnswer,
  stream: string | undefined,
  { counts, streams }: RecipientCounts,
): void => {
  if (duplicate) return;
  const lists = { sent, suppressed, refused };
  for (const rule of METRIC_RULES.Recipients)
    if (lists[rule].length > 0) counts.add(Metric.RECIPIENTS, rule, lists[rule].length);
  if (streams === undefined || sent.length === 0) return;
  const counted = stream !== undefined && streams.has(stream) ? stream : OTHER_STREAM;
  counts.add(Metric.STREAM_RECIPIENTS, counted, sent.length);
};
