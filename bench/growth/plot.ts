import type { CustomSeriesRenderItem, EChartsOption, SeriesOption } from 'echarts';
import { drawSvg } from '../draw-svg.ts';
import { figure } from '../figure.ts';
import type { Curve, Line, Point } from './curve.ts';
import { slopeText, steepness } from './fit.ts';

const WIDTH = 800;
const PLOT = 320;
const TOP = 92;
const AXIS = 58;
const LEGEND_LINE = 22;
const MARGIN = 14;
/** Told apart by those who see no red or green too; markers differ as well. */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#8E44AD'];
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'];
const INK = '#1f2328';
const FAINT = '#59636e';
const GRID = '#d9dee3';
const FLOOR = '#6e7781';

const isZero = ({ points }: Line): boolean => points.every(({ y }) => y === 0);

const sameFigures = (a: Line, b: Line): boolean =>
  a.kind === b.kind &&
  a.points.length === b.points.length &&
  a.points.every(({ x, y }, i) => x === b.points[i]?.x && y === b.points[i]?.y);

/** Lines that would hide one another are drawn as one, with all their names. */
const together = (lines: readonly Line[]): Line[] => {
  const drawn: Line[] = [];
  for (const line of lines) {
    const known = drawn.findIndex((each) => sameFigures(each, line));
    const other = drawn[known];
    if (other === undefined) drawn.push(line);
    else drawn[known] = { ...other, name: `${other.name}; ${line.name}` };
  }
  return drawn;
};

/** What stands under the title: how well the law holds. */
const verdict = (curve: Curve): string => {
  const zero = curve.lines.filter(isZero).map(({ name }) => name);
  if (curve.law === 'count') {
    const counts = 'Counted (marks) and as the law says (dashed)';
    return zero.length === 0 ? `${counts}.` : `${counts}. None at any size: ${zero.join('; ')}.`;
  }
  const { slope = Number.NaN, floor } = steepness(curve) ?? {};
  const bars = curve.lines.some(({ points }) => points.some(({ low }) => low !== undefined))
    ? ' Bars are quartiles.'
    : '';
  const slopes = `Slope ${slopeText(slope)}${floor === undefined ? '' : `, the floor's ${slopeText(floor)}`}`;
  return `${slopes}, the law's ${curve.law === 'flat' ? 0 : 1} (on logarithmic axes, larger half).${bars}`;
};

const bars =
  (colour: string): CustomSeriesRenderItem =>
  (_params, api) => {
    const [x, low, high] = [api.value(0), api.value(1), api.value(2)];
    const from = api.coord([x, low]);
    const to = api.coord([x, high]);
    return {
      type: 'line',
      shape: { x1: from[0] ?? 0, y1: from[1] ?? 0, x2: to[0] ?? 0, y2: to[1] ?? 0 },
      style: { stroke: colour, lineWidth: 5, opacity: 0.3, lineCap: 'butt' },
    };
  };

const quartiles = (points: readonly Point[]): number[][] =>
  points.flatMap(({ x, low, high }) => (low === undefined || high === undefined ? [] : [[x, low, high]]));

const seriesOf = (line: Line, index: number, law: Curve['law']): SeriesOption[] => {
  const isFloor = line.kind === 'floor';
  const colour = isFloor ? FLOOR : (COLOURS[index % COLOURS.length] ?? INK);
  const counts = law === 'count';
  const measured: SeriesOption = {
    type: 'line',
    name: line.name,
    data: line.points.map(({ x, y }) => [x, y]),
    symbol: isFloor ? 'emptyCircle' : (SYMBOLS[index % SYMBOLS.length] ?? 'circle'),
    symbolSize: isFloor ? 6 : counts ? 9 : 8,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: counts ? 0 : 2, type: isFloor ? 'dashed' : 'solid' },
    z: isFloor ? 2 : 3,
  };
  const should = line.points.flatMap((point) => (point.should === undefined ? [] : [[point.x, point.should]]));
  const spread = quartiles(line.points);
  return [
    ...(should.length === 0
      ? []
      : [
          {
            type: 'line' as const,
            data: should,
            symbol: 'none',
            lineStyle: { color: colour, width: 1.5, type: 'dashed' as const },
            z: 1,
          },
        ]),
    ...(spread.length === 0
      ? []
      : [{ type: 'custom' as const, data: spread, renderItem: bars(colour), encode: { x: 0, y: [1, 2] }, z: 1 }]),
    measured,
  ];
};

