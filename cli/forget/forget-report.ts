import type { Policy } from '../../core/contract/index.ts';
import { blocks, derive, type Standing } from '../../core/entry/derive.ts';
import type { Entry, EntryKey } from '../../core/entry/entry.ts';
import type { Instant } from '../../core/instant.ts';
import { textsOf } from '../../core/ledger/forget.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { counted, scopeWords } from '../output/words.ts';
import { STILL_KNOWN } from './still-known.ts';

/** What one entry holds; undefined if it cannot be read. */
export interface Held {
  readonly key: EntryKey;
  readonly entry: Entry | undefined;
}

/** What is to become of it, or has. */
export interface Fate {
  /** Whether the entry is deleted. */
  readonly unblock: boolean;
  readonly acted: boolean;
}

/** One entry: what of it is dropped, and how it stands. */
export const forgetJson = ({ key, entry }: Held, { unblock, acted }: Fate, policy: Policy): string => {
  const standing: Standing | undefined = entry && derive(entry, policy);
  return jsonLine({
    address: key.address,
    scope: key.scope,
    action: unblock ? 'unblock' : 'forget',
    acted,
    status: standing?.status ?? null,
    reason: standing?.reason ?? null,
    since: isoOrNull(standing?.since),
    until: isoOrNull(standing?.until),
    texts: entry === undefined ? null : textsOf(entry),
  });
};

const textWords = (entry: Entry): string => {
  const { diagnostics, reported, operator, note } = textsOf(entry);
  const parts = [
    ...(diagnostics === 0 ? [] : [`${counted(diagnostics, 'answer')} of servers`]),
    ...(reported === 0 ? [] : [`${reported === 1 ? '1 other address' : `${reported} other addresses`} they named`]),
    ...(operator ? ['who decided'] : []),
    ...(note ? ['a note'] : []),
  ];
  return parts.length === 0 ? 'no text' : parts.join(', ');
};

/** The same for people. */
export const forgetWords = (
  { key, entry }: Held,
  { unblock, acted }: Fate,
  { policy, now, paint }: { readonly policy: Policy; readonly now: Instant; readonly paint: Paint },
): string => {
  const where = `  ${printable(key.scope)}: `;
  if (entry === undefined) return `${where}an entry that cannot be read, ${acted ? 'deleted' : 'to be deleted'}\n`;
  const isBlocked = blocks(derive(entry, policy), now);
  if (unblock)
    return `${where}${acted ? 'deleted' : 'to be deleted'}${isBlocked ? `; ${paint.bad(`it blocked mail ${scopeWords(key.scope)}`)}` : ''}\n`;
  const block = isBlocked ? `; it stays ${paint.bad('suppressed')}` : '';
  return `${where}${textWords(entry)} ${acted ? 'forgotten' : 'to be forgotten'}${block}\n`;
};

/** Who knows it all the same, and until when. */
export const stillKnownWords = ({ faint }: Paint): string =>
  ['Still known elsewhere:', ...STILL_KNOWN.map(([where, what]) => `  ${where}: ${what}`)]
    .map((line) => `${faint(line)}\n`)
    .join('');
