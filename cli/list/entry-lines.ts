import type { Instant } from '../../core/instant.ts';
import type { Listed } from '../../core/ledger/ledger.ts';
import type { Cell } from '../output/columns.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { timeWords } from '../output/words.ts';

const HEAD = ['ADDRESS', 'SCOPE', 'STATUS', 'REASON', 'SINCE', 'UNTIL'];

const hasEnded = ({ status, until }: Listed, now: Instant): boolean =>
  status === 'suppressed' && until !== undefined && until <= now;

/** One entry of the list, with the names of the table, and whether it is a hold that is over. */
export const listedFields = (entry: Listed, now: Instant) => {
  const { address, scope, status, reason = null, since, until, updatedAt } = entry;
  const times = { since: isoOrNull(since), until: isoOrNull(until), updatedAt };
  return { address, scope, status, reason, ...times, ended: hasEnded(entry, now) };
};

/** The same as a line of JSON. */
export const listedJson = (entry: Listed, now: Instant): string => jsonLine(listedFields(entry, now));

/** What stands above the rows. */
export const headRow = (paint: Paint): Cell[] => HEAD.map((text) => ({ text, paint: paint.faint }));

/** One entry of the list, for people. */
export const listedRow = (entry: Listed, now: Instant, paint: Paint): Cell[] => {
  const { address, scope, status, reason, since, until } = entry;
  const ended = hasEnded(entry, now);
  const colour = ended ? paint.faint : status === 'suppressed' ? paint.bad : paint.good;
  const end = until === undefined ? 'no end' : `${timeWords(until)}${ended ? ' (ended)' : ''}`;
  return [
    { text: printable(address) },
    { text: printable(scope) },
    { text: status, paint: colour },
    { text: printable(reason ?? '') },
    { text: since === undefined ? '' : timeWords(since) },
    { text: end, ...(ended && { paint: paint.faint }) },
  ];
};
