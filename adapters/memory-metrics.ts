import type { Instant } from '../core/instant.ts';
import type { Counter, MetricReader, Reputation } from '../core/rates/metric-reader.ts';

/** A count of some moment. */
interface Point {
  readonly counter: string;
  readonly at: Instant;
  readonly count: number;
}

const name = ({ metric, rule }: Counter): string => `${metric}\n${rule}`;

/**
 * Counts and rates in memory, for tests.
 *
 * @example const metrics = new MemoryMetrics(); metrics.count({ metric: 'Feedback', rule: 'complaint' }, now, 3);
 */
export class MemoryMetrics implements MetricReader {
  readonly #points: Point[] = [];
  /** What SES says of every configuration set. */
  rates: Reputation = { bounces: undefined, complaints: undefined };

  /** Counts something once more, or so many times. */
  count(counter: Counter, at: Instant, count = 1): void {
    this.#points.push({ counter: name(counter), at, count });
  }

  async sums(counters: readonly Counter[], since: Instant, until: Instant): Promise<readonly number[]> {
    return counters.map((counter) =>
      this.#points
        .filter((point) => point.counter === name(counter) && point.at >= since && point.at < until)
        .reduce((sum, { count }) => sum + count, 0),
    );
  }

  async reputation(): Promise<Reputation> {
    return this.rates;
  }
}
