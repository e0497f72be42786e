import type { MetricName, MetricRule } from '../contract/index.ts';
import type { Instant } from '../instant.ts';

/** One series of counts: a metric of the contract and a value of its dimension. */
export type Counter = { [M in MetricName]: { readonly metric: M; readonly rule: MetricRule<M> } }[MetricName];

/** A count of the time that begins at `at`. */
export interface Point {
  readonly at: Instant;
  readonly value: number;
}

/** SES's own rates as fractions, the newest of a window; undefined: SES tells none. */
export interface Reputation {
  readonly bounces: number | undefined;
  readonly complaints: number | undefined;
}

/** What was counted, as CloudWatch keeps it. Points begin where `pointMillis` says, and none of before `since` is in it. */
export interface MetricReader {
  /**
   * How often each was counted in `[since, until)`, in the order asked; 0 where it never was. All deployments of an account
   * and Region count into the same.
   *
   * @throws when it cannot be said for any of them; no number is ever guessed
   */
  sums(counters: readonly Counter[], since: Instant, until: Instant): Promise<readonly number[]>;
  /**
   * The points of each in `[since, until)`, in the order asked and in no order of time; none where nothing was counted.
   *
   * @throws as `sums`
   */
  series(counters: readonly Counter[], since: Instant, until: Instant): Promise<readonly (readonly Point[])[]>;
  /**
   * SES's own rates, the newest of `[since, until)`.
   *
   * @param configurationSet - undefined: of the whole account
   * @throws when it cannot be said
   */
  reputation(configurationSet: string | undefined, since: Instant, until: Instant): Promise<Reputation>;
}
