import type { AccountListed } from '../account-list/account-list.ts';
import { type Address, isSimulator, parseAddress } from '../address/address.ts';
import { EVERYWHERE, type Policy } from '../contract/index.ts';
import { derive } from '../entry/derive.ts';
import { type Entry, emptyEntry } from '../entry/entry.ts';
import { merge } from '../entry/merge.ts';

/** What is to be done here about an address that SES lists. */
export type Pull =
  /** This list blocks it already, for good. */
  | { readonly kind: 'known'; readonly address: Address }
  /** It is to be blocked here too. */
  | { readonly kind: 'pull'; readonly address: Address; readonly fact: Entry }
  /** A person removed it here later than SES listed it: SES still withholds mail to it. */
  | { readonly kind: 'removed-here'; readonly address: Address }
  /** A person allowed it here: SES still withholds mail to it. */
  | { readonly kind: 'allowed-here'; readonly address: Address }
  /** A simulator address or a text that is no address. */
  | { readonly kind: 'ignored'; readonly address: Address | undefined };

/** The key of an address as SES stores it: several spellings have one. */
export const keyOfListed = ({ given }: AccountListed): Address | undefined => {
  const parsed = parseAddress(given);
  return parsed.ok ? parsed.value : undefined;
};

const blocksForGood = (entry: Entry, policy: Policy): boolean => {
  const { status, until } = derive(entry, policy);
  return status === 'suppressed' && until === undefined;
};

/** What SES's list says of an address, as evidence with SES's own time. */
const factOf = (address: Address, { reason, updatedAt }: AccountListed, region: string): Entry => ({
  ...emptyEntry({ address, scope: EVERYWHERE }),
  evidence: [
    {
      id: `account-list:${region}:${updatedAt}#${address}`,
      at: updatedAt,
      rule: 'listed-account',
      reason: 'account-list',
      type: 'Import',
      subtype: reason,
    },
  ],
});

/**
 * What an address on SES's list means for this one. A person's later decision wins, so nothing that was removed here comes
 * back unless SES listed it again afterwards.
 *
 * @param known - the entry at `*`, if there is one
 */
export const planPull = (listed: AccountListed, known: Entry | undefined, region: string, policy: Policy): Pull => {
  const address = keyOfListed(listed);
  if (address === undefined || isSimulator(address)) return { kind: 'ignored', address };
  const entry = known ?? emptyEntry({ address, scope: EVERYWHERE });
  if (blocksForGood(entry, policy)) return { kind: 'known', address };
  const fact = factOf(address, listed, region);
  if (blocksForGood(merge(entry, fact), policy)) return { kind: 'pull', address, fact };
  return { kind: entry.operator?.action === 'allow' ? 'allowed-here' : 'removed-here', address };
};
