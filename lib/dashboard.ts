import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type HorizontalAnnotation,
  type IMetric,
  type IWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRIC_RULES, Metric, OTHER_STREAM, SES_LINES } from '../core/contract/index.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { WatchedFunctions } from './function-alarms.ts';
import { ageIn, durationOf, emitted, reputation, waitingIn } from './metrics.ts';
import { ownRates } from './own-rates.ts';

/** Options of {@link SuppressorDashboard}: what there is gets its graphs. */
export interface SuppressorDashboardProps extends WatchedFunctions {
  /**
   * Alarms whose states stand on top.
   *
   * @default - none
   */
  readonly alarms?: readonly Alarm[];
  /**
   * What pauses sending.
   *
   * @default - nothing does
   */
  readonly circuitBreaker?: CircuitBreaker;
}

const HALF = { width: 12, height: 6 };

const graph = (title: string, left: readonly IMetric[], unit: string, lines: readonly HorizontalAnnotation[] = []) =>
  new GraphWidget({
    ...HALF,
    title,
    left: [...left],
    leftAnnotations: [...lines],
    leftYAxis: { label: unit, showUnits: false, min: 0 },
  });

const counts = (title: string, left: readonly IMetric[]) =>
  new GraphWidget({ ...HALF, title, left: [...left], stacked: true, leftYAxis: { showUnits: false, min: 0 } });

/** SES's rate beside its lines, as fractions, as SES has them. */
const rate = (kind: 'Bounce' | 'Complaint', configurationSetName: string) => {
  const { review, pause } = SES_LINES[kind === 'Bounce' ? 'bounces' : 'complaints'];
  return graph(
    `${kind} rate, as SES reports it`,
    [
      reputation(kind, configurationSetName, { label: 'configuration set of this stack' }),
      reputation(kind, undefined, { label: 'whole account' }),
    ],
    'fraction',
    [
      { value: review, label: `SES reviews: ${100 * review} %`, color: '#ff7f0e' },
      { value: pause, label: `SES may pause: ${100 * pause} %`, color: '#d62728' },
    ],
  );
};

/**
 * One dashboard: SES's rates beside its lines, what came of mails and of requests, what waits, how long it takes and what
 * was set aside. Three dashboards of an account are free, the next ones cost $3 a month.
 *
 * @example new SuppressorDashboard(this, 'Dashboard', { feedback, sender, alarms: alarms.all });
 */
export class SuppressorDashboard extends Construct {
  /** The dashboard, with a name that CloudFormation makes. */
  public readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: SuppressorDashboardProps) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) });
    const { feedback, sender, identities, alarms = [] } = props;
    const set = sender.configurationSet.configurationSetName;
    if (alarms.length > 0)
      this.dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 4 }));
    this.dashboard.addWidgets(rate('Bounce', set), rate('Complaint', set));
    // Feedback is counted where it is read.
    if (feedback.function !== undefined) this.dashboard.addWidgets(ownRates(feedback.volume, identities !== undefined));
    this.dashboard.addWidgets(...byRule(props));
    this.dashboard.addWidgets(...latency(props));
    this.dashboard.addWidgets(...queues(props));
    if (props.circuitBreaker !== undefined) this.dashboard.addWidgets(...breaker(props.circuitBreaker));
    this.dashboard.addWidgets(
      new TextWidget({
        width: 24,
        height: 2,
        markdown:
          'Feedback, recipients, waiting and failures are counted by the functions of **all** deployments in this account and Region. ' +
          'What to do: `docs/runbook.md`; what is wrong: `npx ses-suppressor doctor`.',
      }),
    );
  }
}

