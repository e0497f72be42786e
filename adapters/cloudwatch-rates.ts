import {
  type CloudWatchClient,
  type Dimension,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { RateKind } from '../core/breaker/limits.ts';
import type { Rates, Readings } from '../core/breaker/rates.ts';
import type { Pausable } from '../core/breaker/sending.ts';
import { METRIC_DIMENSION, METRIC_NAMESPACE, Metric, type MetricName, RATE_RULES } from '../core/contract/index.ts';
import { HOUR, type Instant } from '../core/instant.ts';

/** What rates are measured of. */
export interface CloudWatchRatesOptions {
  /** See `cloudWatchClient` for one with sensible time limits. */
  readonly client: CloudWatchClient;
  /** Whose rates of SES are read. */
  readonly pausable: Pausable;
  /** What tells how many mails there were. */
  readonly volume: 'Delivery' | 'Send';
}

/** CloudWatch did not give all that was asked for. */
export class RatesIncomplete extends Error {
  override readonly name = 'RatesIncomplete';
  readonly code = 'RatesIncomplete';
}

/** SES writes its rates while mail is sent: one that is older than this says nothing of now. */
const FRESH_MS = 3 * HOUR;

/** A metric that is read, and what is made of its points. */
interface Wanted {
  readonly id: string;
  readonly query: MetricDataQuery;
}

const wanted = (
  id: string,
  [Namespace, MetricName]: readonly [string, string],
  Dimensions: Dimension[],
  [Stat, Period]: readonly [string, number],
): Wanted => ({
  id,
  query: { Id: id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Stat, Period }, ReturnData: true },
});

const counts = (prefix: string, metric: MetricName, rules: readonly string[]): Wanted[] =>
  rules.map((rule, i) =>
    wanted(`${prefix}${i}`, [METRIC_NAMESPACE, metric], [{ Name: METRIC_DIMENSION, Value: rule }], ['Sum', 60]),
  );

const reputation = (id: string, kind: 'Bounce' | 'Complaint', pausable: Pausable): Wanted =>
  wanted(
    id,
    ['AWS/SES', `Reputation.${kind}Rate`],
    pausable.kind === 'account' ? [] : [{ Name: 'ses:configuration-set', Value: pausable.name }],
    ['Maximum', 300],
  );

interface Point {
  readonly at: Instant;
  readonly value: number;
}

/** The points of each metric, from every page. */
const pointsOf = (results: readonly MetricDataResult[]): ReadonlyMap<string, readonly Point[]> => {
  const points = new Map<string, Point[]>();
  for (const { Id = '', Timestamps = [], Values = [] } of results) {
    const of = points.get(Id) ?? [];
    for (const [i, at] of Timestamps.entries()) of.push({ at: at.getTime(), value: Values[i] ?? Number.NaN });
    points.set(Id, of);
  }
  return points;
};

/** Of a metric that has more pages than one, only the last says how it went. */
const requireComplete = (wanted: readonly Wanted[], results: readonly MetricDataResult[]): void => {
  const codes = new Map(results.map(({ Id, StatusCode }) => [Id, StatusCode]));
  for (const { id } of wanted)
    if (codes.get(id) !== 'Complete')
      throw new RatesIncomplete(`CloudWatch answers ${codes.get(id) ?? 'nothing'} for the metric ${id}`);
};

/**
 * Rates as CloudWatch has them: SES's own, and our counts by rule. All deployments of an account and Region count into the
 * same metrics.
 *
 * @example await cloudWatchRates({ client, pausable, volume: 'Delivery' }).read(since, now)
 */
export const cloudWatchRates = ({ client, pausable, volume }: CloudWatchRatesOptions): Rates => {
  const events: Readonly<Record<RateKind, readonly Wanted[]>> = {
    bounces: counts('bounces', Metric.FEEDBACK, RATE_RULES.bounces),
    complaints: counts('complaints', Metric.FEEDBACK, RATE_RULES.complaints),
  };
  const others =
    volume === 'Delivery'
      ? counts('delivered', Metric.FEEDBACK, RATE_RULES.delivered)
      : counts('sent', Metric.MESSAGES, ['Send']);
  const ses: Readonly<Record<RateKind, Wanted>> = {
    bounces: reputation('sesBounces', 'Bounce', pausable),
    complaints: reputation('sesComplaints', 'Complaint', pausable),
  };
  const all = [...events.bounces, ...events.complaints, ...others, ses.bounces, ses.complaints];

  const ask = async (since: Instant, now: Instant): Promise<MetricDataResult[]> => {
    const results: MetricDataResult[] = [];
    let next: string | undefined;
    do {
      const page = await client.send(
        new GetMetricDataCommand({
          MetricDataQueries: all.map(({ query }) => query),
          StartTime: new Date(since),
          EndTime: new Date(now),
          ScanBy: 'TimestampDescending',
          ...(next === undefined ? {} : { NextToken: next }),
        }),
      );
      results.push(...(page.MetricDataResults ?? []));
      next = page.NextToken || undefined;
    } while (next !== undefined);
    return results;
  };

  return {
    async read(since, now): Promise<Readings> {
      const none = {
        ses: { bounces: undefined, complaints: undefined },
        events: { bounces: 0, complaints: 0 },
        volume: 0,
      };
      if (now <= since) return none;
      const results = await ask(since, now);
      requireComplete(all, results);
      const points = pointsOf(results);
      const within = (id: string, from: Instant) => (points.get(id) ?? []).filter(({ at }) => at >= from);
      const sum = (of: readonly Wanted[]): number =>
        of.flatMap(({ id }) => within(id, since)).reduce((total, { value }) => total + value, 0);
      const newest = ({ id }: Wanted): number | undefined =>
        within(id, Math.max(since, now - FRESH_MS)).reduce<Point | undefined>(
          (last, point) => (last === undefined || point.at > last.at ? point : last),
          undefined,
        )?.value;
      const bounces = sum(events.bounces);
      return {
        ses: { bounces: newest(ses.bounces), complaints: newest(ses.complaints) },
        events: { bounces, complaints: sum(events.complaints) },
        volume: sum(others) + (volume === 'Delivery' ? bounces : 0),
      };
    },
  };
};
