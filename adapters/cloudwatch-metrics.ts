import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { METRIC_DIMENSION, METRIC_NAMESPACE } from '../core/contract/index.ts';
import { DAY, type Instant, SECOND } from '../core/instant.ts';
import type { Counter, MetricReader, Point, Reputation } from '../core/rates/metric-reader.ts';
import { pointMillis } from '../core/rates/window.ts';

/** What the reader of CloudWatch is made of. */
export interface CloudWatchMetricsOptions {
  /** See `cloudWatchClient` for one with sensible time limits. */
  readonly client: CloudWatchClient;
}

/** CloudWatch did not give all that was asked for. */
export class MetricsIncomplete extends Error {
  override readonly name = 'MetricsIncomplete';
  readonly code = 'MetricsIncomplete';
}

/** CloudWatch's own limit of one request. */
const MOST_QUERIES = 500;
/** Seconds. SES writes its rates every few minutes. */
const REPUTATION_PERIOD = 300;

const counterQuery = ({ metric, rule }: Counter, i: number, Period: number): MetricDataQuery => ({
  Id: `c${i}`,
  MetricStat: {
    Metric: {
      Namespace: METRIC_NAMESPACE,
      MetricName: metric,
      Dimensions: [{ Name: METRIC_DIMENSION, Value: rule }],
    },
    Stat: 'Sum',
    Period,
  },
  ReturnData: true,
});

const reputationQuery = (
  Id: string,
  kind: 'Bounce' | 'Complaint',
  configurationSet: string | undefined,
): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      Namespace: 'AWS/SES',
      MetricName: `Reputation.${kind}Rate`,
      Dimensions: configurationSet === undefined ? [] : [{ Name: 'ses:configuration-set', Value: configurationSet }],
    },
    Stat: 'Maximum',
    Period: REPUTATION_PERIOD,
  },
  ReturnData: true,
});

const newest = (points: readonly Point[]): number | undefined =>
  points.reduce<Point | undefined>(
    (last, point) => (last === undefined || point.at > last.at ? point : last),
    undefined,
  )?.value;

/**
 * Counts and rates from CloudWatch: our own metrics by their one dimension, and SES's reputation of a configuration set or
 * of the account. Asks 500 at a time and reads every page.
 *
 * @example await new CloudWatchMetrics({ client }).sums([{ metric: 'Feedback', rule: 'complaint' }], since, until) // [3]
 */
export class CloudWatchMetrics implements MetricReader {
  readonly #client: CloudWatchClient;

  constructor({ client }: CloudWatchMetricsOptions) {
    this.#client = client;
  }

  async sums(counters: readonly Counter[], since: Instant, until: Instant): Promise<readonly number[]> {
    return (await this.series(counters, since, until)).map((points) =>
      points.reduce((sum, { value }) => sum + value, 0),
    );
  }

  async series(counters: readonly Counter[], since: Instant, until: Instant): Promise<readonly (readonly Point[])[]> {
    const series: (readonly Point[])[] = [];
    const period = pointMillis(since, until) / SECOND;
    for (let at = 0; at < counters.length; at += MOST_QUERIES) {
      const some = counters.slice(at, at + MOST_QUERIES);
      const queries = some.map((counter, i) => counterQuery(counter, i, period));
      const points = await this.#ask(queries, since, until);
      series.push(...some.map((_, i) => points.get(`c${i}`) ?? []));
    }
    return series;
  }

  async reputation(configurationSet: string | undefined, since: Instant, until: Instant): Promise<Reputation> {
    const queries = [
      reputationQuery('bounces', 'Bounce', configurationSet),
      reputationQuery('complaints', 'Complaint', configurationSet),
    ];
    // SES writes its rates while mail is sent: an older one says nothing of now.
    const points = await this.#ask(queries, Math.max(since, until - DAY), until);
    return { bounces: newest(points.get('bounces') ?? []), complaints: newest(points.get('complaints') ?? []) };
  }

  /** The points of every query. */
  async #ask(
    queries: readonly MetricDataQuery[],
    since: Instant,
    until: Instant,
  ): Promise<ReadonlyMap<string, readonly Point[]>> {
    const points = new Map<string, Point[]>();
    // CloudWatch refuses a window that is empty.
    if (until <= since) return points;
    const codes = new Map<string, MetricDataResult['StatusCode']>();
    let next: string | undefined;
    do {
      const page = await this.#client.send(
        new GetMetricDataCommand({
          MetricDataQueries: [...queries],
          StartTime: new Date(since),
          EndTime: new Date(until),
          ScanBy: 'TimestampDescending',
          ...(next === undefined ? {} : { NextToken: next }),
        }),
      );
      for (const { Id = '', Timestamps = [], Values = [], StatusCode } of page.MetricDataResults ?? []) {
        if (Timestamps.length !== Values.length)
          throw new MetricsIncomplete(`CloudWatch answers ${Values.length} values of ${Timestamps.length} times`);
        const found = Timestamps.map((at, i): Point => ({ at: at.getTime(), value: Values[i] ?? 0 }));
        points.set(Id, [...(points.get(Id) ?? []), ...found.filter(({ at }) => at >= since)]);
        // Of a metric that has more pages than one, only the last says how it went.
        codes.set(Id, StatusCode);
      }
      next = page.NextToken || undefined;
    } while (next !== undefined);
    for (const { Id = '', MetricStat } of queries)
      if (codes.get(Id) !== 'Complete')
        throw new MetricsIncomplete(
          `CloudWatch answers ${codes.get(Id) ?? 'nothing'} for ${MetricStat?.Metric?.MetricName}`,
        );
    return points;
  }
}
