import { hashKey } from '../../../core/messages/key-hash.ts';
import type { AnswerDraft, SendRecord, SendState } from '../../../core/messages/send-record.ts';

export const NOW = Date.parse('2026-01-02T03:04:05.678Z');

export const DRAFT: AnswerDraft = { status: 'sent', sent: ['Pat <pat@target.example>'], suppressed: [], refused: [] };

/** A record of the send with this key; its token is the key's own unless told. */
export const recordOf = (
  idempotencyKey: string,
  progress: SendState = { state: 'running' },
  over: Partial<SendRecord> = {},
): SendRecord => ({
  key: hashKey(idempotencyKey),
  digest: 'digest',
  token: `token of ${idempotencyKey}`,
  begunAt: NOW,
  runsUntil: NOW + 65_000,
  draft: DRAFT,
  progress,
  ...over,
});
