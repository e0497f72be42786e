import type { Address } from '../../core/address/address.ts';
import { keyText } from '../../core/entry/entry.ts';
import type { Instant } from '../../core/instant.ts';
import { forget } from '../../core/ledger/forget.ts';
import { CliError } from '../cli-error.ts';
import { decisionFault } from '../decide/decision-fault.ts';
import type { OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { printable } from '../output/printable.ts';
import type { Held } from './forget-report.ts';

/** An entry as it was read. */
export interface Forgettable extends Held {
  /** Undefined if it cannot be read. */
  readonly version: string | undefined;
}

const find = async (address: Address, unblock: boolean, { ledger }: OpenedList): Promise<Forgettable[]> => {
  const keys = (await ledger.scopesOf(address)).map((scope) => ({ address, scope }));
  const { found, failed } = await ledger.read(keys);
  for (const fault of failed.values()) if (!unblock || fault.name !== 'EntryUnreadable') throw fault;
  return keys.flatMap((key): Forgettable[] => {
    const stored = found.get(keyText(key));
    if (stored !== undefined) return [{ key, entry: stored.entry, version: stored.version }];
    return failed.has(keyText(key)) ? [{ key, entry: undefined, version: undefined }] : [];
  });
};

/**
 * Every entry of an address, in every scope.
 *
 * @param unblock - they are to be deleted, so one that cannot be read is found too
 * @throws CliError the fault of an entry that could not be read
 */
export const findToForget = (address: Address, unblock: boolean, list: OpenedList): Promise<Forgettable[]> =>
  find(address, unblock, list).catch((fault: unknown) => Promise.reject(awsFault(fault)));

const act = async ({ key, version }: Forgettable, unblock: boolean, list: OpenedList, now: Instant): Promise<void> => {
  if (!unblock) {
    await forget(list.ledger, key, list.policy, now);
    return;
  }
  if ((await list.ledger.delete(key, version)) === 'deleted') return;
  throw new CliError(
    'EntryChanged',
    `the entry of scope ${printable(key.scope)} has changed meanwhile and was not deleted`,
    'Look at what came in with `ses-suppressor explain`, and run it again.',
  );
};

/**
 * Drops the texts of an entry, or deletes it whole.
 *
 * @throws CliError `EntryChanged` if it is no longer what was found; what kept it from being written
 */
export const forgetOne = async (
  found: Forgettable,
  unblock: boolean,
  list: OpenedList,
  now: Instant,
): Promise<void> => {
  try {
    await act(found, unblock, list, now);
  } catch (fault) {
    throw decisionFault(fault, found.key.address);
  }
};
