/** So long what is drawn next may take the focus itself. */
const OTHERS_FIRST_MS = 100;

/**
 * Gives the focus to the heading of the view where what had it is gone, such as a button that its own click makes superfluous:
 * whoever uses the keyboard alone would begin at the top again.
 *
 * @param app - what is watched
 */
export const keepFocus = (app: Element): void => {
  let last: EventTarget | null = null;
  const isGone = () => last instanceof Element && !last.isConnected;
  const look = () => {
    if (isGone() && document.activeElement === document.body)
      document.querySelector('h1')?.focus({ preventScroll: true });
  };
  app.addEventListener('focusin', ({ target }) => {
    last = target;
  });
  new MutationObserver(() => {
    if (isGone()) setTimeout(look, OTHERS_FIRST_MS);
  }).observe(app, { childList: true, subtree: true });
};
