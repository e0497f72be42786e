import type { Dependencies, OpenedList } from '../dependencies.ts';
import { awsFault } from './aws-fault.ts';
import type { Target } from './target.ts';

/**
 * Runs a command's work on the list of a deployment and closes it afterwards.
 *
 * @throws CliError what AWS refused; other errors pass as they are
 */
export const withList = async <T>(
  { openList }: Dependencies,
  target: Target,
  work: (list: OpenedList) => Promise<T>,
): Promise<T> => {
  const list = await openList(target).catch((error: unknown) => Promise.reject(awsFault(error)));
  try {
    return await work(list);
  } finally {
    list.close();
  }
};
