import { Template } from 'aws-cdk-lib/assertions';
import { METRIC_RULES, Output } from '../../core/contract/index.ts';
import type { SuppressorStackProps } from '../../lib/index.ts';
import { EVERYTHING, only, resources, suppressor, suppressorTemplate, testApp, words } from './harness.ts';
import { COUNTED, metricsOfWidget, nobodyEmits, type Widget, widgetsOf } from './metrics-harness.ts';

const SHAPES: [string, SuppressorStackProps][] = [
  ['the defaults', {}],
  ['everything', EVERYTHING],
  ['direct delivery', { delivery: 'direct', queue: false }],
  ['what SES accepts', { deliveries: false }],
  ['no volume at all', { deliveries: false, idempotency: false, queue: false }],
];

const widgets = (props: SuppressorStackProps = {}) => widgetsOf(suppressorTemplate(props));
const titled = (all: readonly Widget[], title: string): Widget => {
  const found = all.filter(({ properties }) => properties.title?.startsWith(title));
  expect(found).toHaveLength(1);
  return found[0] as Widget;
};
const expressions = ({ properties }: Widget): string[] =>
  (properties.metrics ?? []).flatMap((row) =>
    row.flatMap((cell) =>
      typeof cell === 'object' && cell !== null && 'expression' in cell ? [String(cell.expression)] : [],
    ),
  );

test.each(SHAPES)('shows no metric that nobody emits: %s', (_what, props) => {
  const metrics = widgets(props).flatMap(metricsOfWidget);
  expect(metrics.length).toBeGreaterThan(30);
  expect(metrics.map(nobodyEmits).filter((why) => why !== undefined)).toEqual([]);
});

test("shows SES's rates beside the lines at which it reviews and pauses", () => {
  for (const [kind, lines] of [
    ['Bounce', [0.05, 0.1]],
    ['Complaint', [0.001, 0.005]],
  ] as const) {
    const widget = titled(widgets(), `${kind} rate`);
    expect(widget.properties.annotations?.horizontal.map(({ value }) => value)).toEqual(lines);
    expect(metricsOfWidget(widget)).toEqual([
      {
        namespace: 'AWS/SES',
        name: `Reputation.${kind}Rate`,
        dimensions: { 'ses:configuration-set': '<SenderConfigurationSet4EA65E7D>' },
      },
      { namespace: 'AWS/SES', name: `Reputation.${kind}Rate`, dimensions: {} },
    ]);
  }
});

describe('our own rates', () => {
  const ofFeedback = (rule: string) => ({ namespace: 'SesSuppressor', name: 'Feedback', dimensions: { rule } });

  test('are shares of what was delivered or bounced in the last 24 hours', () => {
    const widget = titled(widgets(), 'Our own rates');
    expect(widget.properties).toMatchObject({ start: '-PT24H', setPeriodToTimeRange: true });
    const bounces = '(FILL(b0, 0) + FILL(b1, 0) + FILL(b2, 0))';
    expect(expressions(widget)).toEqual([
      `100 * ${bounces} / (accepted + ${bounces})`,
      `100 * (FILL(c0, 0)) / (accepted + ${bounces})`,
    ]);
    expect(new Set(metricsOfWidget(widget).map(({ dimensions }) => dimensions.rule))).toEqual(
      new Set(['hard-bounce', 'dead-address', 'listed-global', 'complaint', 'delivered']),
    );
    expect(metricsOfWidget(widget)).toContainEqual(ofFeedback('delivered'));
  });

  test('are shares of what was accepted where deliveries are off', () => {
    const widget = titled(widgets({ deliveries: false }), 'Our own rates');
    expect(expressions(widget)[1]).toBe('100 * (FILL(c0, 0)) / accepted');
    const accepted = { namespace: 'SesSuppressor', name: 'Messages', dimensions: { rule: 'Send' } };
    expect(metricsOfWidget(widget)).toContainEqual(accepted);
    expect(metricsOfWidget(widget)).not.toContainEqual(ofFeedback('delivered'));
  });

  test.each<[SuppressorStackProps, string]>([
    [{ deliveries: false, idempotency: false, queue: false }, 'unknown: deliveries are off, so nothing says'],
    [
      { deliveries: false, identities: ['ledger.example'] },
      'unknown: deliveries are off, and what SES accepts is only',
    ],
  ])('are unknown and no zero with %j', (props, text) => {
    const all = widgets(props);
    expect(all.filter(({ properties }) => properties.title?.startsWith('Our own rates'))).toEqual([]);
    expect(all.filter(({ properties }) => properties.markdown?.includes(text))).toHaveLength(1);
    expect(all.flatMap(expressions)).toEqual([]);
  });
});

