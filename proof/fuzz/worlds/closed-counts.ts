import { type ClosedMetricName, Metric, type MetricName, OTHER_STREAM } from '../../../core/contract/index.ts';
import { METRIC_RULES } from '../../../core/contract/metric-rules.ts';
import type { Counts } from '../../../core/counts.ts';
import { promise } from '../target.ts';

/** Counts that hold the promise that each pair of metric and rule is one of a closed set: whatever else would be billed. */
export class ClosedCounts implements Counts {
  readonly #seen = new Set<string>();
  readonly #streams: readonly string[];

  /** @param streams - those that the configuration names */
  constructor(streams: readonly string[] = []) {
    this.#streams = streams.length === 0 ? [] : [...streams, OTHER_STREAM];
  }

  add(metric: MetricName, rule: string): void {
    const rules = metric === Metric.STREAM_RECIPIENTS ? this.#streams : METRIC_RULES[metric];
    promise(
      rules.some((each) => each === rule),
      () => `the metric ${metric} was counted with the rule ${JSON.stringify(rule)}`,
    );
    this.#seen.add(`${metric}/${rule}`);
  }

  flush(): void {}

  /** What was counted since, and forgets it. */
  take(): readonly string[] {
    const seen = [...this.#seen];
    this.#seen.clear();
    return seen;
  }
}

/** All that can be counted in these metrics. */
export const countable = (...metrics: readonly ClosedMetricName[]): string[] =>
  metrics.flatMap((metric) => METRIC_RULES[metric].map((rule) => `${metric}/${rule}`));
