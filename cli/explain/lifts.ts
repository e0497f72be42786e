import { EVERYWHERE, type Policy } from '../../core/contract/index.ts';
import { blocks } from '../../core/entry/derive.ts';
import type { BlockingReason } from '../../core/entry/entry.ts';
import { reasonsInForce } from '../../core/entry/in-force.ts';
import type { Instant } from '../../core/instant.ts';
import type { Told } from './told.ts';
import { whatLifts } from './what-lifts.ts';

/** What would lift a block for one reason. */
export interface Lift {
  readonly reason: BlockingReason;
  readonly words: string;
}

/** What would lift each block in force, in words; nothing for an entry that blocks nothing. */
export const liftsOf = (
  { entry, standing }: Told,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): Lift[] => {
  if (!blocks(standing, now)) return [];
  return reasonsInForce(entry, policy)
    .filter(({ until }) => until === null || until > now)
    .map((each) => ({ reason: each.reason, words: whatLifts(each, now) }));
};

/** What would end an operator's pin, which has no end of its own; nothing for an entry that is not pinned. */
export const pinEnds = ({ entry, standing }: Told): string[] =>
  standing.status === 'allowed'
    ? [
        'a complaint or an unsubscribe that comes after it, or an operator who removes or adds the address',
        ...(entry.scope === EVERYWHERE ? ['it does not lift what blocks the address in one stream'] : []),
      ]
    : [];
