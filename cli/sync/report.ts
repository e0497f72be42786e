import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import type { Compared, Difference } from './sync-region.ts';

const KINDS: readonly Difference['kind'][] = ['pull', 'push', 'removed-here', 'allowed-here', 'ignored', 'unreadable'];

const number = (count: number): string => count.toLocaleString('en-US');

/** What stands above the differences of one Region. */
export const head = (region: string, table: string, paint: Paint): string =>
  `${paint.strong(`SES's list in ${region}`)} and ${printable(table)}\n`;

const WORDS: Readonly<Record<Difference['kind'], string>> = {
  pull: '← to be blocked here',
  push: "→ to be put on SES's list",
  'removed-here': '! removed here, still listed there',
  'allowed-here': '! allowed here, still listed there',
  ignored: '  ignored: a simulator address, or none at all',
  unreadable: '! its entry here cannot be read; see explain',
};

/** A word that a shell takes as it is. */
const shellWord = (text: string): string => (/^[\w.@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** What takes an address off SES's list, without taking a pin off this one. */
const remedy = ({ kind, address }: Difference, region: string): string => {
  const word = printable(shellWord(address));
  if (kind === 'removed-here') return `      ses-suppressor remove ${word} --ses-region ${region} --note …\n`;
  return kind === 'allowed-here'
    ? `      aws sesv2 delete-suppressed-destination --region ${region} --email-address ${word}\n`
    : '';
};

/** One difference, with the command that settles it where a person must. */
export const differenceLine = (difference: Difference, region: string, paint: Paint): string => {
  const { kind, address, reason } = difference;
  const colour = kind === 'pull' || kind === 'push' ? paint.bad : kind === 'ignored' ? paint.faint : paint.notice;
  return `  ${printable(address)}  ${reason ?? ''}  ${colour(WORDS[kind])}\n${remedy(difference, region)}`;
};

/** How many more there are than were shown. */
export const moreLines = ({ counts }: Compared, shown: number): string =>
  KINDS.filter((kind) => counts[kind] > shown)
    .map((kind) => `  … and ${number(counts[kind] - shown)} more ${WORDS[kind].slice(2)}; --json names all\n`)
    .join('');

const minutes = (millis: number): string => {
  if (millis < 90_000) return `${Math.max(1, Math.round(millis / 1000))} s`;
  return millis < 5_400_000 ? `${Math.round(millis / 60_000)} minutes` : `${Math.round(millis / 360_000) / 10} hours`;
};

/** What was found in a Region, and what was done or is to be done. */
export const summary = (
  { listed, counts }: Compared,
  did: {
    readonly acted: boolean;
    readonly pushed: number;
    /** Pushes that were left out, because the address is not blocked here any more. */
    readonly withdrawn: number;
    readonly millisEach: number;
    readonly many: number;
    readonly region: string;
  },
): string => {
  const { pull, push } = counts;
  const open = counts['removed-here'] + counts['allowed-here'];
  const still = open === 0 ? '' : `${number(open)} are free here and still withheld by SES.\n`;
  if (pull + push === 0) return `${number(listed)} listed in ${did.region}: nothing to do.\n${still}`;
  const freed = did.withdrawn === 0 ? '' : `${number(did.withdrawn)} left out: no longer blocked here.\n`;
  if (did.acted) return `${number(pull)} pulled, ${number(did.pushed)} of ${number(push)} pushed.\n${freed}${still}`;
  const time = push === 0 ? '' : ` (about ${minutes(push * did.millisEach)})`;
  const way = push > did.many ? `More than ${number(did.many)} to push: give --import-bucket, or --one-by-one.\n` : '';
  return `${number(pull)} to pull, ${number(push)} to push${time}. Nothing was changed; --yes does it.\n${way}${still}`;
};
