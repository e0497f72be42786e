import type { OpenedList } from '../../../cli/dependencies.ts';
import { awsFault } from '../../../cli/deployment/aws-fault.ts';
import { readEntries } from '../../../cli/explain/read-entries.ts';
import { type Address, isSimulator } from '../../../core/address/address.ts';
import type { Instant } from '../../../core/instant.ts';
import type { AddressView } from '../../api.ts';
import { entryView } from './entry-view.ts';

/**
 * All that the list knows of an address, in every scope. An entry that cannot be read is told beside the others.
 *
 * @throws CliError what kept its scopes from being read
 */
export const addressView = async (address: Address, list: OpenedList, now: Instant): Promise<AddressView> => {
  const scopes = await list.ledger.scopesOf(address).catch((fault: unknown) => Promise.reject(awsFault(fault)));
  const keys = scopes.map((scope) => ({ address, scope }));
  const { told, faults } = await readEntries(keys, list, list.policy);
  const broken = new Set(faults.map(({ key }) => key.scope));
  return {
    address,
    simulator: isSimulator(address),
    entries: told.filter(({ entry }) => !broken.has(entry.scope)).map((each) => entryView(each, list.policy, now)),
    unreadable: faults.map(({ key, fault }) => {
      const { code, message, remedy } = awsFault(fault);
      return { scope: key.scope, problem: { code, message, remedy } };
    }),
  };
};
