import { useMemo, useState } from 'preact/hooks';
import type { Rates } from '../../../api.ts';
import { Text } from '../../parts/text.tsx';
import { Card } from '../../parts/view.tsx';
import { Charted } from './charted.tsx';
import { PointsTable } from './points-table.tsx';
import { type Layer, layersOf, stacked } from './volume.ts';
import { lengthWords, minuteText, number, windowWords } from './words.ts';

const Legend = ({ layers }: { readonly layers: readonly Layer[] }) => (
  <ul class="plot-legend">
    {layers.map(({ name, total, colour }) => (
      <li key={name}>
        <span class="legend-mark" style={{ '--mark': `var(${colour})` }} aria-hidden="true" />
        <Text>{name}</Text> <strong class="number">{number(total)}</strong>
      </li>
    ))}
  </ul>
);

const HowToName = () => (
  <p class="hint">
    No stream is counted for itself. Name some in the configuration, such as{' '}
    <code>"streams": ["receipts", "newsletter"]</code>, and deploy.
  </p>
);

/** How many mails there were, by stream where streams are counted. */
export const VolumeCard = ({ rates }: { readonly rates: Rates }) => {
  const [at, setAt] = useState<number | null>(null);
  const layers = useMemo(() => layersOf(rates), [rates]);
  const content = useMemo(() => {
    const series = stacked(layers);
    const highest = Math.max(0, ...(series[0]?.values ?? []).map((value) => value ?? 0));
    return {
      times: rates.points.map((point) => Date.parse(point.at) / 1000),
      length: rates.pointSeconds,
      series,
      steps: true,
      lines: [],
      most: Math.max(4, highest * 1.1),
      value: (of: number) => (Number.isInteger(of) ? number(of) : ''),
    };
  }, [rates, layers]);
  const byStream = rates.streams.length > 0;
  const title = byStream ? 'Recipients sent to, by stream' : 'Volume';
  const of = (i: number) => layers.map(({ name, values }) => `${name} ${number(values[i] ?? 0)}`);
  const read = (i: number) => `${minuteText(rates.points[i]?.at ?? '')}: ${of(i).join(', ')}.`;
  return (
    <Card>
      <section class="rates-counts" aria-label={title}>
        <h2>{title}</h2>
        {layers.length === 0 ? (
          <p class="muted">Nothing tells how many mails there were.</p>
        ) : (
          <>
            <Legend layers={layers} />
            <Charted
              what={title}
              summary={`${title} over the ${windowWords(rates.hours)}: ${layers.map(({ name, total }) => `${name} ${number(total)}`).join(', ')}.`}
              content={content}
              hint={`By ${lengthWords(rates.pointSeconds)}.`}
              at={at}
              onAt={setAt}
              read={read}
              table={() => (
                <PointsTable
                  label={title}
                  columns={['From (UTC)', ...layers.map(({ name }) => name)]}
                  rows={rates.points
                    .map((point, i): [string, ...string[]] => [
                      minuteText(point.at),
                      ...layers.map(({ values }) => number(values[i] ?? 0)),
                    ])
                    .reverse()}
                />
              )}
            />
          </>
        )}
        {byStream ? null : <HowToName />}
      </section>
    </Card>
  );
};
