import { type EChartsOption, init } from 'echarts';

/** Drops effects of hovering, which a picture has not, and numbers the rest anew: both count the charts of a process. */
const withoutCounters = (svg: string): string =>
  svg
    .replace(/<style\s*><!\[CDATA\[.*?\]\]>\s*<\/style>\n?/s, '')
    .replaceAll(/ class="zr\d+-cls-\d+"/g, '')
    .replaceAll(/zr\d+-/g, 'zr-');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * A chart as an SVG document; the same options always give the same text.
 *
 * @param title - what it shows, for those who do not see it
 * @param size - pixels
 */
export const drawSvg = (
  title: string,
  option: EChartsOption,
  size: { readonly width: number; readonly height: number },
): string => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ animation: false, ...option });
    const svg = withoutCounters(chart.renderToSVGString());
    return `${svg.replace(/^<svg [^>]*>/, (start) => `${start}\n<title>${escaped(title)}</title>`)}\n`;
  } finally {
    chart.dispose();
  }
};
