import { store } from './store.ts';

/** What the shell's live region says. */
export const announcement = store('');

/**
 * Has a screen reader say something when it is free, such as what became of a button that was pressed. Not for every line of
 * something that moves.
 *
 * @example announce('Copied.')
 */
export const announce = (words: string): void => {
  // The same words again are a change only with something in between.
  announcement.set('');
  setTimeout(() => announcement.set(words), 50);
};
