import type { ComponentChildren } from 'preact';
import type { ListPage } from '../../../api.ts';
import { counted } from '../../parts/words.ts';
import type { Before } from './use-pages.ts';

const number = (value: number): string => value.toLocaleString('en');

/** Which rows these are, and what was looked at for them, as far as that is known. */
export const rowWords = ({ entries, looked, next, exact }: ListPage, before: Before | undefined): string => {
  if (exact) return `${counted(entries.length, 'entry', 'entries')} of this address, looked up in every scope`;
  if (before === undefined) return counted(entries.length, 'entry', 'entries');
  const rows = before.rows + entries.length;
  const all = before.looked + looked;
  const which =
    entries.length === 0
      ? `${number(rows)} found`
      : `Entries ${number(before.rows + 1)}–${number(rows)}${next === null ? ` of ${number(rows)}` : ''}`;
  if (all === rows) return which;
  return `${which}, among ${next === null ? 'all' : 'the first'} ${number(all)} looked at`;
};

/** Goes from page to page; a way that is none keeps the focus and does nothing. */
export const Pager = ({
  label,
  words,
  onPrevious,
  onNext,
  previous,
  next,
  children,
}: {
  readonly label: string;
  readonly words: string;
  /** What the way back is called. */
  readonly previous: 'Previous' | 'First page';
  readonly onPrevious: (() => void) | null;
  /** What the way on is called. */
  readonly next: 'Next' | 'Look further';
  readonly onNext: (() => void) | null;
  /** What else can be done. */
  readonly children?: ComponentChildren;
}) => (
  <nav class="pager" aria-label={label}>
    <p class="pager-words">{words}</p>
    {children}
    <button type="button" class="button" aria-disabled={onPrevious === null} onClick={() => onPrevious?.()}>
      {previous}
    </button>
    <button type="button" class="button" aria-disabled={onNext === null} onClick={() => onNext?.()}>
      {next}
    </button>
  </nav>
);
