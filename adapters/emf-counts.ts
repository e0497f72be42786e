import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRIC_DIMENSION, METRIC_NAMESPACE, type MetricName } from '../core/contract/index.ts';
import type { Counts } from '../core/counts.ts';

/**
 * Counts written to standard output in CloudWatch's embedded metric format when they are flushed: one line a rule, one
 * dimension. Every metric and rule that ever occurs is a custom metric that CloudWatch bills, so rules are a closed set.
 *
 * @example const counts = emfCounts(); counts.add(Metric.FEEDBACK, 'hard-bounce'); counts.flush()
 */
export const emfCounts = (): Counts => {
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE });
  // Powertools makes the service a dimension of every metric; the contract has one dimension.
  metrics.clearDefaultDimensions();
  const counted = new Map<string, Map<MetricName, number>>();
  return {
    add(metric, rule, by = 1) {
      const ofRule = counted.get(rule) ?? new Map<MetricName, number>();
      ofRule.set(metric, (ofRule.get(metric) ?? 0) + by);
      counted.set(rule, ofRule);
    },
    flush() {
      for (const [rule, ofRule] of counted) {
        metrics.addDimension(METRIC_DIMENSION, rule);
        for (const [metric, count] of ofRule) metrics.addMetric(metric, MetricUnit.Count, count);
        metrics.publishStoredMetrics();
      }
      counted.clear();
    },
  };
};
