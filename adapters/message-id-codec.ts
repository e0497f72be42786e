import { MessagesTable } from '../core/contract/index.ts';
import { toEpochSeconds, toIso } from '../core/instant.ts';
import { readKeyHash } from '../core/messages/key-hash.ts';
import { type IdentifiedMail, mailExpiryOf } from '../core/messages/message-ids.ts';
import { RecordUnreadable } from '../core/messages/record-unreadable.ts';
import { type Attributes, readInstant, readText, texts } from './attributes.ts';

/** The primary key of what is known by SES's id. */
export const messageKey = (messageId: string): Attributes => ({ [MessagesTable.ID]: { S: `message#${messageId}` } });

/** The primary key of what is known by a caller's Message-ID. */
export const headerKey = (ownMessageId: string): Attributes => ({
  [MessagesTable.ID]: { S: `header#${ownMessageId}` },
});

/** The two items that hold a mail. */
export const encodeMail = (mail: IdentifiedMail): Attributes[] => {
  const { messageId, messageIdHeader, ownMessageId, sentAt, key } = mail;
  const told = {
    ...texts({ messageId, messageIdHeader, ownMessageId, sentAt: toIso(sentAt), key }),
    [MessagesTable.EXPIRES_AT]: { N: String(toEpochSeconds(mailExpiryOf(mail))) },
  };
  return [messageKey(messageId), headerKey(ownMessageId)].map((key) => ({ ...key, ...told }));
};

/**
 * The mail in an item; reading what {@link encodeMail} wrote gives back an equal one.
 *
 * @throws RecordUnreadable if it cannot be read whole
 */
export const decodeMail = (item: Attributes): IdentifiedMail => {
  const [messageId, messageIdHeader, ownMessageId, key] = ['messageId', 'messageIdHeader', 'ownMessageId', 'key'].map(
    (name) => readText(item, name),
  );
  const sentAt = readInstant(item, 'sentAt');
  if (messageId === undefined || messageIdHeader === undefined || ownMessageId === undefined || sentAt === undefined)
    throw new RecordUnreadable('messageId, messageIdHeader, ownMessageId or sentAt is missing or unreadable');
  return { messageId, messageIdHeader, ownMessageId, sentAt, key: key === undefined ? undefined : readKeyHash(key) };
};
