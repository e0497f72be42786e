import type { Policy } from '../../core/contract/index.ts';
import { derive, type Standing } from '../../core/entry/derive.ts';
import { toEpochSeconds } from '../../core/instant.ts';
import type { Told } from './told.ts';

const end = ({ until }: Standing): number | undefined => (until === undefined ? undefined : toEpochSeconds(until));

/**
 * Whether an entry was written under another policy: the table says other things than the policy at hand would, and what
 * it says is what holds.
 */
export const isOfOtherPolicy = ({ entry, standing }: Told, policy: Policy): boolean => {
  const derived = derive(entry, policy);
  return derived.status !== standing.status || derived.reason !== standing.reason || end(derived) !== end(standing);
};
