import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { visible } from './text.tsx';

/**
 * The frame of a view: its heading (which takes the focus when the view is come to), a sentence, what can be done here. Show it
 * always, loading and problems within it.
 *
 * @example <View title="List" intro="Who is not mailed, and why." actions={<Button>Add</Button>}>…</View>
 */
export const View = ({
  title,
  heading,
  intro,
  actions,
  children,
}: {
  /** Plain text; also the title of the document. */
  readonly title: string;
  /** The heading if it is more than text. */
  readonly heading?: ComponentChildren;
  readonly intro?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) => {
  useEffect(() => {
    document.title = `${visible(title)} · ses-suppressor`;
  }, [title]);
  return (
    <div class="view">
      <header class="view-head">
        <div class="view-words">
          <h1 tabIndex={-1}>{heading ?? title}</h1>
          {intro === undefined ? null : <p class="intro">{intro}</p>}
        </div>
        {actions === undefined ? null : <div class="view-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
};

/**
 * A part of a view with a heading of its own.
 *
 * @example <Section title="Evidence">…</Section>
 */
export const Section = ({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) => (
  <section class="section" aria-label={title}>
    <header class="section-head">
      <h2>{title}</h2>
      {actions === undefined ? null : <div class="section-actions">{actions}</div>}
    </header>
    {children}
  </section>
);

/**
 * A surface that holds what belongs together.
 *
 * @example <Card><Facts of={…} /></Card>
 */
export const Card = ({ children }: { readonly children: ComponentChildren }) => <div class="card">{children}</div>;
