import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RatePoint, RateStanding, Rates } from '../../../api.ts';
import { Status, type Tone } from '../../parts/badge.tsx';
import { Card } from '../../parts/view.tsx';
import { Charted } from './charted.tsx';
import { PointsTable } from './points-table.tsx';
import { isSimulatorOnly, linesOf, mostOf, type RateKind } from './rate-kind.ts';
import { counted, lengthWords, minuteText, number, percent, windowWords } from './words.ts';

const TONES: Readonly<Record<RateStanding['line'], Tone>> = {
  fine: 'good',
  half: 'notice',
  review: 'bad',
  pause: 'bad',
};

const Side = ({
  whose,
  rate,
  standing,
  children,
}: {
  readonly whose: string;
  readonly rate: number | null;
  readonly standing: RateStanding | null;
  readonly children: ComponentChildren;
}) => (
  <div class="rate-side">
    <p class="rate-label">{whose}</p>
    <p class={rate === null ? 'rate-number unknown' : 'rate-number'}>{rate === null ? 'unknown' : percent(rate)}</p>
    <p>{children}</p>
    {standing === null ? null : <Status tone={TONES[standing.line]}>It {standing.says}.</Status>}
  </div>
);

const volumeWords = ({ own, wired }: Rates): string =>
  own.volume === null
    ? ''
    : ` of ${counted(own.volume, 'mail')} ${wired === 'sends' ? 'accepted' : 'delivered or bounced'}`;

const pointWords = ({ noun, of, rate }: RateKind, point: RatePoint, pointSeconds: number): string => {
  const { day, volume } = point;
  const all = day.volume === null ? '' : ` of ${counted(day.volume, 'mail')}`;
  const here = volume === null ? '' : ` of ${number(volume)}`;
  const known = rate(point);
  const said = known === null ? 'no rate' : percent(known);
  return `${minuteText(point.at)}: ${said}, ${counted(day[of], noun)}${all} in 24 hours; in its ${lengthWords(pointSeconds)}: ${number(point[of])}${here}.`;
};

const noteOf = (rates: Rates, { rate }: RateKind): string | null => {
  if (rates.points.some((point) => rate(point) !== null)) return null;
  if (isSimulatorOnly(rates)) return 'No rate: the mailbox simulator is left out.';
  return rates.unknown === null ? 'No rate: nothing was mailed.' : 'No rate: nothing tells how many mails there were.';
};

const summaryOf = (rates: Rates, kind: RateKind): string => {
  const known = rates.points.flatMap((point) => {
    const rate = kind.rate(point);
    return rate === null ? [] : [{ at: point.at, rate }];
  });
  const newest = known.at(-1);
  const { review, pause } = rates.lines[kind.of];
  const lines = `SES reviews at ${percent(review)} and may pause at ${percent(pause)}.`;
  if (newest === undefined) return `${kind.title} over the ${windowWords(rates.hours)}: no point has a rate. ${lines}`;
  const highest = known.reduce((most, each) => (each.rate > most.rate ? each : most));
  return `${kind.title} over the ${windowWords(rates.hours)}: ${percent(newest.rate)} at the end, highest ${percent(highest.rate)} at ${minuteText(highest.at)}. ${lines}`;
};

const tableOf = ({ points }: Rates, { of, noun, title, rate }: RateKind) => (
  <PointsTable
    label={title}
    columns={['From (UTC)', 'Rate', `${noun}s, 24 h`, 'mails, 24 h', `${noun}s`, 'mails']}
    rows={[...points].reverse().map((point) => {
      const known = rate(point);
      const mails = (volume: number | null) => (volume === null ? 'unknown' : number(volume));
      const values = [number(point.day[of]), mails(point.day.volume), number(point[of]), mails(point.volume)];
      return [minuteText(point.at), known === null ? '–' : percent(known), ...values];
    })}
  />
);

/**
 * One rate: how high it is, how that stands against SES's lines, and how it got there.
 *
 * @example <RateCard rates={rates} kind={RATE_KINDS[0]} at={at} onAt={setAt} />
 */
export const RateCard = ({
  rates,
  kind,
  at,
  onAt,
}: {
  readonly rates: Rates;
  readonly kind: RateKind;
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
}) => {
  const { of, noun, title, rate } = kind;
  const content = useMemo(
    () => ({
      times: rates.points.map((point) => Date.parse(point.at) / 1000),
      length: rates.pointSeconds,
      series: [{ colour: '--series-1', values: rates.points.map(rate) }],
      steps: false,
      lines: linesOf(rates, of),
      most: mostOf(rates, kind),
      value: percent,
    }),
    [rates, kind],
  );
  const read = (i: number): string => {
    const point = rates.points[i];
    return point === undefined ? '' : pointWords(kind, point, rates.pointSeconds);
  };
  return (
    <Card>
      <section class="rate" aria-label={title}>
        <h2>{title}</h2>
        <div class="rate-sides">
          <Side whose={`Ours, ${windowWords(rates.hours)}`} rate={rate(rates.own)} standing={rates.standings.own[of]}>
            {counted(rates.own[of], noun)}
            {volumeWords(rates)}
          </Side>
          <Side whose="SES’s own" rate={rates.ses[of]} standing={rates.standings.ses[of]}>
            {rates.ses[of] === null ? 'CloudWatch has none.' : 'the newest that it told'}
          </Side>
        </div>
        <Charted
          what={title}
          summary={summaryOf(rates, kind)}
          content={content}
          hint="Each point: the 24 hours that end with it. Point at it, or use the arrow keys, for numbers."
          at={at}
          onAt={onAt}
          read={read}
          note={noteOf(rates, kind)}
          table={() => tableOf(rates, kind)}
        />
      </section>
    </Card>
  );
};
