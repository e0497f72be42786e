import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../parts/button.tsx';
import { Plot } from './plot.tsx';
import type { PlotContent } from './plot-options.ts';

/**
 * A plot with what it says at the cursor, and its numbers as a table for who wants those.
 *
 * @example <Charted what="Bounce rate" summary="…" content={content} hint="…" at={at} onAt={setAt} read={read} table={() => <PointsTable … />} />
 */
export const Charted = ({
  what,
  summary,
  content,
  hint,
  at,
  onAt,
  read,
  note = null,
  table,
}: {
  readonly what: string;
  readonly summary: string;
  readonly content: PlotContent;
  /** Said while the cursor is nowhere. */
  readonly hint: string;
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
  readonly read: (at: number) => string;
  /** Why nothing is drawn; null: something is. */
  readonly note?: string | null;
  readonly table: () => ComponentChildren;
}) => {
  const [shown, setShown] = useState(false);
  return (
    <div class="charted">
      <Plot summary={summary} content={content} at={at} onAt={onAt} read={read} note={note} />
      <div class="charted-foot">
        <p class="reading">{at === null || at >= content.times.length ? hint : read(at)}</p>
        <Button small kind="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide table' : 'Show as table'}
          <span class="visually-hidden">: {what}</span>
        </Button>
      </div>
      {shown ? table() : null}
    </div>
  );
};
