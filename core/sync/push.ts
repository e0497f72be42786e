import type { ForAccountList } from '../account-list/import-jobs.ts';
import { isSimulator } from '../address/address.ts';
import { EVERYWHERE } from '../contract/index.ts';
import type { Standing } from '../entry/derive.ts';
import type { Entry } from '../entry/entry.ts';

/**
 * What SES's list should say of an entry: only what holds everywhere, without end, and is a hard bounce or a complaint.
 * Unsubscribes, holds and what a person blocked are not SES's to know; what came from SES's list is there already.
 *
 * @returns undefined if it is not for SES's list
 * @example forAccountList(entry, standing) // { address: 'pat@target.example', reason: 'BOUNCE' }
 */
export const forAccountList = (
  { address, scope }: Pick<Entry, 'address' | 'scope'>,
  { status, reason, until }: Standing,
): ForAccountList | undefined => {
  if (scope !== EVERYWHERE || status !== 'suppressed' || until !== undefined || isSimulator(address)) return undefined;
  if (reason === 'hard-bounce') return { address, reason: 'BOUNCE' };
  return reason === 'complaint' ? { address, reason: 'COMPLAINT' } : undefined;
};
