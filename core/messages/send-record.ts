import { MESSAGES_DAYS } from '../contract/index.ts';
import { DAY, type Instant } from '../instant.ts';
import type { SendAnswer } from '../send/answer.ts';
import type { Accepted } from '../send/mailer.ts';
import type { KeyHash } from './key-hash.ts';

/** An answer before SES was asked: it lacks only what SES gives. */
export type AnswerDraft = Omit<SendAnswer, 'messageId' | 'messageIdHeader' | 'duplicate'>;

/** How far a send has come. */
export type SendState =
  /** An invocation is at it, or died at it. */
  | { readonly state: 'running' }
  /** SES may have accepted the mail; `message` says why nobody knows. */
  | { readonly state: 'unknown'; readonly message: string }
  /** SES has accepted the mail. */
  | ({ readonly state: 'answered' } & Accepted)
  /** Nobody could be mailed: kept to be looked up, and the key is still free. */
  | { readonly state: 'withheld' };

/** What is remembered of the send with one idempotency key. */
export interface SendRecord {
  readonly key: KeyHash;
  /** Stands for the request, so that another one under the same key is noticed. */
  readonly digest: string;
  /** The one invocation that may go on with this record: no two records ever share it. */
  readonly token: string;
  readonly begunAt: Instant;
  /** After this the invocation that began it is dead for certain. */
  readonly runsUntil: Instant;
  readonly draft: AnswerDraft;
  readonly progress: SendState;
}

/** When a record means nothing any more, whether or not the table has deleted it. */
export const expiryOf = ({ begunAt }: Pick<SendRecord, 'begunAt'>): Instant => begunAt + MESSAGES_DAYS * DAY;

/**
 * The answer that a draft becomes.
 *
 * @param accepted - what SES answered; undefined if nothing was sent
 */
export const answerOf = (draft: AnswerDraft, accepted: Accepted | undefined, duplicate: boolean): SendAnswer => {
  const { status, ...people } = draft;
  const { messageId = null, messageIdHeader = null } = accepted ?? {};
  return { status, messageId, messageIdHeader, ...people, duplicate };
};
