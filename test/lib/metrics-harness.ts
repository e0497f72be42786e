import type { Template } from 'aws-cdk-lib/assertions';
import { METRIC_DIMENSION, METRIC_NAMESPACE, METRIC_RULES, Metric, OTHER_STREAM } from '../../core/contract/index.ts';
import { resources, words } from './harness.ts';

/** A metric as an alarm or a dashboard names it. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What AWS emits, of what is used here, with the dimensions it has: SES's rates also without, for the whole account. */
const OF_AWS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'AWS/SQS ApproximateNumberOfMessagesVisible': [['QueueName']],
  'AWS/SQS ApproximateAgeOfOldestMessage': [['QueueName']],
  'AWS/Lambda Errors': [['FunctionName']],
  'AWS/Lambda Throttles': [['FunctionName']],
  'AWS/Lambda Invocations': [['FunctionName']],
  'AWS/Lambda Duration': [['FunctionName']],
  'AWS/SES Reputation.BounceRate': [['ses:configuration-set'], []],
  'AWS/SES Reputation.ComplaintRate': [['ses:configuration-set'], []],
};

/** Streams that stacks of tests count. */
export const COUNTED = ['receipts', 'newsletter'];

const RULES: Readonly<Record<string, readonly string[]>> = {
  ...METRIC_RULES,
  [Metric.STREAM_RECIPIENTS]: [...COUNTED, OTHER_STREAM],
};

/** Why nobody emits this metric, or undefined if somebody does. */
export const nobodyEmits = ({ namespace, name, dimensions }: Named): string | undefined => {
  const names = Object.keys(dimensions);
  if (namespace === METRIC_NAMESPACE) {
    if (RULES[name] === undefined) return `no metric ${name}`;
    if (names.join() !== METRIC_DIMENSION) return `${name} has the dimension ${METRIC_DIMENSION}, not ${names.join()}`;
    const rule = dimensions[METRIC_DIMENSION] ?? '';
    return RULES[name].includes(rule) ? undefined : `${name} is never counted as ${rule}`;
  }
  const known = OF_AWS[`${namespace} ${name}`];
  if (known === undefined) return `AWS is not known to emit ${namespace} ${name}`;
  return known.some((each) => each.join() === names.join()) ? undefined : `${name} has no dimensions ${names.join()}`;
};

interface RawMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

const named = ({ Namespace, MetricName, Dimensions = [] }: RawMetric): Named => ({
  namespace: Namespace,
  name: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, words(Value)])),
});

/** Metrics that an alarm looks at: CloudWatch bills each. */
export const metricsOfAlarm = (properties: Readonly<Record<string, unknown>>): Named[] => {
  const several = properties.Metrics as { readonly MetricStat?: { readonly Metric: RawMetric } }[] | undefined;
  if (several === undefined) return [named(properties as unknown as RawMetric)];
  return several.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [named(MetricStat.Metric)]));
};

/** Every alarm of a template by what its logical id begins with, without the hash. */
export const alarmsOf = (template: Template): Record<string, Readonly<Record<string, unknown>>> =>
  Object.fromEntries(
    Object.entries(resources(template, 'AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => [
      id.replace(/^Alarms(.*)[0-9A-F]{8}$/, '$1'),
      Properties,
    ]),
  );

/** A widget of a dashboard, references as `<LogicalId>`. */
export interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: { readonly horizontal: readonly { readonly value: number; readonly label: string }[] };
    readonly start?: string;
    readonly setPeriodToTimeRange?: boolean;
  };
}

/** The widgets of the only dashboard of a template. */
export const widgetsOf = (template: Template): Widget[] => {
  const [dashboard, ...more] = Object.values(resources(template, 'AWS::CloudWatch::Dashboard'));
  expect(more).toEqual([]);
  return JSON.parse(words(dashboard?.Properties.DashboardBody)).widgets;
};

/** Metrics of a widget: `[namespace, name, dimension, value, …, options]`, or an expression, which is left out. */
export const metricsOfWidget = ({ properties }: Widget): Named[] =>
  (properties.metrics ?? []).flatMap((row) => {
    const texts = row.filter((cell): cell is string => typeof cell === 'string');
    const [namespace, name, ...pairs] = texts;
    if (namespace === undefined || name === undefined) return [];
    const dimensions = Object.fromEntries(
      pairs.flatMap((key, i) => (i % 2 === 0 ? [[key, pairs[i + 1] ?? ''] as const] : [])),
    );
    return [{ namespace, name, dimensions }];
  });
