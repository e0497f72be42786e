import { Attribute } from '../core/contract/index.ts';
import type { Scanned } from '../core/ledger/ledger.ts';
import { type Attributes, readText } from './attributes.ts';
import { decodeEntry, decodeStanding } from './entry-codec.ts';

/** One item of a scan; what cannot be read is told and does not end it. */
export const decodeScanned = (item: Attributes): Scanned => {
  try {
    const { entry } = decodeEntry(item);
    const updatedAt = readText(item, Attribute.UPDATED_AT) ?? '';
    return { kind: 'entry', entry, standing: decodeStanding(item), updatedAt };
  } catch (fault) {
    return {
      kind: 'unreadable',
      address: readText(item, Attribute.ADDRESS) ?? '',
      scope: readText(item, Attribute.SCOPE) ?? '',
      error: fault instanceof Error ? fault : new Error(String(fault)),
    };
  }
};
