import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { takeEmbedded } from '../../local/metrics/embedded-metrics.ts';
import type { MetricName } from '../../local/metrics/metric-store.ts';

/** One value of a metric. */
interface Value {
  readonly metric: MetricName;
  readonly value: number;
  readonly at: number;
}

const MOST_A_CALL = 100;

/**
 * Puts the metrics that functions write into their logs into CloudWatch, as AWS does by itself and ministack does not.
 */
export class EmbeddedMetricsBridge {
  readonly #client: CloudWatchClient;
  readonly #waiting: Value[] = [];
  readonly #sums = new Map<string, number>();

  constructor(client: CloudWatchClient) {
    this.#client = client;
  }

  /** Takes the metrics out of a line of a log. */
  take(line: string): void {
    takeEmbedded(line, {
      put: (metric, value, at = Date.now()) => {
        this.#waiting.push({ metric, value, at });
        const key = `${metric.name}/${metric.dimensions?.rule ?? ''}`;
        this.#sums.set(key, (this.#sums.get(key) ?? 0) + value);
      },
    });
  }

  /** What was counted so far, put or not. @example counted('Feedback', 'delivered') */
  counted(name: string, rule: string): number {
    return this.#sums.get(`${name}/${rule}`) ?? 0;
  }

  /** Puts everything taken so far. */
  async flush(): Promise<void> {
    const values = this.#waiting.splice(0);
    const namespaces = new Map<string, Value[]>();
    for (const value of values)
      namespaces.set(value.metric.namespace, [...(namespaces.get(value.metric.namespace) ?? []), value]);
    for (const [Namespace, all] of namespaces)
      for (let from = 0; from < all.length; from += MOST_A_CALL) {
        const MetricData = all
          .slice(from, from + MOST_A_CALL)
          .map(({ metric: { name, dimensions = {} }, value, at }) => ({
            MetricName: name,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
            Timestamp: new Date(at),
            Value: value,
          }));
        await this.#client.send(new PutMetricDataCommand({ Namespace, MetricData }));
      }
  }
}
