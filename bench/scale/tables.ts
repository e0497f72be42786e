import { ASSUMPTIONS } from '../cost/assumptions.ts';
import { PRICES } from '../cost/prices.ts';
import { PEAK } from './assumptions.ts';
import { concurrency, demands, dollars, SENT, SIZES, silentConcurrency } from './flow.ts';
import { limits } from './limits.ts';
import type { Outcome } from './outcome.ts';
import { QUOTAS } from './quotas.ts';
import type { Results, ThrottleOutcome } from './results.ts';
import { peakRate, turnedFor } from './scenario.ts';

/** A table of the page, by the name of its place there. */
export interface Table {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const money = (value: number): string => `$${value < 100 ? value.toFixed(2) : whole(value)}`;

/** @example brief(2_700_617) // '2.7 M' */
const brief = (value: number): string => {
  for (const [unit, sign] of [
    [1e9, ' G'],
    [1e6, ' M'],
    [1e3, ' k'],
  ] as const)
    if (value >= unit) return `${+(value / unit).toPrecision(3)}${sign}`;
  return String(+value.toPrecision(3));
};

/** @example mailsADay(1_000_000) // '1 M' */
export const mailsADay = brief;

const SIZE_HEAD = SIZES.map((mails) => `${mailsADay(mails)} a day`);
const keyed = SENT[1] as string;

const sizes = (): Table => ({
  name: 'sizes',
  head: ['', ...SIZE_HEAD],
  rows: [
    ['mails a second, on average', ...SIZES.map((mails) => brief(mails / 86_400))],
    [`in the busiest hour (× ${PEAK.toFixed(2)})`, ...SIZES.map((mails) => brief(peakRate(mails)))],
    ...SENT.map((way) => [
      `dollars a day beside SES: ${way}`,
      ...SIZES.map((mails) => money(dollars(way, mails).find(({ part }) => part === 'all beside SES')?.aDay ?? 0)),
    ]),
    ['SES itself, à la carte', ...SIZES.map((mails) => money(mails * PRICES.sesMail.dollars))],
  ],
});

const costs = (): Table => ({
  name: 'costs',
  head: ['dollars a month', ...SIZE_HEAD],
  rows: dollars(keyed, SIZES[0]).map(({ part }, i) => [
    part,
    ...SIZES.map((mails) => money(dollars(keyed, mails)[i]?.aMonth ?? 0)),
  ]),
});

const requests = (): Table => ({
  name: 'requests',
  head: ['a day, with keys', ...SIZE_HEAD, 'a second in the busiest hour at 1 G'],
  rows: demands(keyed, SIZES[0]).map(({ what, unit }, i) => {
    const all = SIZES.map((mails) => demands(keyed, mails)[i]);
    const peak = all.at(-1)?.peak ?? 0;
    return [
      what,
      ...all.map((each) => brief(each?.aDay ?? 0)),
      unit === 'GB' ? `${(peak * 1024).toFixed(0)} MB` : brief(peak),
    ];
  }),
});

const running = (): Table => ({
  name: 'concurrency',
  head: ['invocations at a time', ...SIZE_HEAD],
  rows: [
    ['send function, on average', ...SIZES.map((mails) => brief(concurrency(mails / 86_400).send))],
    ['send function, busiest hour', ...SIZES.map((mails) => brief(concurrency(peakRate(mails)).send))],
    ['feedback function, on average', ...SIZES.map((mails) => brief(concurrency(mails / 86_400).feedback))],
    ['feedback function, busiest hour', ...SIZES.map((mails) => brief(concurrency(peakRate(mails)).feedback))],
    [
      'send function while the table does not answer, if there were no end',
      ...SIZES.map((mails) => brief(silentConcurrency(peakRate(mails)))),
    ],
  ],
});

const ends = (): Table => ({
  name: 'limits',
  head: ['mails a day', 'what ends', 'holds for', 'what to turn'],
  rows: limits().map(({ bitesAt, what, holdsFor, turn, confirmed, averaged }) => [
    `${brief(+bitesAt.toPrecision(2))}${averaged ? ' (mean)' : ''}`,
    `${what}${confirmed ? '' : ' (unconfirmed)'}`,
    holdsFor,
    turn,
  ]),
});

const turned = (): Table => ({
  name: 'turned',
  head: ['set for the runs', ...SIZE_HEAD],
  rows: [
    ['concurrency of the account', ...SIZES.map((mails) => whole(turnedFor(mails).concurrency))],
    ['read units a second of the table', ...SIZES.map((mails) => whole(turnedFor(mails).reads))],
    ['`batch.maxConcurrency`', ...SIZES.map((mails) => whole(turnedFor(mails).maxConcurrency))],
  ],
});

const span = (seconds: number): string =>
  seconds < 60
    ? `${Math.round(seconds)} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`;

const recovery = ({ recoveredAfter, moments }: Pick<Outcome, 'recoveredAfter' | 'moments'>): string => {
  if (recoveredAfter === null) return `more than ${span((moments.at(-1)?.at ?? 0) - 4500)}`;
  return recoveredAfter === 0 ? 'nothing to recover' : span(recoveredAfter * 60);
};

const GB_SECOND = PRICES.lambdaGbSecond.dollars;

const HEAD = [
  'most waiting',
  'oldest',
  'over after',
  'received, at most',
  'in flight',
  'functions',
  'dead letters',
  'Lambda time',
];
const cells = (outcome: Outcome): string[] => [
  brief(outcome.deepest),
  span(outcome.oldest),
  recovery(outcome),
  `${outcome.mostReceives} ×`,
  brief(outcome.mostInFlight),
  whole(outcome.mostFunctions),
  whole(outcome.deadLetters),
  money(outcome.gbSeconds * GB_SECOND),
];

const events = (name: string, outcomes: readonly Outcome[]): Table => ({
  name,
  head: ['mails a day', ...HEAD],
  rows: outcomes.map((outcome) => [mailsADay(outcome.mails), ...cells(outcome)]),
});

const varied = ({ varied: all }: Results): Table => ({
  name: 'varied',
  head: ['mails a day', 'what', 'with', ...HEAD],
  rows: all.map(({ what, outcome }) => [mailsADay(outcome.mails), outcome.happening, what, ...cells(outcome)]),
});

const throttles = (name: string, all: readonly ThrottleOutcome[]): Table => ({
  name,
  head: [
    'mails a day',
    'what',
    'functions',
    'they send',
    'the account may',
    'most waiting',
    'oldest',
    'over after',
    'refused by SES',
  ],
  rows: all.map((run) => [
    mailsADay(run.mails),
    run.what,
    String(run.functions),
    `${whole(run.functionsSend)}/s`,
    `${whole(run.rate)}/s`,
    brief(run.deepest),
    span(run.oldest),
    recovery(run),
    brief(run.refusals),
  ]),
});

const constants = (): Table => ({
  name: 'quotas',
  head: ['value', 'of what', 'source', 'looked up', ''],
  rows: Object.values(QUOTAS).map(({ value, unit, source, url, lookedUp, confirmed, raised }) => [
    whole(value),
    unit,
    `[${source}](${url})`,
    lookedUp,
    [confirmed ? '' : '**unconfirmed**', raised ? 'raised on request' : ''].filter(Boolean).join(', '),
  ]),
});

const taken = (): Table => ({
  name: 'shares',
  head: ['of the cost model', 'value'],
  rows: [
    ['mails that bounce', `${ASSUMPTIONS.bounceShare * 100} %`],
    ['mails that are complained about', `${ASSUMPTIONS.complaintShare * 100} %`],
    ['a mail in the send function', `${ASSUMPTIONS.sendSeconds * 1000} ms`],
    ['messages of feedback in a batch, where nothing waits', String(ASSUMPTIONS.feedbackBatch)],
  ],
});

/** The tables that need no simulation. */
export const modelTables = (): Table[] => [
  sizes(),
  costs(),
  requests(),
  running(),
  ends(),
  turned(),
  constants(),
  taken(),
];

/** The tables of what was simulated. */
export const resultTables = (results: Results): Table[] => {
  const of = (happening: string): Outcome[] => results.events.filter((each) => each.happening === happening);
  const bursts = [...of('burst'), ...results.bursts].sort((a, b) => a.mails - b.mails);
  return [
    events('burst', bursts),
    events('refused', of('outage, refused at once')),
    events('silent', of('outage, no answer')),
    events('unlimited', results.unlimited),
    varied(results),
    throttles('throttle', results.throttles),
  ];
};

/** A table in Markdown. */
export const markdown = ({ head, rows }: Table): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
