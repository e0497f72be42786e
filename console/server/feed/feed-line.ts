import { cleanText } from '../../../core/text.ts';
import type { FeedDetail, FeedItem } from '../../api.ts';

/** One line before it has a number, with all that is known of it. */
export interface FeedLine {
  readonly item: Omit<FeedItem, 'id'>;
  readonly told: Omit<FeedDetail, 'item'>;
}

/** Addresses that a line names. */
export const MOST_ADDRESSES = 50;

const ADDRESS_CHARS = 320;
const SUBJECT_CHARS = 200;
const FINDING_CHARS = 300;

/** What a line says; what is left out is nothing. */
export type Said = Pick<FeedItem, 'at' | 'what'> & Partial<Omit<FeedItem, 'id' | 'at' | 'what'>>;

/**
 * A line of these words: bounded, one line each, whoever wrote them.
 *
 * @example feedItem({ at, what: 'accepted', addresses: ['pat@target.example'], messageId })
 */
export const feedItem = ({
  at,
  what,
  addresses = [],
  subject = null,
  finding = '',
  ...rest
}: Said): FeedLine['item'] => ({
  at,
  what,
  type: null,
  addresses: addresses.slice(0, MOST_ADDRESSES).map((address) => cleanText(address, ADDRESS_CHARS)),
  recipients: addresses.length,
  stream: null,
  subject: subject === null ? null : cleanText(subject, SUBJECT_CHARS),
  messageId: null,
  rule: null,
  effect: null,
  reason: null,
  scope: null,
  until: null,
  finding: cleanText(finding, FINDING_CHARS).trim(),
  ...rest,
});
