import { CliError } from '../../../cli/cli-error.ts';
import { decisionFault } from '../../../cli/decide/decision-fault.ts';
import { decidedBy } from '../../../cli/decide/decision-options.ts';
import type { Dependencies, OpenedList } from '../../../cli/dependencies.ts';
import type { Target } from '../../../cli/deployment/target.ts';
import { failedOf, heldBack, keysToRemove, spellingsOf } from '../../../cli/remove/one-removal.ts';
import { sesRegionsOf } from '../../../cli/remove/remove-options.ts';
import { type Cleared, SesLists } from '../../../cli/remove/ses-lists.ts';
import type { Mailbox } from '../../../core/address/address.ts';
import { remove } from '../../../core/ledger/remove.ts';
import type { DecideAnswer } from '../../api.ts';
import { decided, otherScopes } from './decide.ts';

/** What is to be removed. */
export interface Removal {
  /** Null: every scope. */
  readonly scope: string | null;
  readonly note: string;
  readonly keepSesList: boolean;
}

/** Says the same as the command, and what SES's list said of it. */
const notCleared = (failed: ReturnType<typeof failedOf>): CliError => {
  const { code, message } = heldBack(failed.map(({ region }) => region));
  const why = failed.map(({ region, error }) => `${region}: ${error.code}: ${error.message}`).join('; ');
  const remedy = [...new Set(failed.map(({ error }) => error.remedy))].join(' ');
  return new CliError(code, `${message} (${why})`, `${remedy} Or keep SES's list, and remove it from this one alone.`);
};

const toldOf = (cleared: Cleared): DecideAnswer['ses'] => {
  const { region, kind } = cleared;
  if (kind === 'failed') return [];
  return [{ region, kind, spellings: kind === 'cleared' ? cleared.spellings : [] }];
};

/**
 * Takes an address off the list as the command does: off SES's own list first, unless that is kept or only a stream is
 * meant.
 *
 * @throws CliError `SesListNotCleared` before anything is removed here; what kept it from being written
 */
export const removeAddress = async (
  mailbox: Mailbox,
  { scope, note, keepSesList }: Removal,
  list: OpenedList,
  { deps, target }: { readonly deps: Dependencies; readonly target: Target },
): Promise<DecideAnswer> => {
  const { key: address } = mailbox;
  const where = scope === null ? ({ allScopes: true } as const) : { scope };
  const ses = await SesLists.open(target, sesRegionsOf({ ...where, ...(keepSesList && { keepSesList }) }), deps);
  try {
    const keys = await keysToRemove(address, where, list);
    const cleared = await ses.clear(address, spellingsOf(mailbox));
    const failed = failedOf(cleared);
    if (failed.length > 0) throw notCleared(failed);
    const entries: DecideAnswer['entries'][number][] = [];
    for (const key of keys)
      entries.push(decided(key, await remove(list.ledger, key, decidedBy({ note }, deps), list.policy, deps.now())));
    const [first] = keys;
    const stillWithheld = scope === null || first === undefined ? [] : await otherScopes(first, list, deps);
    return { address, entries, ses: cleared.flatMap(toldOf), stillWithheld };
  } catch (fault) {
    throw decisionFault(fault, address);
  } finally {
    ses.close();
  }
};
