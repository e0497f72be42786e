import { KEY_TAG } from '../contract/index.ts';
import { type KeyHash, readKeyHash } from '../messages/key-hash.ts';
import { cleanText } from '../text.ts';
import { ID_CHARS } from './mail.ts';
import { isFields, type OpenedMessage } from './open-envelope.ts';

/** A mail that SES reports on, and that was sent with an idempotency key: SES has accepted it. */
export interface KeyedMail {
  readonly key: KeyHash;
  /** SES's id. */
  readonly messageId: string;
  /** When SES accepted it, as SES writes it. */
  readonly timestamp: unknown;
  /** The Region it was sent from, where SES says so. */
  readonly region?: string;
}

const REGION_OF_ARN = /^arn:[a-z-]+:ses:([a-z0-9-]{1,30}):/;

/**
 * The mail that a message of any type is about, if it carries the tag of a key.
 *
 * @returns undefined for mail that was sent without a key, and for whatever cannot be used; never throws
 */
export const keyedMail = ({ message: { mail } }: OpenedMessage): KeyedMail | undefined => {
  if (!isFields(mail) || !isFields(mail.tags)) return undefined;
  const values = mail.tags[KEY_TAG];
  const value = Array.isArray(values) ? values[0] : undefined;
  const { messageId, timestamp, sourceArn } = mail;
  if (typeof value !== 'string' || typeof messageId !== 'string' || messageId === '') return undefined;
  const key = readKeyHash(value);
  if (key === undefined) return undefined;
  const region = typeof sourceArn === 'string' ? REGION_OF_ARN.exec(sourceArn)?.[1] : undefined;
  return {
    key,
    messageId: cleanText(messageId, ID_CHARS),
    timestamp,
    ...(region === undefined ? {} : { region }),
  };
};
