import type { Rates } from '../../../api.ts';
import type { PlotSeries } from './plot-options.ts';

/** One layer of the volume. */
export interface Layer {
  readonly name: string;
  readonly total: number;
  readonly values: readonly number[];
  readonly colour: string;
}

const COLOURS = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5'];
/** What the fifth colour is for. */
const REST = COLOURS.length - 1;

const restOf = (streams: Rates['streams']): Omit<Layer, 'colour'> => ({
  name: `${streams.length} others`,
  total: streams.reduce((sum, { total }) => sum + total, 0),
  values: (streams[0]?.values ?? []).map((_, i) => streams.reduce((sum, { values }) => sum + (values[i] ?? 0), 0)),
});

const named = ({ stream, total, values }: Rates['streams'][number]): Omit<Layer, 'colour'> => ({
  name: stream === 'other' ? 'other or no stream' : stream,
  total,
  values,
});

/** Streams, most first; those that are more than there are colours for, together. */
const streamLayers = (streams: Rates['streams']): Omit<Layer, 'colour'>[] => {
  const inOrder = [...streams].sort((a, b) => b.total - a.total);
  if (inOrder.length <= COLOURS.length) return inOrder.map(named);
  return [...inOrder.slice(0, REST).map(named), restOf(inOrder.slice(REST))];
};

/** What is stacked: streams where they are counted, else all mails together; none where nothing tells. */
export const layersOf = ({ streams, points, own, wired }: Rates): readonly Layer[] => {
  const mails = wired === 'sends' ? 'mails accepted' : 'mails delivered or bounced';
  const all = { name: mails, total: own.volume ?? 0, values: points.map(({ volume }) => volume ?? 0) };
  const layers = streams.length > 0 ? streamLayers(streams) : own.volume === null ? [] : [all];
  return layers.map((layer, i) => ({ ...layer, colour: COLOURS[i] ?? '--series-5' }));
};

/** The layers upon each other: the first is the uppermost, and drawn first, so that each covers those above it. */
export const stacked = (layers: readonly Layer[]): readonly PlotSeries[] => {
  const sums: PlotSeries[] = [];
  let below: readonly number[] = [];
  for (const { values, colour } of layers) {
    below = values.map((value, i) => value + (below[i] ?? 0));
    sums.unshift({ colour, values: below });
  }
  return sums;
};
