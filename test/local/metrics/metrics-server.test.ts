import { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import type { LoopbackServer } from '../../../local/http/loopback-server.ts';
import { takeEmbedded } from '../../../local/metrics/embedded-metrics.ts';
import { MetricStore } from '../../../local/metrics/metric-store.ts';
import { startMetricsServer } from '../../../local/metrics/metrics-server.ts';

const MINUTE = 60_000;
const NOW = Math.floor(Date.now() / (5 * MINUTE)) * 5 * MINUTE;
const NAMESPACE = 'SesSuppressor';
const BOUNCE = { namespace: NAMESPACE, name: 'Feedback', dimensions: { rule: 'hard-bounce' } };

let metrics: MetricStore;
let server: LoopbackServer;
let client: CloudWatchClient;
beforeEach(async () => {
  metrics = new MetricStore();
  server = await startMetricsServer(metrics);
  client = new CloudWatchClient({ ...DUMMY_CREDENTIALS, endpoint: server.url, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

const query = (over: { Stat?: string; Period?: number; rule?: string; Id?: string } = {}) => ({
  Id: over.Id ?? 'a',
  MetricStat: {
    Metric: {
      Namespace: NAMESPACE,
      MetricName: 'Feedback',
      Dimensions: [{ Name: 'rule', Value: over.rule ?? 'hard-bounce' }],
    },
    Stat: over.Stat ?? 'Sum',
    Period: over.Period ?? 60,
  },
});
const get = async (queries: ReturnType<typeof query>[], more: object = {}) =>
  (
    await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(NOW - 60 * MINUTE),
        EndTime: new Date(NOW),
        ...more,
      }),
    )
  ).MetricDataResults ?? [];

describe('The local CloudWatch', () => {
  test('gives what was put, the newest period first, unless asked otherwise', async () => {
    metrics.put(BOUNCE, 2, NOW - 10 * MINUTE);
    metrics.put(BOUNCE, 3, NOW - 10 * MINUTE + 59_999);
    metrics.put(BOUNCE, 7, NOW - 1);
    const times = [NOW - MINUTE, NOW - 10 * MINUTE].map((at) => new Date(at));
    expect(await get([query()])).toEqual([
      { Id: 'a', Label: 'Feedback', StatusCode: 'Complete', Timestamps: times, Values: [7, 5] },
    ]);
    const [ascending] = await get([query()], { ScanBy: 'TimestampAscending' });
    expect(ascending?.Values).toEqual([5, 7]);
  });

  test.each([
    ['Sum', 12],
    ['SampleCount', 3],
    ['Average', 4],
    ['Minimum', 2],
    ['Maximum', 7],
  ])('makes the %s of a period', async (Stat, value) => {
    for (const [i, each] of [2, 3, 7].entries()) metrics.put(BOUNCE, each, NOW - (5 - i) * MINUTE);
    const [found] = await get([query({ Stat, Period: 300 })]);
    expect([found?.Timestamps, found?.Values]).toEqual([[new Date(NOW - 5 * MINUTE)], [value]]);
  });

  test('keeps each combination of dimensions for itself, and knows nothing of others', async () => {
    metrics.put(BOUNCE, 2, NOW - MINUTE);
    metrics.put({ ...BOUNCE, dimensions: {} }, 9, NOW - MINUTE);
    const found = await get([query(), query({ Id: 'b', rule: 'complaint' })]);
    expect(found.map(({ Id, Values }) => [Id, Values])).toEqual([
      ['a', [2]],
      ['b', []],
    ]);
  });

  test('takes what clients put, in each of the three ways, compressed or not', async () => {
    const Dimensions = [{ Name: 'rule', Value: 'hard-bounce' }];
    const Timestamp = new Date(NOW - MINUTE);
    const datum = { MetricName: 'Feedback', Dimensions, Timestamp };
    const many = Array.from({ length: 300 }, () => ({ ...datum, Value: 1 }));
    for (const MetricData of [
      [{ ...datum, Value: 1 }],
      [{ ...datum, Values: [2, 3], Counts: [10, 1] }],
      [{ ...datum, StatisticValues: { SampleCount: 2, Sum: 30, Minimum: 10, Maximum: 20 } }],
      many,
    ])
      await client.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData }));
    const values = (await get([query(), query({ Id: 'b', Stat: 'Maximum' })])).flatMap(({ Values = [] }) => Values);
    expect(values).toEqual([1 + 23 + 30 + 300, 20]);
  });

  test('ages, as if time had passed', async () => {
    metrics.put(BOUNCE, 2, NOW - MINUTE);
    metrics.age(10);
    expect((await get([query()]))[0]?.Timestamps).toEqual([new Date(NOW - 11 * MINUTE)]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['Stat p99', () => get([query({ Stat: 'p99' })])],
    ['Period', () => get([query({ Period: 90 })])],
    ['StartTime', () => get([query()], { StartTime: new Date(NOW) })],
    ['unique', () => get([query(), query()])],
    ['not matching', () => get([query({ Id: 'Upper' })])],
    ['MetricDataQueries', () => get([])],
    ['MetricStat', () => get([{ Id: 'e', Expression: 'a + b' } as never])],
  ])('refuses what CloudWatch refuses or what is not served: %s', async (words, asked) => {
    await expect(asked()).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(words),
    });
  });
});

describe('embedded metrics', () => {
  const line = (over: object = {}) =>
    JSON.stringify({
      _aws: {
        Timestamp: NOW - MINUTE,
        CloudWatchMetrics: [
          { Namespace: NAMESPACE, Dimensions: [['rule']], Metrics: [{ Name: 'Feedback', Unit: 'Count' }] },
        ],
      },
      rule: 'hard-bounce',
      Feedback: 3,
      ...over,
    });
  const sum = () =>
    metrics
      .read(BOUNCE, { from: 0, to: NOW, periodMs: MINUTE, statistic: 'Sum' })
      .reduce((total, { value }) => total + value, 0);

  test('are taken at their own time, also several values of one', () => {
    takeEmbedded(line(), metrics);
    takeEmbedded(line({ Feedback: [1, 2] }), metrics);
    expect(metrics.read(BOUNCE, { from: 0, to: NOW, periodMs: MINUTE, statistic: 'Sum' })).toEqual([
      { at: NOW - MINUTE, value: 6 },
    ]);
  });

  test.each([
    '',
    'plain',
    '{"level":"INFO"}',
    '"_aws"',
    '{"_aws":',
    '{"_aws":null}',
    '{"_aws":{}}',
    line({ Feedback: 'x' }),
  ])('are not made of other lines: %s', (other) => {
    takeEmbedded(other, metrics);
    expect(sum()).toBe(0);
  });
});
