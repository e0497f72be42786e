import { Attribute } from '../core/contract/index.ts';
import { type EntryKey, keyText } from '../core/entry/entry.ts';
import type { Attributes } from './attributes.ts';
import type { KeyGroup } from './batch-get.ts';
import { decodeKey, encodeKey } from './entry-codec.ts';

const nameOf = (item: Attributes): string => keyText(decodeKey(item));

/**
 * Entries of a suppression table to read, called by `keyText`.
 *
 * @param keys - may repeat
 * @param attributes - beside the key; absent reads all
 */
export const entryGroup = <T>(
  table: string,
  keys: readonly EntryKey[],
  decode: (item: Attributes) => T,
  attributes?: readonly string[],
): KeyGroup<T> => ({
  table,
  keys: new Map(keys.map((key) => [keyText(key), encodeKey(key)])),
  nameOf,
  decode,
  ...(attributes === undefined ? {} : { attributes: [Attribute.ADDRESS, Attribute.SCOPE, ...attributes] }),
});
