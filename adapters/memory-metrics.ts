import type { Instant } from '../core/instant.ts';
import type { Counter, MetricReader, Point, Reputation } from '../core/rates/metric-reader.ts';

/** What was counted at some moment. */
interface Counted extends Point {
  readonly counter: string;
}

const name = ({ metric, rule }: Counter): string => `${metric}\n${rule}`;

/**
 * Counts and rates in memory, for tests.
 *
 * @example const metrics = new MemoryMetrics(); metrics.count({ metric: 'Feedback', rule: 'complaint' }, now, 3);
 */
export class MemoryMetrics implements MetricReader {
  readonly #points: Counted[] = [];
  /** What SES says of every configuration set, and of the account. */
  rates: Reputation = { bounces: undefined, complaints: undefined };

  /** Counts something once more, or so many times. */
  count(counter: Counter, at: Instant, count = 1): void {
    this.#points.push({ counter: name(counter), at, value: count });
  }

  async sums(counters: readonly Counter[], since: Instant, until: Instant): Promise<readonly number[]> {
    return (await this.series(counters, since, until)).map((points) =>
      points.reduce((sum, { value }) => sum + value, 0),
    );
  }

  async series(counters: readonly Counter[], since: Instant, until: Instant): Promise<readonly (readonly Point[])[]> {
    return counters.map((counter) =>
      this.#points.filter((point) => point.counter === name(counter) && point.at >= since && point.at < until),
    );
  }

  async reputation(): Promise<Reputation> {
    return this.rates;
  }
}
