import uPlot from 'uplot';
import { type Colour, faded } from './plot-colours.ts';
import { type PlotLine, plotLines } from './plot-lines.ts';

/** One line, or one layer of a stack, of a plot. */
export interface PlotSeries {
  /** A custom property of the theme: `--series-1`. */
  readonly colour: string;
  /** One for each time; null: unknown. */
  readonly values: readonly (number | null)[];
}

/** What a plot shows. */
export interface PlotContent {
  /** Where points begin, in seconds, ascending. */
  readonly times: readonly number[];
  /** Seconds that one of them lasts. */
  readonly length: number;
  readonly series: readonly PlotSeries[];
  /** Values are of points with a length: steps, the area below filled, the first the uppermost of a stack. */
  readonly steps: boolean;
  readonly lines: readonly PlotLine[];
  /** The upper end of the scale, whose lower one is 0. */
  readonly most: number;
  /** A value of the scale in words. */
  readonly value: (of: number) => string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** In UTC every one of them begins with the day, but for weeks. */
const TIME_STEPS = [
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The day at midnight, else the hour. */
const timeLabel = (seconds: number): string => {
  const at = new Date(seconds * 1000);
  if (seconds % DAY === 0) return `${MONTHS[at.getUTCMonth()]} ${at.getUTCDate()}`;
  return at.toISOString().slice(11, 16);
};

const FONT_SIZE = 11;
const VALUES_WIDTH = 56;
const TIMES_HEIGHT = 22;

const seriesOptions = ({ colour }: PlotSeries, steps: boolean, colours: Colour): uPlot.Series => {
  const stroke = colours(colour);
  const paths = steps ? uPlot.paths.stepped?.({ align: 1, extend: true }) : undefined;
  return {
    stroke,
    width: steps ? 1 : 2,
    fill: steps ? stroke : faded(stroke, 0.1),
    ...(paths === undefined ? {} : { paths, points: { show: false } }),
  };
};

/** Options of uPlot for a plot, in the colours and letters of where it stands. */
export const plotOptions = (
  { series, steps, lines, most, value, times, length }: PlotContent,
  element: HTMLElement,
  colours: Colour,
): uPlot.Options => {
  const font = `${FONT_SIZE}px ${getComputedStyle(element).fontFamily}`;
  const line = { stroke: colours('--line'), width: 1 };
  const axis = { font, stroke: colours('--muted'), grid: line, ticks: { ...line, size: 4 } };
  const first = times[0] ?? 0;
  const last = (times.at(-1) ?? first) + (steps ? length : 0);
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    padding: [10, 14, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 8, width: 2 } },
    scales: { x: { time: false, range: [first, Math.max(last, first + 1)] }, y: { range: [0, most] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        incrs: TIME_STEPS,
        space: 64,
        size: TIMES_HEIGHT,
        gap: 2,
        values: (_, splits) => splits.map(timeLabel),
      },
      { ...axis, space: 32, size: VALUES_WIDTH, gap: 4, values: (_, splits) => splits.map(value) },
    ],
    series: [{}, ...series.map((each) => seriesOptions(each, steps, colours))],
    plugins: [plotLines(lines)],
  };
};
