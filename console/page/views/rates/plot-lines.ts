import type uPlot from 'uplot';

/** A level that is drawn across a plot. */
export interface PlotLine {
  readonly at: number;
  /** Such as `SES reviews at 5 %`. */
  readonly words: string;
  readonly tone: 'notice' | 'bad';
}

const place = (plot: uPlot, { at }: PlotLine, element: HTMLElement): void => {
  const most = plot.scales.y?.max ?? 0;
  const above = at > most;
  element.classList.toggle('above', above);
  element.style.top = `${above ? 0 : Math.round(plot.valToPos(at, 'y'))}px`;
};

/**
 * Draws lines over a plot, in the colours of the theme. One that is above what the plot shows is told at its upper edge.
 *
 * @example new uPlot({ …, plugins: [plotLines([{ at: 0.05, words: 'SES reviews at 5 %', tone: 'notice' }])] }, data)
 */
export const plotLines = (lines: readonly PlotLine[]): uPlot.Plugin => {
  const elements = lines.map(({ words, tone }) => {
    const element = document.createElement('div');
    element.className = `plot-line ${tone}`;
    const label = document.createElement('span');
    label.textContent = words;
    element.append(label);
    return element;
  });
  return {
    hooks: {
      init: (plot) => plot.over.append(...elements),
      draw: (plot) => {
        for (const [i, line] of lines.entries()) {
          const element = elements[i];
          if (element !== undefined) place(plot, line, element);
        }
      },
    },
  };
};
