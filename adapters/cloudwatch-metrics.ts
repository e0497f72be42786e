import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { METRIC_DIMENSION, METRIC_NAMESPACE } from '../core/contract/index.ts';
import { DAY, type Instant, SECOND } from '../core/instant.ts';
import type { Counter, MetricReader, Reputation } from '../core/rates/metric-reader.ts';
import { pointMillis } from '../core/rates/window.ts';

/** What the reader of CloudWatch is made of. */
export interface CloudWatchMetricsOptions {
  /** See `cloudWatchClient` for one with sensible time limits. */
  readonly client: CloudWatchClient;
}

/** CloudWatch did not give all that was asked for. */
export class MetricsIncomplete extends Error {
  override readonly name = 'MetricsIncomplete';
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

const reputationQuery = (Id: string, kind: 'Bounce' | 'Complaint', configurationSet: string): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      Namespace: 'AWS/SES',
      MetricName: `Reputation.${kind}Rate`,
      Dimensions: [{ Name: 'ses:configuration-set', Value: configurationSet }],
    },
    Stat: 'Maximum',
    Period: REPUTATION_PERIOD,
  },
  ReturnData: true,
});

const add = (sum: number, value: number): number => sum + value;

/**
 * Counts and rates from CloudWatch: our own metrics by their one dimension, and SES's reputation of a configuration set.
 * Asks 500 at a time and reads every page.
 *
 * @example await new CloudWatchMetrics({ client }).sums([{ metric: 'Feedback', rule: 'complaint' }], since, until) // [3]
 */
export class CloudWatchMetrics implements MetricReader {
  readonly #client: CloudWatchClient;

  constructor({ client }: CloudWatchMetricsOptions) {
    this.#client = client;
  }

  async sums(counters: readonly Counter[], since: Instant, until: Instant): Promise<readonly number[]> {
    const sums: number[] = [];
    const period = pointMillis(since, until) / SECOND;
    for (let at = 0; at < counters.length; at += MOST_QUERIES) {
      const some = counters.slice(at, at + MOST_QUERIES);
      const values = await this.#ask(
        some.map((counter, i) => counterQuery(counter, i, period)),
        since,
        until,
      );
      sums.push(...some.map((_, i) => (values.get(`c${i}`) ?? []).reduce(add, 0)));
    }
    return sums;
  }

  async reputation(configurationSet: string, since: Instant, until: Instant): Promise<Reputation> {
    const queries = [
      reputationQuery('bounces', 'Bounce', configurationSet),
      reputationQuery('complaints', 'Complaint', configurationSet),
    ];
    // SES writes its rates while mail is sent: an older one says nothing of now.
    const values = await this.#ask(queries, Math.max(since, until - DAY), until);
    return { bounces: values.get('bounces')?.[0], complaints: values.get('complaints')?.[0] };
  }

  /** The values of every query, newest first. */
  async #ask(
    queries: readonly MetricDataQuery[],
    since: Instant,
    until: Instant,
  ): Promise<ReadonlyMap<string, readonly number[]>> {
    const values = new Map<string, number[]>();
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
      for (const { Id = '', Values = [], StatusCode } of page.MetricDataResults ?? []) {
        values.set(Id, [...(values.get(Id) ?? []), ...Values]);
        codes.set(Id, StatusCode);
      }
      next = page.NextToken || undefined;
    } while (next !== undefined);
    for (const { Id = '', MetricStat } of queries)
      if (codes.get(Id) !== 'Complete')
        throw new MetricsIncomplete(`CloudWatch answers ${codes.get(Id)} for ${MetricStat?.Metric?.MetricName}`);
    return values;
  }
}
