import type { Dependencies, OpenedList } from '../dependencies.ts';
import { notTheHomeRegion } from './not-the-home-region.ts';
import type { Target } from './target.ts';
import { withOpened } from './with-opened.ts';

/**
 * Runs a command's work on the list of a deployment and closes it afterwards.
 *
 * @throws CliError what AWS refused; other errors pass as they are
 */
export const withList = <T>(
  { openList }: Dependencies,
  target: Target,
  work: (list: OpenedList) => Promise<T>,
): Promise<T> => withOpened(openList, target, work);

/**
 * Runs a command's work that changes the list of a deployment, and closes it afterwards.
 *
 * @throws CliError `NotTheHomeRegion` before anything is done where only a copy of the list is; what AWS refused; other
 * errors pass as they are
 */
export const withListToWrite = <T>(
  deps: Dependencies,
  target: Target,
  work: (list: OpenedList) => Promise<T>,
): Promise<T> =>
  withList(deps, target, async (list) => {
    if (list.home !== undefined) throw notTheHomeRegion(list.table, list.home);
    return work(list);
  });
