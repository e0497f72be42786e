import type { Pausable } from '../../../core/breaker/sending.ts';
import { pauseWords } from '../../switch/pause-words.ts';
import type { Patient } from '../patient.ts';

/** Since when, by whom and why, as the end of a sentence; a deployment that remembers nothing of it says so. */
export const pausedBy = async ({ pauses }: Patient, what: Pausable): Promise<string> => {
  try {
    const pause = await pauses.pauseOf(what);
    return pause === null ? ', and not by this deployment' : ` ${pauseWords(pause)}`;
  } catch {
    return '; who did it cannot be read';
  }
};
