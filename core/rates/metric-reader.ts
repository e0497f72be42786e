import type { MetricName, MetricRule } from '../contract/index.ts';
import type { Instant } from '../instant.ts';

/** One series of counts: a metric of the contract and a value of its dimension. */
export type Counter = { [M in MetricName]: { readonly metric: M; readonly rule: MetricRule<M> } }[MetricName];

/** SES's own rates as fractions, the newest of a window; undefined: SES tells none. */
export interface Reputation {
  readonly bounces: number | undefined;
  readonly complaints: number | undefined;
}

/** What was counted, as CloudWatch keeps it. */
export interface MetricReader {
  /**
   * How often each was counted in `[since, until)`, in the order asked; 0 where it never was. All deployments of an account
   * and Region count into the same.
   *
   * @throws when it cannot be said for any of them; no number is ever guessed
   */
  sums(counters: readonly Counter[], since: Instant, until: Instant): Promise<readonly number[]>;
  /**
   * SES's own rates of a configuration set.
   *
   * @throws when it cannot be said
   */
  reputation(configurationSet: string, since: Instant, until: Instant): Promise<Reputation>;
}
