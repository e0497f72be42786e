import type { LetterBox } from '../../core/redrive/letters.ts';
import type { Dependencies, OpenedLetters } from '../dependencies.ts';
import type { Target } from '../deployment/target.ts';
import { withOpened } from '../deployment/with-opened.ts';
import { lettersFault } from './letters-fault.ts';

const told = (fault: unknown): Promise<never> => Promise.reject(lettersFault(fault));

/**
 * Works on a dead-letter queue of a deployment, and closes it afterwards.
 *
 * @throws CliError what kept it from being opened, looked at or emptied
 */
export const withLetters = <T>(
  target: Target,
  box: LetterBox,
  { openLetters }: Pick<Dependencies, 'openLetters'>,
  work: (opened: OpenedLetters) => Promise<T>,
): Promise<T> => withOpened((asked) => openLetters(asked, box).catch(told), target, work).catch(told);
