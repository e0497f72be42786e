import type { Policy } from '../contract/index.ts';
import { type Entry, type EntryKey, emptyEntry } from '../entry/entry.ts';
import type { Instant } from '../instant.ts';
import { cleanText } from '../text.ts';
import { type Told, tell } from './last-word.ts';
import type { Ledger } from './ledger.ts';

/** Who puts an address on the list, and why. */
export interface Addition {
  /** A person or program; 64 characters are kept. */
  readonly by: string;
  /** 200 characters are kept. */
  readonly note: string;
}

const BY_CHARS = 64;
const NOTE_CHARS = 200;

const isAdded = ({ operator }: Entry): boolean => operator?.action === 'add';

/**
 * Puts an address on the list by a person's decision: blocked in this scope, without end, until a person removes it.
 *
 * @returns `unchanged`, without a write, if the same person added it with the same note already
 * @throws when the table cannot say
 */
export const add = (
  ledger: Ledger,
  key: EntryKey,
  { by, note }: Addition,
  policy: Policy,
  now: Instant,
): Promise<Told> => {
  const said = { action: 'add', by: cleanText(by, BY_CHARS), note: cleanText(note, NOTE_CHARS) } as const;
  return tell(ledger, key, policy, {
    factFor: (known) => {
      const last = known.operator;
      if (isAdded(known) && last?.by === said.by && last.note === said.note) return undefined;
      return { ...emptyEntry(key), operator: { ...said, at: Math.max(now, (last?.at ?? 0) + 1) } };
    },
    holds: isAdded,
  });
};
