import { readFailureRecord } from './failure-record.ts';
import type { Letter, LetterBox } from './letters.ts';

/** Why a letter is where it is. */
export interface Cause {
  readonly code: string;
  /** More of it, as the function or AWS said it; may quote what a stranger wrote. */
  readonly message: string | undefined;
}

/** What stands for a cause where nobody wrote one. */
export const MOVED_BY_SQS = 'MovedBySqs';
export const NOT_DELIVERED = 'NotDelivered';

/**
 * Why a letter was set aside: what our functions wrote beside it, what Lambda recorded, or that the queue or the topic
 * itself gave up.
 *
 * @example causeOf(letter, 'sends') // { code: 'QuotaExceeded', message: 'Daily message quota exceeded.' }
 */
export const causeOf = ({ attributes, body }: Letter, box: LetterBox): Cause => {
  const { code, message, ErrorCode, ErrorMessage } = attributes;
  const written = code?.text ?? ErrorCode?.text;
  if (written !== undefined) return { code: written, message: message?.text ?? ErrorMessage?.text };
  const record = readFailureRecord(body);
  if (record !== undefined) return { code: record.errorType ?? record.condition, message: record.errorMessage };
  return { code: box === 'undelivered' ? NOT_DELIVERED : MOVED_BY_SQS, message: undefined };
};
