import { awsFault } from './aws-fault.ts';
import type { Target } from './target.ts';

/**
 * Runs a command's work on something of a deployment and closes it afterwards.
 *
 * @throws CliError what kept it from being opened; errors of the work pass as they are
 */
export const withOpened = async <Opened extends { close(): void }, T>(
  open: (target: Target) => Promise<Opened>,
  target: Target,
  work: (opened: Opened) => Promise<T>,
): Promise<T> => {
  const opened = await open(target).catch((error: unknown) => Promise.reject(awsFault(error)));
  try {
    return await work(opened);
  } finally {
    opened.close();
  }
};
