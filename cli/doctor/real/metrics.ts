import { type CloudWatchClient, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Instant } from '../../../core/instant.ts';
import { type MetricId, type Metrics, NotHereLocally } from '../ports.ts';

/** What AWS counts by itself, and a local cloud does not. */
const OF_AWS_ALONE = new Set(['AWS/Lambda', 'AWS/SNS', 'AWS/SQS']);

/** Fine enough for the newest value; a day of it, and an hour of a day's sums, fit into one page. */
const FINE_SECONDS = 300;
const COARSE_SECONDS = 3600;

interface Point {
  readonly at: Instant;
  readonly value: number;
}

/** CloudWatch's metrics in the Region of the client. */
export const realMetrics = (client: CloudWatchClient, local: boolean, now: () => Instant): Metrics => {
  const points = async (
    { namespace, name, dimensions }: MetricId,
    [Stat, Period]: readonly [string, number],
    from: Instant,
  ): Promise<Point[]> => {
    if (local && OF_AWS_ALONE.has(namespace)) throw new NotHereLocally(`nobody counts ${namespace} ${name}`);
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const Metric = { Namespace: namespace, MetricName: name, Dimensions };
    const found: Point[] = [];
    const asked = {
      MetricDataQueries: [{ Id: 'asked', MetricStat: { Metric, Stat, Period } }],
      StartTime: new Date(from),
      EndTime: new Date(now()),
    };
    for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, asked))
      for (const { Timestamps = [], Values = [] } of MetricDataResults)
        for (const [i, at] of Timestamps.entries()) found.push({ at: at.getTime(), value: Values[i] ?? Number.NaN });
    return found;
  };

  return {
    async sum(metric, from) {
      return (await points(metric, ['Sum', COARSE_SECONDS], from)).reduce((sum, { value }) => sum + value, 0);
    },
    async latest(metric, from) {
      const newest = (await points(metric, ['Maximum', FINE_SECONDS], from)).reduce<Point | null>(
        (last, point) => (last === null || point.at > last.at ? point : last),
        null,
      );
      return newest?.value ?? null;
    },
  };
};
