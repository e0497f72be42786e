import { gunzipSync } from 'node:zlib';
import { answerAwsJson, JsonFault, type JsonInput } from '../http/aws-json.ts';
import { type LoopbackServer, type Received, serveOnLoopback } from '../http/loopback-server.ts';
import { type MetricName, type MetricStore, STATISTICS, type Statistic, type Summary } from './metric-store.ts';

/** CloudWatch's own limit. */
const MAX_REQUEST_BYTES = 1024 * 1024;
/** What a compressed request may become. */
const MAX_UNZIPPED_BYTES = 16 * MAX_REQUEST_BYTES;
const MOST_QUERIES = 500;
const ID = /^[a-z][A-Za-z0-9_]{0,254}$/;

const invalid = (message: string): JsonFault => new JsonFault('ValidationError', message);

/** What the endpoint can do, by the operation's name. */
const ACTIONS: Readonly<Record<string, (input: JsonInput, metrics: MetricStore) => object>> = {
  GetMetricData: (input, metrics) => {
    const queries = listOf(input.MetricDataQueries);
    if (queries.length === 0 || queries.length > MOST_QUERIES)
      throw invalid(`MetricDataQueries must have 1 to ${MOST_QUERIES} members.`);
    const range = { from: moment(input, 'StartTime'), to: moment(input, 'EndTime') };
    if (range.from >= range.to) throw invalid('StartTime must be less than EndTime.');
    const ids = new Set(queries.map(({ Id }) => Id));
    if (ids.size < queries.length) throw invalid('The values for parameter Id must be unique.');
    const ascending = input.ScanBy === 'TimestampAscending';
    return { MetricDataResults: queries.map((query) => answer(query, metrics, range, ascending)), Messages: [] };
  },
  PutMetricData: (input, metrics) => {
    const namespace = text(input, 'Namespace');
    for (const datum of listOf(input.MetricData)) {
      const metric = { namespace, name: text(datum, 'MetricName'), dimensions: dimensionsOf(datum.Dimensions) };
      const at = datum.Timestamp === undefined ? Date.now() : moment(datum, 'Timestamp');
      for (const summary of summaries(datum)) metrics.put(metric, summary, at);
    }
    return {};
  },
};

/** Serves metrics on the JSON protocol of CloudWatch: what was put is there at once. */
export const startMetricsServer = (metrics: MetricStore): Promise<LoopbackServer> => {
  const run = (operation: string, input: JsonInput): object => {
    const act = Object.hasOwn(ACTIONS, operation) ? ACTIONS[operation] : undefined;
    if (act === undefined) throw new JsonFault('UnknownOperationException', `${operation} is not served here`);
    return act(input, metrics);
  };
  return serveOnLoopback((request) => answerAwsJson(unzipped(request), '1.0', run), { maxBytes: MAX_REQUEST_BYTES });
};

/** Clients compress what is long. What cannot be unpacked is no request. */
const unzipped = (request: Received): Received => {
  if (request.headers['content-encoding'] !== 'gzip') return request;
  try {
    return { ...request, body: gunzipSync(request.body, { maxOutputLength: MAX_UNZIPPED_BYTES }) };
  } catch {
    return { ...request, body: Buffer.alloc(0) };
  }
};

function answer(
  query: JsonInput,
  metrics: MetricStore,
  range: { from: number; to: number },
  ascending: boolean,
): object {
  const id = text(query, 'Id');
  if (!ID.test(id)) throw invalid(`The value ${id} for parameter Id is not matching ${ID.source}.`);
  if (typeof query.MetricStat !== 'object' || query.MetricStat === null)
    throw invalid(`Only queries with MetricStat are served here, not ${id}.`);
  const stat: JsonInput = { ...query.MetricStat };
  const metric: JsonInput = { ...Object(stat.Metric) };
  const statistic = text(stat, 'Stat');
  if (!isStatistic(statistic)) throw invalid(`Stat ${statistic} is none of ${Object.keys(STATISTICS).join(', ')}.`);
  const seconds = Number(stat.Period);
  if (!Number.isInteger(seconds) || seconds < 60 || seconds % 60 !== 0)
    throw invalid(`Period must be a multiple of 60, not ${stat.Period}.`);
  const of: MetricName = {
    namespace: text(metric, 'Namespace'),
    name: text(metric, 'MetricName'),
    dimensions: dimensionsOf(metric.Dimensions),
  };
  const points = metrics.read(of, { ...range, periodMs: seconds * 1000, statistic });
  if (!ascending) points.reverse();
  return {
    Id: id,
    Label: typeof query.Label === 'string' ? query.Label : of.name,
    StatusCode: 'Complete',
    Timestamps: points.map(({ at }) => at / 1000),
    Values: points.map(({ value }) => value),
  };
}

const isStatistic = (name: string): name is Statistic => Object.hasOwn(STATISTICS, name);

/** What a datum says in any of its three ways. */
function summaries(datum: JsonInput): Summary[] {
  const of = (value: number, count = 1): Summary => ({ count, sum: value * count, least: value, most: value });
  if (Array.isArray(datum.Values)) {
    const times: readonly unknown[] = Array.isArray(datum.Counts) ? datum.Counts : [];
    return datum.Values.map((value, i) => of(Number(value), Number(times[i] ?? 1)));
  }
  if (typeof datum.StatisticValues === 'object' && datum.StatisticValues !== null) {
    const set: JsonInput = { ...datum.StatisticValues };
    const [count, sum, least, most] = ['SampleCount', 'Sum', 'Minimum', 'Maximum'].map((name) => Number(set[name]));
    return [{ count: count ?? 0, sum: sum ?? 0, least: least ?? 0, most: most ?? 0 }];
  }
  if (typeof datum.Value !== 'number') throw invalid('A datum needs Value, Values or StatisticValues.');
  return [of(datum.Value)];
}

function dimensionsOf(given: unknown): Record<string, string> {
  return Object.fromEntries(listOf(given).map((pair) => [text(pair, 'Name'), text(pair, 'Value')]));
}

const listOf = (value: unknown): JsonInput[] => (Array.isArray(value) ? value.map((member) => ({ ...member })) : []);

function text(input: JsonInput, member: string): string {
  const value = input[member];
  if (typeof value !== 'string' || value === '') throw invalid(`The parameter ${member} is required.`);
  return value;
}

/** Seconds since 1970, as the protocol has them, in milliseconds. */
function moment(input: JsonInput, member: string): number {
  const seconds = input[member];
  if (typeof seconds !== 'number') throw invalid(`The parameter ${member} must be a time.`);
  return seconds * 1000;
}
