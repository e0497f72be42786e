import type { EChartsOption } from 'echarts';
import { drawSvg } from './draw-svg.ts';

/** One axis of a plot. */
export interface Axis {
  /** What it shows, with its unit. */
  readonly name: string;
  /** Logarithmic: points that are not above 0 are left out. @default false */
  readonly log?: boolean;
  /** @default - by what is shown */
  readonly min?: number;
  /** @default - by what is shown */
  readonly max?: number;
  /** From one tick to the next, on an axis that is not logarithmic. @default - a round number */
  readonly interval?: number;
}

/** One curve, through points in the order of x. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** For what is expected, beside what was measured. @default false */
  readonly dashed?: boolean;
  /** Whether each point has a dot: for few of them. @default false */
  readonly dots?: boolean;
}

/** A stretch of the x axis that is shaded, such as an outage. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** What {@link linePlot} draws. */
export interface LinePlot {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  readonly spans?: readonly Span[];
  /** Pixels. @default 760 */
  readonly width?: number;
  /** Pixels. @default 400 */
  readonly height?: number;
}

/** Okabe and Ito's colours, which people tell apart whatever their eyes. */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
const INK = '#333333';
const FONT = 'sans-serif';

/** @example brief(1_200_000) // '1.2 M' */
const brief = (value: number): string => {
  for (const [unit, sign] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const)
    if (Math.abs(value) >= unit) return `${+(value / unit).toPrecision(3)} ${sign}`;
  return String(+value.toPrecision(3));
};

const axisOf = ({ name, log = false, min, max, interval }: Axis, nameGap: number) => ({
  type: log ? ('log' as const) : ('value' as const),
  name,
  nameLocation: 'middle' as const,
  nameGap,
  nameTextStyle: { color: INK, fontFamily: FONT },
  axisLabel: { color: INK, fontFamily: FONT, formatter: brief },
  axisLine: { show: true, lineStyle: { color: INK } },
  splitLine: { lineStyle: { color: '#e5e5e5' } },
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  ...(interval === undefined ? {} : { interval }),
});

const areaOf = (spans: readonly Span[]) => ({
  silent: true,
  itemStyle: { color: '#999999', opacity: 0.18 },
  label: { color: INK, fontFamily: FONT, position: 'insideTop' as const },
  data: spans.map(({ from, to, name }): [{ xAxis: number; name: string }, { xAxis: number }] => [
    { xAxis: from, name },
    { xAxis: to },
  ]),
});

const optionOf = ({ title, x, y, lines, spans = [] }: LinePlot): EChartsOption => ({
  backgroundColor: '#ffffff',
  color: COLORS,
  textStyle: { fontFamily: FONT },
  title: { text: title, left: 'center', top: 8, textStyle: { fontSize: 15, color: INK, fontFamily: FONT } },
  ...(lines.length > 1 ? { legend: { bottom: 6, itemGap: 34, textStyle: { color: INK, fontFamily: FONT } } } : {}),
  grid: { left: 78, right: 28, top: 46, bottom: lines.length > 1 ? 80 : 52 },
  xAxis: axisOf(x, 28),
  yAxis: axisOf(y, 56),
  series: lines.map(({ name, points, dashed = false, dots = false }, i) => ({
    name,
    type: 'line' as const,
    data: points.filter(([px, py]) => (!x.log || px > 0) && (!y.log || py > 0)).map(([px, py]) => [px, py]),
    showSymbol: dots,
    symbolSize: 6,
    lineStyle: { width: 2, type: dashed ? ('dashed' as const) : ('solid' as const) },
    ...(i === 0 && spans.length > 0 ? { markArea: areaOf(spans) } : {}),
  })),
});

/**
 * Curves as an SVG document: white ground, one colour each, a legend if there are several. The same plot gives the same
 * text every time.
 *
 * @example
 * linePlot({ title: 'Cost', x: { name: 'records' }, y: { name: 'ms', log: true }, lines: [{ name: 'read', points: [[1, 2]] }] })
 */
export const linePlot = (plot: LinePlot): string => {
  const { width = 760, height = 400 } = plot;
  return drawSvg(plot.title, optionOf(plot), { width, height });
};
