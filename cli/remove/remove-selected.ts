import type { Address } from '../../core/address/address.ts';
import { EVERYWHERE } from '../../core/contract/index.ts';
import { type Entry, type EntryKey, keyText } from '../../core/entry/entry.ts';
import { inParallel } from '../../core/in-parallel.ts';
import { remove } from '../../core/ledger/remove.ts';
import { judge, type Selection } from '../../core/removal/selection.ts';
import { CliError } from '../cli-error.ts';
import { decisionFault } from '../decide/decision-fault.ts';
import { decidedBy } from '../decide/decision-options.ts';
import type { Dependencies, OpenedList } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { OutputClosed } from '../output/output-closed.ts';
import { findSelected } from './find-selected.ts';
import { type RemoveOptions, sesRegionsOf } from './remove-options.ts';
import { SelectionReport } from './selection-report.ts';
import type { SesLists } from './ses-lists.ts';

interface Removal {
  readonly selection: Selection;
  readonly list: OpenedList;
  readonly ses: SesLists;
  readonly options: RemoveOptions;
  readonly deps: Dependencies;
}

/** Entries removed at once; SES is called one after the other all the same. */
const PARALLEL = 8;
/** After so many in a row there is something wrong with more than an address. */
const FAILURES_IN_A_ROW = 10;

const find = async ({ selection, list, options, deps }: Removal, report: SelectionReport): Promise<EntryKey[]> => {
  const scope = options.allScopes ? undefined : (options.scope ?? EVERYWHERE);
  const search = { selection, scope, policy: list.policy, now: deps.now() };
  const progress = deps.progress('entries found');
  const selected: EntryKey[] = [];
  try {
    for await (const found of findSelected(list, search)) {
      if (found.kind === 'unreadable') {
        await report.tell({ kind: 'failed', key: found.key, error: awsFault(found.error) });
        continue;
      }
      const { address, scope } = found.entry;
      const key = { address, scope };
      const { judgement } = found;
      if (judgement.kind === 'mixed') {
        const { because: reason, why, since } = judgement;
        await report.tell({ kind: 'kept', key, reason, why, since });
      } else {
        selected.push(key);
        await report.tell({ kind: 'selected', key, reason: judgement.reason, since: judgement.since });
      }
      progress.show(selected.length);
    }
    await report.found();
    return selected;
  } finally {
    progress.end();
  }
};

const look = async (selected: readonly EntryKey[], { ses, deps }: Removal): Promise<void> => {
  const everywhere = selected.filter(({ scope }) => scope === EVERYWHERE).map(({ address }) => address);
  const progress = deps.progress("addresses of SES's list");
  await ses.look(new Set<Address>(everywhere), (seen) => progress.show(seen)).finally(() => progress.end());
};

/** @returns the spellings that SES had; undefined if the entry is no longer what was selected */
const removeOne = async (key: EntryKey, removal: Removal): Promise<readonly string[] | undefined> => {
  const { selection, list, ses, options, deps } = removal;
  const { ledger, policy } = list;
  const isSelected = (entry: Entry): boolean => judge(entry, selection, policy, deps.now()).kind === 'selected';
  const read = await ledger.read([key]);
  const fault = read.failed.get(keyText(key));
  if (fault !== undefined) throw fault;
  const entry = read.found.get(keyText(key))?.entry;
  if (entry === undefined || !isSelected(entry)) return undefined;
  const cleared = key.scope === EVERYWHERE ? await ses.clear(key.address, []) : [];
  for (const each of cleared) if (each.kind === 'failed') throw each.error;
  const { outcome } = await remove(ledger, key, decidedBy(options, deps), policy, deps.now(), isSelected);
  if (outcome === 'unchanged') return undefined;
  return cleared.flatMap((each) => (each.kind === 'cleared' ? each.spellings : []));
};

/** @returns why it was stopped, if it was */
const removeAll = async (
  selected: readonly EntryKey[],
  removal: Removal,
  report: SelectionReport,
): Promise<CliError | undefined> => {
  const progress = removal.deps.progress('addresses');
  let done = 0;
  let inARow = 0;
  let stopped: CliError | undefined;
  try {
    await inParallel(PARALLEL, selected, async (key) => {
      if (stopped !== undefined) return;
      try {
        const spellings = await removeOne(key, removal);
        inARow = 0;
        await report.tell(spellings === undefined ? { kind: 'changed', key } : { kind: 'removed', key, spellings });
      } catch (fault) {
        if (fault instanceof OutputClosed) throw fault;
        const error = decisionFault(fault, key.address);
        await report.tell({ kind: 'failed', key, error });
        inARow += 1;
        if (inARow < FAILURES_IN_A_ROW) return;
        const message = `stopped after ${inARow} failures in a row, ${report.counts.removed} of ${selected.length} removed; the last: ${error.message}`;
        stopped ??= new CliError(
          'RemovalStopped',
          message,
          `${error.remedy} What is removed stays removed: run it again.`,
        );
      } finally {
        done += 1;
        progress.show(done, selected.length);
      }
    });
    return stopped;
  } finally {
    progress.end();
  }
};

/**
 * Removes what a selection means and nothing else blocks: shows it, and acts only with `--yes`. What fails for one entry
 * does not keep the others from it; started again it goes on with what is left.
 *
 * @returns 1 if an entry could not be read or removed
 * @throws CliError `RemovalStopped` after ten failures in a row; what kept the lists from being read
 */
export const removeSelected = async (removal: Removal): Promise<ExitCode> => {
  const { options, deps } = removal;
  const report = new SelectionReport(deps, options.json === true);
  const selected = await find(removal, report);
  const acts = options.yes === true;
  if (acts && selected.length > 0) await look(selected, removal);
  const stopped = acts ? await removeAll(selected, removal, report) : undefined;
  await report.end(acts, selected.filter(({ scope }) => scope === EVERYWHERE).length * sesRegionsOf(options).length);
  if (stopped !== undefined) throw stopped;
  return report.counts.failed > 0 ? Exit.FAILED : Exit.DONE;
};
