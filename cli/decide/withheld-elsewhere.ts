import { EVERYWHERE } from '../../core/contract/index.ts';
import { blocks, type Standing } from '../../core/entry/derive.ts';
import { type EntryKey, keyText } from '../../core/entry/entry.ts';
import type { Instant } from '../../core/instant.ts';
import { withheldStreams } from '../check/withheld-streams.ts';
import type { OpenedList } from '../dependencies.ts';

/** What a free address of one scope is withheld for all the same; `unknown` where that could not be read. */
export type WithheldElsewhere =
  | { readonly where: 'streams'; readonly streams: readonly string[] }
  | { readonly where: 'everywhere'; readonly standing: Standing }
  | { readonly where: 'nowhere' }
  | { readonly where: 'unknown' };

/** Looks where else an address is withheld: everywhere, if it was freed in one scope, or in streams. */
export const withheldElsewhere = async (
  { address, scope }: EntryKey,
  { ledger }: OpenedList,
  now: Instant,
): Promise<WithheldElsewhere> => {
  if (scope === EVERYWHERE) {
    const streams = (await withheldStreams([address], ledger, now)).get(address) ?? [];
    if (streams === 'unknown') return { where: 'unknown' };
    return streams.length === 0 ? { where: 'nowhere' } : { where: 'streams', streams };
  }
  const everywhere = { address, scope: EVERYWHERE };
  const { found, failed } = await ledger.standings([everywhere]);
  if (failed.size > 0) return { where: 'unknown' };
  const standing = found.get(keyText(everywhere));
  return standing !== undefined && blocks(standing, now) ? { where: 'everywhere', standing } : { where: 'nowhere' };
};
