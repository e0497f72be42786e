import { MessagesTable } from '../core/contract/index.ts';
import { toEpochSeconds, toIso } from '../core/instant.ts';
import type { KeyHash } from '../core/messages/key-hash.ts';
import { RecordUnreadable } from '../core/messages/record-unreadable.ts';
import { type AnswerDraft, expiryOf, type SendRecord, type SendState } from '../core/messages/send-record.ts';
import { quote } from '../core/text.ts';
import { type Attributes, readInstant, readText, texts } from './attributes.ts';

/** Attributes of a record beside those of the table. */
export const SendAttribute = {
  STATE: 'state',
  TOKEN: 'token',
  DIGEST: 'digest',
  BEGUN_AT: 'begunAt',
  RUNS_UNTIL: 'runsUntil',
  /** The answer without SES's part, as JSON. */
  DRAFT: 'draft',
  /** Why the outcome is not known. */
  MESSAGE: 'message',
  MESSAGE_ID: 'messageId',
  MESSAGE_ID_HEADER: 'messageIdHeader',
} as const;

const PREFIX = 'send#';

/** The primary key of the record of an idempotency key. */
export const encodeSendKey = (key: KeyHash): Attributes => ({ [MessagesTable.ID]: { S: `${PREFIX}${key}` } });

/** The idempotency key that an item is the record of. */
export const decodeSendKey = (item: Attributes): KeyHash => {
  const id = readText(item, MessagesTable.ID);
  if (id?.startsWith(PREFIX)) return id.slice(PREFIX.length) as KeyHash;
  throw new RecordUnreadable(`the item ${quote(id)} is no record of a send`);
};

const NOTHING = { message: undefined, messageId: undefined, messageIdHeader: undefined };

const encodeProgress = (progress: SendState): Attributes => {
  const { state, message, messageId, messageIdHeader } = { ...NOTHING, ...progress };
  return texts({
    [SendAttribute.STATE]: state,
    [SendAttribute.MESSAGE]: message,
    [SendAttribute.MESSAGE_ID]: messageId,
    [SendAttribute.MESSAGE_ID_HEADER]: messageIdHeader,
  });
};

/** The item that holds a record. */
export const encodeSend = (record: SendRecord): Attributes => ({
  ...encodeSendKey(record.key),
  ...texts({
    [SendAttribute.TOKEN]: record.token,
    [SendAttribute.DIGEST]: record.digest,
    [SendAttribute.BEGUN_AT]: toIso(record.begunAt),
    [SendAttribute.RUNS_UNTIL]: toIso(record.runsUntil),
    [SendAttribute.DRAFT]: JSON.stringify(record.draft),
  }),
  ...encodeProgress(record.progress),
  [MessagesTable.EXPIRES_AT]: { N: String(toEpochSeconds(expiryOf(record))) },
});

const needed = (item: Attributes, name: string): string => {
  const value = readText(item, name);
  if (value === undefined) throw new RecordUnreadable(`${name} is missing in the record of a send`);
  return value;
};

const neededInstant = (item: Attributes, name: string): number => {
  const instant = readInstant(item, name);
  if (instant === undefined) throw new RecordUnreadable(`${name} is no ISO 8601 time in the record of a send`);
  return instant;
};

const decodeProgress = (item: Attributes): SendState => {
  const state = needed(item, SendAttribute.STATE);
  switch (state) {
    case 'running':
    case 'withheld':
      return { state };
    case 'unknown':
      return { state, message: needed(item, SendAttribute.MESSAGE) };
    case 'answered':
      return {
        state,
        messageId: needed(item, SendAttribute.MESSAGE_ID),
        messageIdHeader: needed(item, SendAttribute.MESSAGE_ID_HEADER),
      };
    default:
      throw new RecordUnreadable(`state ${quote(state)} of the record of a send is none that this version knows`);
  }
};

const decodeDraft = (item: Attributes): AnswerDraft => {
  try {
    return JSON.parse(needed(item, SendAttribute.DRAFT)) as AnswerDraft;
  } catch (cause) {
    throw new RecordUnreadable('draft holds no answer in the record of a send', { cause });
  }
};

/**
 * The record in an item; reading what {@link encodeSend} wrote gives back an equal record.
 *
 * @throws RecordUnreadable if it cannot be read whole: not knowing is not "never sent"
 */
export const decodeSend = (item: Attributes): SendRecord => ({
  key: decodeSendKey(item),
  digest: needed(item, SendAttribute.DIGEST),
  token: needed(item, SendAttribute.TOKEN),
  begunAt: neededInstant(item, SendAttribute.BEGUN_AT),
  runsUntil: neededInstant(item, SendAttribute.RUNS_UNTIL),
  draft: decodeDraft(item),
  progress: decodeProgress(item),
});