test('shows every rule of feedback, recipients, failures and waiting', () => {
  const all = widgets(EVERYTHING);
  const rules = (title: string) => metricsOfWidget(titled(all, title)).map(({ dimensions }) => dimensions.rule);
  expect(rules('Feedback by rule')).toEqual(METRIC_RULES.Feedback);
  expect(rules('Recipients')).toEqual(METRIC_RULES.Recipients);
  expect(rules('Send requests that failed')).toEqual(METRIC_RULES.SendFailed);
  expect(rules('Queued requests given back')).toEqual(METRIC_RULES.Waiting);
  expect(rules('Unsubscribe address')).toEqual(METRIC_RULES.Unsubscribe);
});

test('shows recipients by stream, if any is counted', () => {
  const of = (props: SuppressorStackProps) =>
    widgets(props).filter(({ properties }) => properties.title === 'Recipients sent to, by stream');
  const [widget, ...more] = of({ streams: COUNTED }).map(metricsOfWidget);
  expect(widget?.map(({ name, dimensions }) => [name, dimensions.rule])).toEqual(
    ['receipts', 'newsletter', 'other'].map((stream) => ['StreamRecipients', stream]),
  );
  expect([more, of({})]).toEqual([[], []]);
});

test('shows what the circuit breaker did, if there is one', () => {
  const of = (props: SuppressorStackProps) =>
    widgets(props).filter(({ properties }) => properties.title?.startsWith('Circuit breaker'));
  const [did, ran] = of({}).map(metricsOfWidget);
  expect(did?.map(({ name, dimensions }) => [name, dimensions.rule])).toEqual([
    ['Breaker', 'tripped'],
    ['Breaker', 'below-minimum'],
  ]);
  expect(ran?.map(({ name, dimensions }) => [name, dimensions.FunctionName])).toEqual([
    ['Invocations', expect.stringMatching(/^<CircuitBreakerFunction/)],
    ['Errors', expect.stringMatching(/^<CircuitBreakerFunction/)],
  ]);
  expect(of({ circuitBreaker: false })).toEqual([]);
});

test('shows backlog, ages and dead letters of the queues there are', () => {
  const queues = (props: SuppressorStackProps, title: string) =>
    metricsOfWidget(titled(widgets(props), title)).map(({ dimensions }) => dimensions.QueueName);
  expect(queues({}, 'Messages that wait')).toHaveLength(2);
  expect(queues({ queue: false }, 'Age of the oldest')).toHaveLength(1);
  expect(queues({}, 'Dead letters')).toHaveLength(4);
  expect(queues({ queue: false }, 'Dead letters')).toHaveLength(3);
});

test('shows the state of every alarm, if there are any', () => {
  const shown = (props: SuppressorStackProps) => widgets(props).flatMap(({ properties }) => properties.alarms ?? []);
  expect(shown({})).toHaveLength(Object.keys(resources(suppressorTemplate(), 'AWS::CloudWatch::Alarm')).length);
  expect(shown({ alarms: false })).toEqual([]);
});

test('has no name of its own, is told by an output, and can be left out', () => {
  const app = testApp();
  const template = Template.fromStack(suppressor({}, app));
  const [id = ''] = Object.keys(resources(template, 'AWS::CloudWatch::Dashboard'));
  expect(only(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardName).toBeUndefined();
  expect(words(template.findOutputs(Output.DASHBOARD_NAME).DashboardName?.Value)).toBe(`<${id}>`);
  const without = suppressorTemplate({ dashboard: false });
  expect(resources(without, 'AWS::CloudWatch::Dashboard')).toEqual({});
  expect(without.findOutputs(Output.DASHBOARD_NAME)).toEqual({});
});