const byRule = ({ feedback, sender, queue, unsubscribe }: SuppressorDashboardProps): IWidget[] => [
  ...(feedback.function === undefined
    ? []
    : [
        counts(
          'Feedback by rule (simulator left out)',
          METRIC_RULES.Feedback.map((rule) => emitted(Metric.FEEDBACK, rule)),
        ),
      ]),
  counts(
    'Recipients: sent, withheld, refused',
    METRIC_RULES.Recipients.map((rule) =>
      emitted(Metric.RECIPIENTS, rule, { label: rule === 'suppressed' ? 'withheld' : rule }),
    ),
  ),
  ...(sender.streams.length === 0
    ? []
    : [
        counts(
          'Recipients sent to, by stream',
          [...sender.streams, OTHER_STREAM].map((stream) => emitted(Metric.STREAM_RECIPIENTS, stream)),
        ),
      ]),
  counts(
    'Send requests that failed, by code',
    METRIC_RULES.SendFailed.map((rule) => emitted(Metric.SEND_FAILED, rule)),
  ),
  ...(queue === undefined
    ? []
    : [
        counts(
          'Queued requests given back to wait, by cause',
          METRIC_RULES.Waiting.map((rule) => emitted(Metric.WAITING, rule)),
        ),
      ]),
  ...(unsubscribe === undefined
    ? []
    : [
        counts(
          'Unsubscribe address, by what came of it',
          METRIC_RULES.Unsubscribe.map((rule) => emitted(Metric.UNSUBSCRIBE, rule)),
        ),
      ]),
];

const latency = ({ feedback, sender, queue }: SuppressorDashboardProps): IWidget[] => {
  const functions = [
    ...(feedback.function === undefined ? [] : [{ fn: feedback.function, label: 'feedback' }]),
    { fn: sender.function, label: 'send' },
    ...(queue === undefined ? [] : [{ fn: queue.function, label: 'queue' }]),
  ];
  const ages = [
    ...(feedback.queue === undefined ? [] : [ageIn(feedback.queue, { label: 'feedback' })]),
    ...(queue === undefined ? [] : [ageIn(queue.queue, { label: 'send requests' })]),
  ];
  return [
    graph(
      'Time an invocation takes',
      functions.flatMap(({ fn, label }) => [durationOf(fn, 'p50', label), durationOf(fn, 'p99', label)]),
      'milliseconds',
    ),
    ...(ages.length === 0 ? [] : [graph('Age of the oldest message received less than three times', ages, 'seconds')]),
  ];
};

const queues = ({ feedback, sender, queue }: SuppressorDashboardProps): IWidget[] => {
  const backlog = [
    ...(feedback.queue === undefined ? [] : [waitingIn(feedback.queue, { label: 'feedback' })]),
    ...(queue === undefined ? [] : [waitingIn(queue.queue, { label: 'send requests' })]),
  ];
  const setAside = [
    ...(feedback.deadLetterQueue === undefined ? [] : [waitingIn(feedback.deadLetterQueue, { label: 'feedback' })]),
    waitingIn(feedback.undeliveredQueue, { label: 'undelivered' }),
    waitingIn(sender.failedSends, { label: 'failed-sends' }),
    ...(queue === undefined ? [] : [waitingIn(queue.deadLetterQueue, { label: 'sends' })]),
  ];
  return [
    ...(backlog.length === 0 ? [] : [graph('Messages that wait', backlog, 'messages')]),
    graph('Dead letters, by the names that redrive knows', setAside, 'messages'),
  ];
};

const breaker = ({ function: fn }: CircuitBreaker): IWidget[] => [
  counts(
    'Circuit breaker: runs that paused sending, or saw a bad rate of too little mail',
    METRIC_RULES.Breaker.map((rule) => emitted(Metric.BREAKER, rule, { period: Duration.minutes(15) })),
  ),
  graph(
    'Circuit breaker: how often it looked, and failed',
    [
      fn.metricInvocations({ period: Duration.minutes(15), statistic: Stats.SUM, label: 'runs' }),
      fn.metricErrors({ period: Duration.minutes(15), statistic: Stats.SUM, label: 'failed' }),
    ],
    'runs in 15 minutes',
  ),
];
