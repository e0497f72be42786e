import type { BlockingReason } from '../../core/entry/entry.ts';
import type { ReasonInForce } from '../../core/entry/in-force.ts';
import type { Instant } from '../../core/instant.ts';
import { timeWords } from '../output/words.ts';

/** What lifts a block of each reason before its end, beside an operator. */
const BY_ITSELF: { readonly [reason in BlockingReason]: string } = {
  complaint: 'a newer report that the mail is no spam, or an operator who removes it',
  'hard-bounce': 'nothing but an operator who removes it, once the address is known to work again',
  'account-list': "an operator who removes it here and from the account's SES suppression list",
  'tenant-list': "an operator who removes it here and from the tenant's SES suppression list",
  manual: 'the operator who added it, or another one, removes it',
  unsubscribe: 'the recipient opts in again, or an operator removes it',
  'global-list': 'an operator who removes it',
  validation: 'an operator who removes it',
  'dead-domain': 'an operator who removes it',
  'soft-bounce': 'a newer mail that is delivered, or an operator who removes it',
};

/** What would lift a block, in words. */
export const whatLifts = ({ reason, until }: ReasonInForce, now: Instant): string => {
  const end = until !== null && until > now ? `it ends by itself ${timeWords(until)}; before that ` : '';
  return `${end}${BY_ITSELF[reason]}`;
};
