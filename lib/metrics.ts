import { Duration } from 'aws-cdk-lib';
import { Metric as CloudWatchMetric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { METRIC_DIMENSION, METRIC_NAMESPACE, type MetricName, type MetricRule } from '../core/contract/index.ts';

/** How often alarms look, and what a point of most graphs stands for. */
export const FIVE_MINUTES = Duration.minutes(5);

/**
 * A metric that the functions emit: a sum of counts in five minutes. All deployments of an account and Region share them,
 * because a dimension for the stack would make each a custom metric more for every copy.
 *
 * @example emitted(Metric.FEEDBACK, 'hard-bounce')
 */
export const emitted = <M extends MetricName>(
  metricName: M,
  rule: MetricRule<M>,
  options: MetricOptions = {},
): CloudWatchMetric =>
  new CloudWatchMetric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [METRIC_DIMENSION]: rule },
    statistic: Stats.SUM,
    period: FIVE_MINUTES,
    label: rule,
    ...options,
  });

/**
 * SES's own rate, a fraction: of a configuration set that reports reputation, or of the whole account.
 *
 * @example reputation('Bounce', sender.configurationSet.configurationSetName, { label: 'this stack' })
 */
export const reputation = (
  kind: 'Bounce' | 'Complaint',
  configurationSetName: string | undefined,
  options: MetricOptions = {},
): CloudWatchMetric =>
  new CloudWatchMetric({
    namespace: 'AWS/SES',
    metricName: `Reputation.${kind}Rate`,
    ...(configurationSetName === undefined ? {} : { dimensionsMap: { 'ses:configuration-set': configurationSetName } }),
    statistic: Stats.MAXIMUM,
    period: Duration.minutes(15),
    ...options,
  });

/** Messages that lie in a queue and nobody has taken. */
export const waitingIn = (queue: Queue, options: MetricOptions = {}) =>
  queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES, ...options });

/**
 * Seconds that the oldest message of a queue has waited, except for those that were received three times: SQS leaves them
 * out, so that what fails again and again does not show here.
 */
export const ageIn = (queue: Queue, options: MetricOptions = {}) =>
  queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES, ...options });

/** Milliseconds an invocation took, as a percentile such as `p99`. */
export const durationOf = (fn: LambdaFunction, percentile: 'p50' | 'p99', label: string) =>
  fn.metricDuration({ statistic: percentile, period: FIVE_MINUTES, label: `${label} ${percentile}` });
