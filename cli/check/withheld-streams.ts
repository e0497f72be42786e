import type { Address } from '../../core/address/address.ts';
import { blocks } from '../../core/entry/derive.ts';
import { type EntryKey, keyText } from '../../core/entry/entry.ts';
import { inParallel } from '../../core/in-parallel.ts';
import type { Instant } from '../../core/instant.ts';
import type { Ledger, ScopeList } from '../../core/ledger/ledger.ts';
import { isStream } from '../../core/unsubscribe/stream.ts';

/** Queries under way at once. */
const PARALLEL = 8;

/** Names of streams; `unknown` where they could not be read. */
export type StreamsOrUnknown = readonly string[] | 'unknown';

/**
 * In which streams addresses are withheld: one Query an address, then one read of all that those found. It is told beside
 * the answer that was asked for, so it never fails.
 *
 * @returns for each address its streams, in alphabetical order
 */
export const withheldStreams = async (
  addresses: readonly Address[],
  ledger: Ledger & ScopeList,
  now: Instant,
): Promise<ReadonlyMap<Address, StreamsOrUnknown>> => {
  const entries = new Map<Address, readonly EntryKey[] | 'unknown'>();
  await inParallel(PARALLEL, addresses, async (address) => {
    const scopes = await ledger.scopesOf(address).catch(() => undefined);
    entries.set(address, scopes?.filter(isStream).map((scope) => ({ address, scope })) ?? 'unknown');
  });
  const keys = [...entries.values()].flatMap((each) => (each === 'unknown' ? [] : each));
  const { found, failed } = await ledger.standings(keys);
  const isBlocked = (key: EntryKey): boolean => {
    const standing = found.get(keyText(key));
    return standing !== undefined && blocks(standing, now);
  };
  const streamsOf = (each: readonly EntryKey[] | 'unknown'): StreamsOrUnknown =>
    each === 'unknown' || each.some((key) => failed.has(keyText(key)))
      ? 'unknown'
      : each.filter(isBlocked).map(({ scope }) => scope);
  return new Map([...entries].map(([address, each]) => [address, streamsOf(each)]));
};
