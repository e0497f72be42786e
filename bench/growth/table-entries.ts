import { parseAddress } from '../../core/address/address.ts';
import { type Entry, emptyEntry } from '../../core/entry/entry.ts';
import { SECOND } from '../../core/instant.ts';

const MINUTE = 60 * SECOND;

/** The clock of the table that is measured: late in a month, and always the same, so that counts of requests are too. */
export const NOW = Date.UTC(2026, 10, 24, 12);
/** Before this nothing was written. */
export const FIRST_MONTH = '2026-11';

/** When the n-th entry was written: all of them within the month. */
export const writtenAt = (n: number): number => NOW - MINUTE - (n % (20 * 24 * 60)) * MINUTE;

/**
 * What the n-th entry knows: one hard bounce.
 *
 * @param later - milliseconds after the first fact; another fact for each
 */
export const entryOf = (n: number, later = 0): Entry => {
  const parsed = parseAddress(`pat${n}@target${n % 97}.example`);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const messageId = `0100019b7d4e8c2e-6a1f0e52-7c1b-4d0e-9f3a-${String(n).padStart(12, '0')}-000000`;
  return {
    ...emptyEntry({ address: parsed.value, scope: '*' }),
    evidence: [
      {
        id: `${messageId}#${later}`,
        at: writtenAt(n) - MINUTE + later,
        rule: 'hard-bounce',
        reason: 'hard-bounce',
        type: 'Bounce',
        subtype: 'Permanent/General',
        status: '5.1.1',
        messageId,
        diagnostic: 'smtp; 550 5.1.1 user unknown',
      },
    ],
  };
};