const label = (value: number | string): string => figure(Number(value));

const powerBelow = (value: number): number => 10 ** Math.floor(Math.log10(value));

/** A law that is a straight line on logarithmic axes is drawn on them; what should not grow stands on its zero. */
const isLogarithmic = ({ law }: Curve, figures: readonly number[]): boolean =>
  law !== 'flat' && Math.max(...figures) >= 10;

const AXIS_STYLE = {
  nameLocation: 'middle' as const,
  nameTextStyle: { color: INK, fontSize: 14 },
  axisLine: { show: true, lineStyle: { color: FAINT } },
  splitLine: { lineStyle: { color: GRID } },
};
const LABEL_STYLE = { color: INK, fontSize: 13, formatter: label, hideOverlap: true };

/** Sizes, each with its tick and, where there is room, its label. */
const sizeAxis = (name: string, sizes: readonly number[]): NonNullable<EChartsOption['xAxis']> => ({
  ...AXIS_STYLE,
  type: 'log',
  name,
  nameGap: 34,
  min: Math.min(...sizes),
  max: Math.max(...sizes) * 1.1,
  axisTick: { customValues: [...sizes] },
  axisLabel: { ...LABEL_STYLE, customValues: [...sizes] },
});

const figureAxis = (curve: Curve, figures: readonly number[]): NonNullable<EChartsOption['yAxis']> => {
  const most = Math.max(...figures);
  const common = { ...AXIS_STYLE, name: curve.y, nameGap: 60 };
  if (isLogarithmic(curve, figures))
    // the end of a logarithmic axis is no round number
    return {
      ...common,
      type: 'log',
      min: powerBelow(Math.min(...figures)),
      max: most * 1.5,
      axisLabel: { ...LABEL_STYLE, showMaxLabel: false },
    };
  const counts = curve.law === 'count' ? { max: most + 1, minInterval: 1 } : {};
  return { ...common, type: 'value', min: 0, axisLabel: LABEL_STYLE, ...counts };
};

const optionOf = (curve: Curve, drawn: readonly Line[]): EChartsOption => {
  const points = drawn.flatMap((line) => line.points);
  // without a canvas the width of a text is a guess, and a low one
  const broken = { width: 0.85 * WIDTH, overflow: 'break' as const };
  return {
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'Helvetica, Arial, sans-serif' },
    title: {
      text: curve.title,
      subtext: verdict(curve),
      left: MARGIN,
      top: MARGIN,
      itemGap: 7,
      textStyle: { color: INK, fontSize: 17, ...broken },
      subtextStyle: { color: FAINT, fontSize: 13, ...broken },
    },
    legend: {
      orient: 'vertical',
      left: 70,
      bottom: MARGIN,
      itemGap: LEGEND_LINE - 14,
      itemWidth: 30,
      textStyle: { color: INK, fontSize: 14 },
      data: drawn.map(({ name }) => name),
    },
    grid: { left: 84, right: 34, top: TOP, height: PLOT },
    xAxis: sizeAxis(curve.x, [...new Set(points.map(({ x }) => x))]),
    yAxis: figureAxis(
      curve,
      points.map(({ y }) => y).filter((y) => y > 0),
    ),
    series: drawn.flatMap((line, i) => seriesOf(line, i, curve.law)),
  };
};

/**
 * A curve as an SVG drawing with a background of its own, so that it can be read on light and dark pages. The same curve
 * always gives the same drawing.
 */
export const plot = (curve: Curve): string => {
  const drawn = together(curve.lines.filter((line) => !isZero(line)));
  const height = TOP + PLOT + AXIS + drawn.length * LEGEND_LINE + MARGIN;
  return drawSvg(curve.title, optionOf(curve, drawn), { width: WIDTH, height });
};
