import { store } from './store.ts';

export type Theme = 'system' | 'light' | 'dark';

const KEPT = 'theme';
const isTheme = (value: string | null): value is Theme => value === 'system' || value === 'light' || value === 'dark';

/** A browser may refuse to keep things; then the theme lasts as long as the page. */
const kept = (): Theme => {
  try {
    const value = localStorage.getItem(KEPT);
    return isTheme(value) ? value : 'system';
  } catch {
    return 'system';
  }
};

const show = (theme: Theme): void => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};

/** The chosen theme; charts may `watch` it to take their colours again. */
export const theme = store<Theme>(kept());
show(theme.get());

/** Chooses a theme and keeps it for the next time. */
export const chooseTheme = (chosen: Theme): void => {
  show(chosen);
  theme.set(chosen);
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // Not kept then: the page works all the same.
  }
};
