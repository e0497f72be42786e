import type { MetricName, MetricRule } from './contract/index.ts';

/** Counts of an invocation, by metric and by the one dimension `rule`. */
export interface Counts {
  add<M extends MetricName>(metric: M, rule: MetricRule<M>, by?: number): void;
  /** Writes what was counted and starts again from nothing. */
  flush(): void;
}
