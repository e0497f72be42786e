import type { MetricName } from '../../../core/contract/index.ts';
import { METRIC_RULES } from '../../../core/contract/metric-rules.ts';
import type { Counts } from '../../../core/counts.ts';
import { promise } from '../target.ts';

/** Counts that hold the promise that each pair of metric and rule is one of a closed set: whatever else would be billed. */
export class ClosedCounts implements Counts {
  readonly #seen = new Set<string>();

  add(metric: MetricName, rule: string): void {
    const rules: readonly string[] = METRIC_RULES[metric];
    promise(rules.includes(rule), () => `the metric ${metric} was counted with the rule ${JSON.stringify(rule)}`);
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
export const countable = (...metrics: readonly MetricName[]): string[] =>
  metrics.flatMap((metric) => METRIC_RULES[metric].map((rule) => `${metric}/${rule}`));
