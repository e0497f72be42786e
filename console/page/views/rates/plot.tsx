import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { theme } from '../../parts/theme.ts';
import { coloursAt } from './plot-colours.ts';
import { type PlotContent, plotOptions } from './plot-options.ts';

const DARK = '(prefers-color-scheme: dark)';

/** Draws again when the colours of the page change. */
const watchColours = (draw: () => void): (() => void) => {
  const system = matchMedia(DARK);
  const stop = theme.watch(draw);
  system.addEventListener('change', draw);
  return () => {
    stop();
    system.removeEventListener('change', draw);
  };
};

/** The point under the pointer: the nearest, but for steps that in which it is. */
const pointAt = (plot: uPlot, { steps, times }: PlotContent): number | null => {
  const { idx, left = -1 } = plot.cursor;
  if (idx === null || idx === undefined || left < 0) return null;
  return steps && idx > 0 && plot.posToVal(left, 'x') < (times[idx] ?? 0) ? idx - 1 : idx;
};

const pointTo = (plot: uPlot, at: number | null): void => {
  const time = at === null ? undefined : plot.data[0][at];
  if (time === undefined) plot.setCursor({ left: -10, top: -10 }, false);
  else if (plot.cursor.idx !== at || (plot.cursor.left ?? -1) < 0)
    plot.setCursor({ left: plot.valToPos(time, 'x'), top: 0 }, false);
};

/**
 * A plot over time. A pointer, or the arrow keys in the focused plot, move a cursor from point to point.
 *
 * @example <Plot summary="Bounce rate: …" content={content} at={at} onAt={setAt} read={(i) => `${times[i]}: 0.6 %`} />
 */
export const Plot = ({
  summary,
  content,
  at,
  onAt,
  read,
  note = null,
}: {
  /** All that somebody should know who does not see it. */
  readonly summary: string;
  /** Drawn anew when it is another object. */
  readonly content: PlotContent;
  /** The point under the cursor; null: it is nowhere. */
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
  /** What a screen reader says of a point. */
  readonly read: (at: number) => string;
  /** Why nothing is drawn; null: something is. */
  readonly note?: string | null;
}) => {
  const box = useRef<HTMLDivElement>(null);
  const keys = useRef<HTMLInputElement>(null);
  const plot = useRef<uPlot | null>(null);
  const told = useRef(onAt);
  told.current = onAt;
  const last = content.times.length - 1;

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const draw = () => {
      const shown = plot.current?.cursor.idx ?? null;
      plot.current?.destroy();
      const options = plotOptions(content, element, coloursAt(element));
      const moved = (of: uPlot) => {
        const under = pointAt(of, content);
        // A pointer that leaves takes nothing from the keyboard.
        if (under !== null || document.activeElement !== keys.current) told.current(under);
      };
      const data: uPlot.AlignedData = [[...content.times], ...content.series.map(({ values }) => [...values])];
      const made = new uPlot({ ...options, hooks: { setCursor: [moved] } }, data, element);
      plot.current = made;
      pointTo(made, shown);
    };
    const fit = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (plot.current?.width !== width || plot.current.height !== height) plot.current?.setSize({ width, height });
    });
    draw();
    fit.observe(element);
    const stop = watchColours(draw);
    return () => {
      stop();
      fit.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [content]);

  useEffect(() => {
    if (plot.current !== null) pointTo(plot.current, at);
  }, [at]);

  const shown = Math.min(at ?? last, last);
  return (
    <div class="plot">
      <div ref={box} class="plot-box" role="img" aria-label={summary} />
      {note === null ? null : (
        <p class="plot-note">
          <span>{note}</span>
        </p>
      )}
      <input
        ref={keys}
        class="plot-keys"
        type="range"
        min={0}
        max={last}
        step={1}
        value={shown}
        aria-label="Point in time"
        aria-valuetext={read(shown)}
        onFocus={() => onAt(shown)}
        onBlur={() => onAt(null)}
        onInput={(event) => onAt(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
};
