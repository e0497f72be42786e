import { type Line, linePlot } from '../plot.ts';
import type { Moment } from './feedback-run.ts';
import { dollars, SENT } from './flow.ts';
import { type Results, USUAL } from './results.ts';
import { HAPPENS } from './scenario.ts';
import { mailsADay } from './tables.ts';

/** A file of the docs. */
export interface Plot {
  readonly file: string;
  readonly svg: string;
}

const HOUR = 3600;
const EVERY = 60;

/** Hours from the event, and the most of each minute, until nothing is left. */
const curve = (
  name: string,
  moments: readonly Moment[],
  of: (moment: Moment) => number,
  hours: number,
  more: Partial<Line> = {},
): Line => {
  const points: [number, number][] = [];
  for (let i = 0; i < moments.length; i += EVERY) {
    const minute = moments.slice(i, i + EVERY);
    const at = ((minute[0]?.at ?? 0) - HAPPENS.from) / HOUR;
    if (at < 0) continue;
    // an axis of powers of ten has no nought
    const most = Math.max(1, ...minute.map(of));
    points.push([+at.toFixed(3), most]);
    if (at >= hours || (at >= 1 && most === 1)) break;
  }
  return { name, points, ...more };
};

const waiting = ({ waiting: count }: Moment): number => count;
const x = (max: number) => ({ name: 'hours since it began', min: 0, max, interval: max > 8 ? 2 : 0.5 });
const y = { name: 'messages', log: true, min: 1, max: 1e9 };
const during = (name: string) => [{ from: 0, to: 1, name }];

const costPlot = (): string => {
  const sizes = Array.from({ length: 13 }, (_, i) => 10 ** (6 + i / 4));
  const line = (name: string, of: (mails: number) => number, more: Partial<Line> = {}): Line => ({
    name,
    points: sizes.map((mails): [number, number] => [Math.round(mails), +of(mails).toPrecision(4)]),
    ...more,
  });
  const beside = (way: string) => (mails: number) =>
    dollars(way, mails).find(({ part }) => part === 'all beside SES')?.aDay ?? 0;
  return linePlot({
    title: 'Dollars a day',
    x: { name: 'mails a day', log: true, min: 1e6 },
    y: { name: 'dollars', log: true },
    lines: [
      line('SES itself', (mails) => dollars(SENT[0] as string, mails)[0]?.aDay ?? 0, { dashed: true }),
      ...SENT.map((way) => line(way, beside(way))),
    ],
  });
};

/** The plots of docs/scale.md. */
export const plots = ({ events, bursts, varied, throttles }: Results): Plot[] => {
  const silent = events.filter(({ happening }) => happening === 'outage, no answer');
  const bounced = [...bursts.slice(1), ...events.filter(({ happening }) => happening === 'burst').slice(-1)];
  const apart = varied.find(({ outcome }) => outcome.happening === 'burst' && outcome.mails >= 1e9);
  return [
    { file: 'scale-cost.svg', svg: costPlot() },
    {
      file: 'scale-outage.svg',
      svg: linePlot({
        title: 'Feedback that waits: the table does not answer for an hour',
        x: x(2),
        y,
        spans: during('the outage'),
        lines: silent.map(({ mails, moments }) => curve(`${mailsADay(mails)} mails a day`, moments, waiting, 2)),
      }),
    },
    {
      file: 'scale-burst.svg',
      svg: linePlot({
        title: 'Feedback that waits: a provider bounces everything for an hour',
        x: x(4),
        y,
        spans: during('the mass bounce'),
        lines: [
          ...bounced.map(({ mails, moments }) => curve(`${mailsADay(mails)} mails a day`, moments, waiting, 4)),
          ...(apart === undefined
            ? []
            : [curve('1 G, buckets apart', apart.outcome.moments, waiting, 4, { dashed: true })]),
        ],
      }),
    },
    {
      file: 'scale-throttle.svg',
      svg: linePlot({
        title: 'Mails that wait in the send queue: SES refuses for an hour',
        x: x(14),
        y,
        spans: during('refused'),
        lines: throttles
          .filter(({ what }) => what === USUAL)
          .map(({ mails, functions, moments }) =>
            curve(`${mailsADay(mails)} a day, ${functions} functions`, moments, waiting, 14),
          ),
      }),
    },
  ];
};
