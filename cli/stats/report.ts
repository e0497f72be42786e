import { Metric, type MetricName, SES_LINES } from '../../core/contract/index.ts';
import { type Line, lineReached, type RateOf } from '../../core/rates/line-reached.ts';
import { type Cell, columns } from '../output/columns.ts';
import { isoOrNull, jsonLine } from '../output/json-line.ts';
import type { Paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { counted, timeWords } from '../output/words.ts';
import { byCount } from './by-count.ts';
import type { ListCounts } from './list-counts.ts';
import { LINE_SAYS, percent, whyUnknown } from './rate-words.ts';
import type { MetricsRead } from './read-metrics.ts';

/** All that `stats` says. */
export interface Stats extends MetricsRead {
  readonly list: ListCounts;
  /** Whether the whole list was counted, not what changed. */
  readonly whole: boolean;
}

const number = (of: number): string => of.toLocaleString('en-US');

const COLOURS: Readonly<Record<Line, keyof Pick<Paint, 'good' | 'notice' | 'bad'>>> = {
  fine: 'good',
  half: 'notice',
  review: 'bad',
  pause: 'bad',
};

const rateCell = (of: RateOf, rate: number | undefined, paint: Paint): Cell =>
  rate === undefined
    ? { text: 'unknown', paint: paint.faint }
    : { text: percent(rate), paint: paint[COLOURS[lineReached(of, rate)]] };

const RATES: readonly RateOf[] = ['bounces', 'complaints'];

const ratesOf = ({
  own,
  ses,
}: Stats): Readonly<Record<RateOf, readonly (readonly [whose: string, rate: number | undefined])[]>> => ({
  bounces: [
    ['Our', own.bounceRate],
    ["SES's", ses.bounces],
  ],
  complaints: [
    ['Our', own.complaintRate],
    ["SES's", ses.complaints],
  ],
});

const HEAD = ['RATE OF', 'OURS', "SES'S", 'REVIEW AT', 'PAUSE AT'];

const ratesTable = (stats: Stats, paint: Paint): string => {
  const rates = ratesOf(stats);
  const row = (of: RateOf): Cell[] => [
    { text: of },
    ...rates[of].map(([, rate]) => rateCell(of, rate, paint)),
    { text: percent(SES_LINES[of].review), paint: paint.faint },
    { text: percent(SES_LINES[of].pause), paint: paint.faint },
  ];
  return columns([HEAD.map((text) => ({ text, paint: paint.faint })), ...RATES.map(row)]);
};

/** A line for each rate that is up. */
const warnings = (stats: Stats, paint: Paint): string =>
  RATES.flatMap((of) =>
    ratesOf(stats)[of].flatMap(([whose, rate]) => {
      const line = rate === undefined ? 'fine' : lineReached(of, rate);
      if (rate === undefined || line === 'fine') return [];
      return [paint[COLOURS[line]](`${whose} rate of ${of}, ${percent(rate)}, ${LINE_SAYS[line]}.\n`)];
    }),
  ).join('');

const volumeWords = ({ wired, own, identities }: Stats): string => {
  const of = `${counted(own.bounces, 'bounce')}, ${counted(own.complaints, 'complaint')}`;
  if (own.volume === undefined) return `${of}. ${whyUnknown(identities)}\n`;
  const what = wired === 'deliveries' ? 'delivered or bounced' : 'accepted';
  return `${of}, of ${number(own.volume)} mails ${what}.\n`;
};

const TITLES: readonly (readonly [MetricName, string])[] = [
  [Metric.FEEDBACK, 'Feedback, by rule'],
  [Metric.SIMULATOR, 'Feedback of the mailbox simulator'],
  [Metric.RECIPIENTS, 'Recipients of sends'],
  [Metric.SEND_FAILED, 'Sends that failed'],
  [Metric.WAITING, 'Waits in the send queue, by why'],
  [Metric.LIST_UNAVAILABLE, 'Checks without the list'],
  [Metric.UNSUBSCRIBE, 'Unsubscribe address'],
  [Metric.MESSAGES, 'Other messages of SES'],
  [Metric.SENDS, 'Sends of unknown outcome'],
  [Metric.IDENTITY_UNWIRED, 'Identities that SES had un-wired'],
  [Metric.BREAKER, 'Circuit breaker'],
];

const group = (title: string, rules: readonly (readonly [string, number])[], paint: Paint): string => {
  const width = Math.max(...rules.map(([, count]) => number(count).length));
  const rows = rules.map(([rule, count]) => [
    { text: `  ${number(count).padStart(width)}` },
    { text: printable(rule) },
  ]);
  return `\n${paint.faint(title)}\n${columns(rows)}`;
};

const listGroup = ({ list, whole }: Stats, paint: Paint): string => {
  const { entries, byReason, complete } = list;
  const what = whole ? 'The list' : 'Changed in the list';
  if (entries === 0) return `\n${paint.faint(what)}\n  nothing\n`;
  const least = complete ? '' : ' at least';
  return group(`${what}:${least} ${number(entries)} suppressed or allowed`, [...byReason], paint);
};

/** What was counted, for people. */
export const statsWords = (stats: Stats, paint: Paint): string => {
  const { since, hours, counts, byStream } = stats;
  const groups = TITLES.flatMap(([metric, title]) => {
    const rules = counts.get(metric);
    return rules === undefined ? [] : [group(title, byCount(rules), paint)];
  });
  const none = groups.length === 0 ? '\nNothing was counted. New counts take a minute or two to show.\n' : '';
  return [
    `The last ${counted(hours, 'hour')}, since ${timeWords(since)}; all deployments of this account and Region\n`,
    ratesTable(stats, paint),
    volumeWords(stats),
    warnings(stats, paint),
    none,
    ...groups,
    byStream.size === 0 ? '' : group('Recipients sent to, by stream', byCount(byStream), paint),
    listGroup(stats, paint),
  ].join('');
};

const record = <T>(map: ReadonlyMap<string, T>): Record<string, T> => Object.fromEntries(map);

/** What was counted, as one JSON line; what is unknown is null. */
export const statsJson = (stats: Stats): string => {
  const { since, until, hours, wired, own, configurationSet, ses, counts, byStream, list, whole } = stats;
  const { volume = null, bounces, complaints, bounceRate = null, complaintRate = null } = own;
  return jsonLine({
    since: isoOrNull(since),
    until: isoOrNull(until),
    hours,
    rates: { wired, volume, bounces, complaints, bounceRate, complaintRate },
    ses: {
      configurationSet: configurationSet ?? null,
      bounceRate: ses.bounces ?? null,
      complaintRate: ses.complaints ?? null,
    },
    lines: SES_LINES,
    counts: Object.fromEntries([...counts].map(([metric, rules]) => [metric, record(rules)])),
    ...(byStream.size === 0 ? {} : { streams: record(byStream) }),
    list: {
      of: whole ? 'all' : 'changes',
      entries: list.entries,
      complete: list.complete,
      byReason: record(list.byReason),
    },
  });
};
