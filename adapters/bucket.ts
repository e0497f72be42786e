import { RecentIndex } from '../core/contract/index.ts';
import { type Instant, toIso } from '../core/instant.ts';

/** FNV-1a, 32 bits: stable for ever, because a bucket once written must be found again. */
const hash = (key: string): number => {
  let sum = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) sum = Math.imul(sum ^ key.charCodeAt(i), 0x01000193);
  return sum >>> 0;
};

/** The month of an instant, UTC. @example monthOf(1767323045678) // '2026-01' */
export const monthOf = (instant: Instant): string => toIso(instant).slice(0, 7);

/** The month before. @example monthBefore('2027-01') // '2026-12' */
export const monthBefore = (month: string): string =>
  monthOf(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 2));

/** Partition key of the index `recent`: a month and a shard of it. */
export const bucketOf = (month: string, shard: number): string => `${month}#${shard}`;

/** The shard of an address, 0 to 7: the same in every month and every scope. */
export const shardOf = (address: string): number => hash(address) % RecentIndex.SHARDS;
