import { decisionFault } from '../../../cli/decide/decision-fault.ts';
import { decidedBy } from '../../../cli/decide/decision-options.ts';
import { withheldElsewhere } from '../../../cli/decide/withheld-elsewhere.ts';
import type { Dependencies, OpenedList } from '../../../cli/dependencies.ts';
import { isoOrNull } from '../../../cli/output/json-line.ts';
import type { Mailbox } from '../../../core/address/address.ts';
import { EVERYWHERE } from '../../../core/contract/index.ts';
import type { EntryKey } from '../../../core/entry/entry.ts';
import { add } from '../../../core/ledger/add.ts';
import { allow } from '../../../core/ledger/allow.ts';
import type { Told } from '../../../core/ledger/last-word.ts';
import type { DecideAnswer } from '../../api.ts';

const DECIDE = { add, allow } as const;

/** How an entry stands after it was decided about. */
export const decided = ({ scope }: EntryKey, { outcome, derived }: Told): DecideAnswer['entries'][number] => {
  const { status, reason = null, since, until } = derived;
  return { scope, outcome, status, reason, since: isoOrNull(since), until: isoOrNull(until) };
};

/** Other scopes in which a freed address is withheld all the same; none if that cannot be told. */
export const otherScopes = async (
  key: EntryKey,
  list: OpenedList,
  { now }: Dependencies,
): Promise<readonly string[]> => {
  const elsewhere = await withheldElsewhere(key, list, now());
  if (elsewhere.where === 'streams') return elsewhere.streams;
  return elsewhere.where === 'everywhere' ? [EVERYWHERE] : [];
};

/**
 * Puts an address on the list in one scope, or pins it, as the commands do.
 *
 * @throws CliError what kept it from being written
 */
export const decide = async (
  action: 'add' | 'allow',
  { key: address }: Mailbox,
  { scope, note }: { readonly scope: string; readonly note: string },
  list: OpenedList,
  deps: Dependencies,
): Promise<DecideAnswer> => {
  const key = { address, scope };
  const told = await DECIDE[action](list.ledger, key, decidedBy({ note }, deps), list.policy, deps.now()).catch(
    (fault: unknown) => Promise.reject(decisionFault(fault, address)),
  );
  return {
    address,
    entries: [decided(key, told)],
    ses: [],
    stillWithheld: action === 'allow' ? await otherScopes(key, list, deps) : [],
  };
};
