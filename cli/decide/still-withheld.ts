import { EVERYWHERE } from '../../core/contract/index.ts';
import type { EntryKey } from '../../core/entry/entry.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { printable } from '../output/printable.ts';
import { withheldElsewhere } from './withheld-elsewhere.ts';

/** What a free address of one scope is withheld for all the same, as lines for people; empty if it is withheld nowhere else. */
export const stillWithheld = async (
  key: EntryKey,
  list: OpenedList,
  { now, paint }: Pick<Dependencies, 'now' | 'paint'>,
): Promise<string> => {
  const elsewhere = await withheldElsewhere(key, list, now());
  switch (elsewhere.where) {
    case 'nowhere':
      return '';
    case 'streams':
      return `  ${paint.notice(`still withheld in: ${printable(elsewhere.streams.join(', '))}`)}; see --scope\n`;
    case 'everywhere':
      return `  ${paint.notice(`still withheld everywhere: ${printable(elsewhere.standing.reason ?? 'no reason given')}`)}; leave --scope out\n`;
    case 'unknown':
      return key.scope === EVERYWHERE
        ? `  ${paint.notice('its streams could not be read')}; see \`explain\`\n`
        : `  ${paint.notice('whether it is blocked everywhere could not be read')}; see \`explain\`\n`;
  }
};
