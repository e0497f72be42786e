import type { ComponentChildren } from 'preact';

/** What scrolls must be in reach of the keyboard, whatever it is: spread on it. */
export const SCROLLS = { tabIndex: 0 } as const;

/**
 * Holds what may be wider than the screen: it scrolls within itself, by keyboard too.
 *
 * @example <Scroll label="Entries"><table class="table">…</table></Scroll>
 */
export const Scroll = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  <section class="scroll" aria-label={label} {...SCROLLS}>
    {children}
  </section>
);
