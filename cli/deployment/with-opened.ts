import { awsFault } from './aws-fault.ts';
import type { Target } from './target.ts';

interface Closable {
  /** @param fault - what ended the work with it; undefined: nothing went wrong */
  close(fault?: unknown): void;
}

/** @throws CliError what kept it from being opened */
const openIt = <Opened extends Closable>(open: (target: Target) => Promise<Opened>, target: Target): Promise<Opened> =>
  open(target).catch((error: unknown) => Promise.reject(awsFault(error)));

/**
 * Runs a command's work on something of a deployment and closes it afterwards.
 *
 * @throws CliError what kept it from being opened; errors of the work pass as they are
 */
export const withOpened = async <Opened extends Closable, T>(
  open: (target: Target) => Promise<Opened>,
  target: Target,
  work: (opened: Opened) => Promise<T>,
): Promise<T> => {
  const opened = await openIt(open, target);
  let fault: unknown;
  try {
    return await work(opened);
  } catch (error) {
    fault = error;
    throw error;
  } finally {
    opened.close(fault);
  }
};

/**
 * The same for work that gives its result piece by piece; it is closed after the last one, or when nobody wants more.
 *
 * @throws CliError what kept it from being opened; errors of the work pass as they are
 */
export async function* piecesWithOpened<Opened extends Closable, T>(
  open: (target: Target) => Promise<Opened>,
  target: Target,
  work: (opened: Opened) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const opened = await openIt(open, target);
  let fault: unknown;
  try {
    yield* work(opened);
  } catch (error) {
    fault = error;
    throw error;
  } finally {
    opened.close(fault);
  }
}
