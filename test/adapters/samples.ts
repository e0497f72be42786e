import { type Address, parseAddress } from '../../core/address/address.ts';
import type { Entry, EntryKey, Evidence, Reason } from '../../core/entry/entry.ts';

/** 2027-01-15, two months after the first month of the table. */
export const NOW = Date.UTC(2027, 0, 15, 12, 0, 0, 123);

export const addressOf = (raw: string): Address => {
  const parsed = parseAddress(raw);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};

export const keyOf = (local: string, scope = '*'): EntryKey => ({
  address: addressOf(`${local}@target.example`),
  scope,
});

export const evidenceOf = (reason: Reason, at: number, id: string = `${reason}-${at}`): Evidence => ({
  id,
  at,
  rule: reason,
  reason,
  type: 'Bounce',
});

export const entryOf = (key: EntryKey, ...evidence: readonly Evidence[]): Entry => ({
  ...key,
  evidence,
  deliveries: [],
});

/** An entry in which every field of every kind is used. */
export const fullEntry = (key: EntryKey): Entry => ({
  ...key,
  evidence: [
    evidenceOf('soft-bounce', NOW - 5000),
    {
      id: '0100018f#pat@target.example',
      at: NOW - 1001,
      rule: 'hard-bounce',
      reason: 'hard-bounce',
      type: 'Bounce',
      subtype: 'Permanent/General',
      status: '5.1.1',
      messageId: '0100018f-aaaa',
      diagnostic: 'smtp; 550 5.1.1 Prüfung „nein“ 🚫',
      reported: 'Pat@other.example',
    },
    evidenceOf('not-spam', NOW - 7, ''),
  ],
  deliveries: [
    { at: NOW - 9000, messageId: '' },
    { at: NOW - 8000, messageId: '0100018f-bbbb' },
  ],
  clearedAt: NOW - 20_001,
  forgottenAt: NOW - 30_002,
  operator: { action: 'remove', at: NOW - 20_001, by: '', note: 'asked for, "by phone"' },
});
