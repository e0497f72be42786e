import { MESSAGES_DAYS } from '../contract/index.ts';
import { DAY, type Instant } from '../instant.ts';
import type { KeyHash } from './key-hash.ts';

/** A mail that was sent with a Message-ID of the caller's own, which SES replaced. */
export interface IdentifiedMail {
  /** SES's id. */
  readonly messageId: string;
  /** The Message-ID header that recipients see. */
  readonly messageIdHeader: string;
  /** The Message-ID that the caller gave, angle brackets included. */
  readonly ownMessageId: string;
  readonly sentAt: Instant;
  /** The hash of its idempotency key, if it had one. */
  readonly key: KeyHash | undefined;
}

/** When a mail is known no longer, whether or not the table has deleted it. */
export const mailExpiryOf = ({ sentAt }: Pick<IdentifiedMail, 'sentAt'>): Instant => sentAt + MESSAGES_DAYS * DAY;

/** Which Message-ID became which. Implementations pass one contract suite. */
export interface MessageIds {
  /**
   * Remembers a mail for 30 days under both of its ids; an own Message-ID that was used before means the later mail.
   *
   * @throws when the table cannot say
   */
  remember(mail: IdentifiedMail): Promise<void>;
  /** The mail that SES gave this id; it may be one that has expired. @throws when the table cannot say */
  byMessageId(messageId: string): Promise<IdentifiedMail | undefined>;
  /** The mail that was last sent with this Message-ID, also one that has expired. @throws when the table cannot say */
  byOwnMessageId(ownMessageId: string): Promise<IdentifiedMail | undefined>;
}

/**
 * A Message-ID as it is looked up: in angle brackets, without the space around it.
 *
 * @example bracketed('order-4711@ledger.example') // '<order-4711@ledger.example>'
 */
export const bracketed = (messageId: string): string => {
  const bare = messageId.trim();
  return bare.startsWith('<') && bare.endsWith('>') ? bare : `<${bare}>`;
};
