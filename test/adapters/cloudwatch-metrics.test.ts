import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { CloudWatchMetrics } from '../../adapters/cloudwatch-metrics.ts';
import { DECISION_RULES } from '../../core/contract/index.ts';
import { DAY, HOUR } from '../../core/instant.ts';
import type { Counter } from '../../core/rates/metric-reader.ts';
import { MetricStore } from '../../local/metrics/metric-store.ts';
import { startMetricsServer } from '../../local/metrics/metrics-server.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const COMPLAINT: Counter = { metric: 'Feedback', rule: 'complaint' };
const client = new CloudWatchClient({ region: 'eu-west-1' });
const cloudwatch = mockClient(client);
beforeEach(() => cloudwatch.reset());
const metrics = new CloudWatchMetrics({ client });

test('adds up what every page holds', async () => {
  cloudwatch
    .on(GetMetricDataCommand)
    .resolvesOnce({ MetricDataResults: [{ Id: 'c0', StatusCode: 'PartialData', Values: [1, 2] }], NextToken: 'more' })
    .resolvesOnce({ MetricDataResults: [{ Id: 'c0', StatusCode: 'Complete', Values: [4] }] });
  expect(await metrics.sums([COMPLAINT], NOW - DAY, NOW)).toEqual([7]);
  expect(cloudwatch.commandCalls(GetMetricDataCommand)[1]?.args[0].input.NextToken).toBe('more');
});

test('asks for no more than 500 at once, and keeps their order', async () => {
  cloudwatch.on(GetMetricDataCommand).callsFake(({ MetricDataQueries = [] }) => ({
    MetricDataResults: MetricDataQueries.map(({ Id }: { Id: string }, i: number) => ({
      Id,
      StatusCode: 'Complete',
      Values: [i],
    })),
  }));
  const many = Array.from({ length: 501 }, () => COMPLAINT);
  const sums = await metrics.sums(many, NOW - DAY, NOW);
  expect(sums).toEqual([...Array.from({ length: 500 }, (_, i) => i), 0]);
  expect(cloudwatch.commandCalls(GetMetricDataCommand)).toHaveLength(2);
});

test.each([{ StatusCode: 'InternalError' as const }, undefined])(
  'guesses nothing where the answer is %j',
  async (result) => {
    const results = result === undefined ? [] : [{ Id: 'c0', Values: [1], ...result }];
    cloudwatch.on(GetMetricDataCommand).resolves({ MetricDataResults: results });
    await expect(metrics.sums([COMPLAINT], NOW - DAY, NOW)).rejects.toThrow('Feedback');
  },
);

test('reads what a server of the same protocol holds', async () => {
  const store = new MetricStore();
  const server = await startMetricsServer(store);
  const real = new CloudWatchClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const put = (name: string, rule: string, at: number, value: number) =>
    store.put({ namespace: 'SesSuppressor', name, dimensions: { rule } }, value, at);
  put('Feedback', 'hard-bounce', NOW - HOUR, 2);
  put('Feedback', 'hard-bounce', NOW - 2 * HOUR, 3);
  put('Feedback', 'hard-bounce', NOW - 2 * DAY, 100);
  const reputation = { namespace: 'AWS/SES', dimensions: { 'ses:configuration-set': 'Mine' } };
  store.put({ ...reputation, name: 'Reputation.BounceRate' }, 0.01, NOW - 2 * HOUR);
  store.put({ ...reputation, name: 'Reputation.BounceRate' }, 0.02, NOW - HOUR);
  try {
    const reader = new CloudWatchMetrics({ client: real });
    const counters = DECISION_RULES.map((rule): Counter => ({ metric: 'Feedback', rule }));
    const sums = await reader.sums(counters, NOW - DAY, NOW);
    expect(sums[DECISION_RULES.indexOf('hard-bounce')]).toBe(5);
    expect(sums.reduce((sum, each) => sum + each, 0)).toBe(5);
    expect(await reader.reputation('Mine', NOW - DAY, NOW)).toEqual({ bounces: 0.02, complaints: undefined });
  } finally {
    real.destroy();
    await server.stop();
  }
});
