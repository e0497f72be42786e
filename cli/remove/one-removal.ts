import type { Address, Mailbox } from '../../core/address/address.ts';
import { EVERYWHERE } from '../../core/contract/index.ts';
import type { EntryKey } from '../../core/entry/entry.ts';
import { CliError } from '../cli-error.ts';
import type { OpenedList } from '../dependencies.ts';
import type { RemoveOptions } from './remove-options.ts';
import type { Cleared } from './ses-lists.ts';

/** The entries that a removal of one address is about; `*` is always one of all scopes. */
export const keysToRemove = async (
  address: Address,
  { allScopes, scope = EVERYWHERE }: Pick<RemoveOptions, 'allScopes' | 'scope'>,
  { ledger }: OpenedList,
): Promise<readonly EntryKey[]> => {
  if (!allScopes) return [{ address, scope }];
  return [...new Set([EVERYWHERE, ...(await ledger.scopesOf(address))])].map((each) => ({ address, scope: each }));
};

/** How SES may list it: each spelling by itself. */
export const spellingsOf = ({ key, addrSpec }: Mailbox): readonly string[] => [...new Set<string>([key, addrSpec])];

/** Lists that could not be cleared. */
export const failedOf = (cleared: readonly Cleared[]): Extract<Cleared, { readonly kind: 'failed' }>[] =>
  cleared.flatMap((each) => (each.kind === 'failed' ? [each] : []));

/** Says that an entry was left as it is because SES would have it blocked again. */
export const heldBack = (regions: readonly string[]): CliError =>
  new CliError(
    'SesListNotCleared',
    `not removed: the next mail would be refused by SES's list in ${regions.join(' and ')}, and block it again`,
    'Mend that and run it again, or remove it from this list alone with --keep-ses-list.',
  );
