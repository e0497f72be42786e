import { parseAddress } from '../../core/address/address.ts';
import { parseInstant, toIso } from '../../core/instant.ts';
import type { RecentPlace } from '../../core/ledger/ledger.ts';

/** A place in the list as one word, to be given back. */
export const cursorOf = ({ updatedAt, address, scope }: RecentPlace): string =>
  Buffer.from(JSON.stringify([updatedAt, address, scope])).toString('base64url');

const parse = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
};

const isTime = (text: unknown): text is string => {
  const instant = parseInstant(text);
  return instant !== undefined && toIso(instant) === text;
};

/**
 * The place that a word of {@link cursorOf} stands for.
 *
 * @returns undefined for any other word
 */
export const placeOf = (cursor: string): RecentPlace | undefined => {
  const read = parse(cursor);
  const [updatedAt, text, scope] = Array.isArray(read) ? read : [];
  const address = parseAddress(text);
  return isTime(updatedAt) && address.ok && typeof scope === 'string'
    ? { updatedAt, address: address.value, scope }
    : undefined;
};
