import type { Instant } from '../../core/instant.ts';
import { hashKey } from '../../core/messages/key-hash.ts';
import { bracketed, type IdentifiedMail, mailExpiryOf } from '../../core/messages/message-ids.ts';
import { type AnswerDraft, expiryOf, type SendRecord } from '../../core/messages/send-record.ts';
import type { OpenedMessages } from '../dependencies.ts';

/** What is known of one message. */
export interface KnownMessage {
  /** SES's id; null while it is not known. */
  readonly messageId: string | null;
  /** The Message-ID header that recipients see. */
  readonly messageIdHeader: string | null;
  /** The Message-ID that the caller gave; null if there was none. */
  readonly ownMessageId: string | null;
  readonly state: 'sent' | 'running' | 'unknown' | 'suppressed';
  /** Why the outcome is not known. */
  readonly why: string | null;
  readonly at: Instant;
  /** Who was to get it; null of a message that was sent without a key. */
  readonly people: Pick<AnswerDraft, 'sent' | 'suppressed' | 'refused'> | null;
}

type Messages = Pick<OpenedMessages, 'sends' | 'messageIds'>;

/** A header of mail has no longer line, RFC 5322 section 2.1.1. */
const LINE_CHARS = 998;
/** The header that SES writes: its id at a domain of SES's. */
const SES_HEADER = /^<([^@<>\s]+)@(?:[a-z0-9-]+\.)?amazonses\.com>$/i;

const stateOf = ({ progress, runsUntil }: SendRecord, now: Instant): Pick<KnownMessage, 'state' | 'why'> => {
  switch (progress.state) {
    case 'answered':
      return { state: 'sent', why: null };
    case 'withheld':
      return { state: 'suppressed', why: null };
    case 'unknown':
      return { state: 'unknown', why: progress.message };
    case 'running':
      return now < runsUntil
        ? { state: 'running', why: null }
        : { state: 'unknown', why: 'the invocation ended before it told what became of it' };
  }
};

const known = (
  mail: IdentifiedMail | undefined,
  record: SendRecord | undefined,
  now: Instant,
): KnownMessage | undefined => {
  const accepted = record?.progress.state === 'answered' ? record.progress : mail;
  const ids = {
    messageId: accepted?.messageId ?? null,
    messageIdHeader: accepted?.messageIdHeader ?? null,
    ownMessageId: mail?.ownMessageId ?? null,
  };
  if (record !== undefined)
    return { ...ids, ...stateOf(record, now), at: mail?.sentAt ?? record.begunAt, people: record.draft };
  return mail === undefined ? undefined : { ...ids, state: 'sent', why: null, at: mail.sentAt, people: null };
};

/** The record that a mail was sent with; a later send with the same key is none of its. */
const recordOf = async ({ key, messageId }: IdentifiedMail, { sends }: Messages): Promise<SendRecord | undefined> => {
  const record = key === undefined ? undefined : await sends.read(key);
  return record?.progress.state === 'answered' && record.progress.messageId === messageId ? record : undefined;
};

/**
 * What is known of the message with an id: SES's, the header that SES made of it, or a Message-ID of the caller's own,
 * with or without angle brackets; in the 30 days for which it is known.
 *
 * @throws when the table cannot say
 */
export const findById = async (id: string, messages: Messages, now: Instant): Promise<KnownMessage | undefined> => {
  if (id.length > LINE_CHARS) return undefined;
  const { messageIds } = messages;
  const header = bracketed(id);
  const sesId = SES_HEADER.exec(header)?.[1] ?? header.slice(1, -1);
  const mail = (await messageIds.byOwnMessageId(header)) ?? (await messageIds.byMessageId(sesId));
  if (mail === undefined || now >= mailExpiryOf(mail)) return undefined;
  return known(mail, await recordOf(mail, messages), now);
};

/**
 * What is known of the send with an idempotency key, in the 30 days for which it counts.
 *
 * @throws when the table cannot say
 */
export const findByKey = async (
  idempotencyKey: string,
  { sends, messageIds }: Messages,
  now: Instant,
): Promise<KnownMessage | undefined> => {
  const record = await sends.read(hashKey(idempotencyKey));
  if (record === undefined || now >= expiryOf(record)) return undefined;
  const { progress } = record;
  const mail = progress.state === 'answered' ? await messageIds.byMessageId(progress.messageId) : undefined;
  return known(mail, record, now);
};
