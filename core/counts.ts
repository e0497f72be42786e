import type { Metric } from './contract/index.ts';

/** A metric name of the contract. */
export type MetricName = (typeof Metric)[keyof typeof Metric];

/** Counts of an invocation, by metric and by the one dimension `rule`. */
export interface Counts {
  add(metric: MetricName, rule: string, by?: number): void;
  /** Writes what was counted and starts again from nothing. */
  flush(): void;
}
