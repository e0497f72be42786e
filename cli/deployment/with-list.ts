import type { Dependencies, OpenedList } from '../dependencies.ts';
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
