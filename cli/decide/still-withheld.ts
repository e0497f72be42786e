import { EVERYWHERE } from '../../core/contract/index.ts';
import { blocks } from '../../core/entry/derive.ts';
import { type EntryKey, keyText } from '../../core/entry/entry.ts';
import { withheldStreams } from '../check/withheld-streams.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { printable } from '../output/printable.ts';

/** What a free address of one scope is withheld for all the same: everywhere, or in streams. */
export const stillWithheld = async (
  { address, scope }: EntryKey,
  { ledger }: OpenedList,
  { now, paint }: Pick<Dependencies, 'now' | 'paint'>,
): Promise<string> => {
  if (scope === EVERYWHERE) {
    const streams = (await withheldStreams([address], ledger, now())).get(address) ?? [];
    if (streams === 'unknown') return `  ${paint.notice('its streams could not be read')}; see \`explain\`\n`;
    return streams.length === 0
      ? ''
      : `  ${paint.notice(`still withheld in: ${printable(streams.join(', '))}`)}; see --scope\n`;
  }
  const everywhere = { address, scope: EVERYWHERE };
  const { found, failed } = await ledger.standings([everywhere]);
  if (failed.size > 0)
    return `  ${paint.notice('whether it is blocked everywhere could not be read')}; see \`explain\`\n`;
  const standing = found.get(keyText(everywhere));
  return standing !== undefined && blocks(standing, now())
    ? `  ${paint.notice(`still withheld everywhere: ${printable(standing.reason ?? 'no reason given')}`)}; leave --scope out\n`
    : '';
};
