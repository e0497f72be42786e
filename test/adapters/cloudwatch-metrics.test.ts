import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudWatchClient } from '../../adapters/cloudwatch-client.ts';
import { CloudWatchMetrics, MetricsIncomplete } from '../../adapters/cloudwatch-metrics.ts';
import { DECISION_RULES, METRIC_NAMESPACE } from '../../core/contract/index.ts';
import { DAY, HOUR } from '../../core/instant.ts';
import type { Counter } from '../../core/rates/metric-reader.ts';
import { DUMMY_CREDENTIALS } from '../../local/dummy-credentials.ts';
import type { LoopbackServer } from '../../local/http/loopback-server.ts';
import { MetricStore } from '../../local/metrics/metric-store.ts';
import { startMetricsServer } from '../../local/metrics/metrics-server.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;
const COMPLAINT: Counter = { metric: 'Feedback', rule: 'complaint' };
const DELIVERED: Counter = { metric: 'Feedback', rule: 'delivered' };

describe('with answers that come in pieces', () => {
  const client = new CloudWatchClient(DUMMY_CREDENTIALS);
  const cloudwatch = mockClient(client);
  beforeEach(() => cloudwatch.reset());
  const metrics = new CloudWatchMetrics({ client });
  const Timestamps = [new Date(NOW - HOUR), new Date(NOW - 2 * HOUR)];
  const asked = (call = 0) => cloudwatch.commandCalls(GetMetricDataCommand)[call]?.args[0].input;

  test('adds up what every page holds', async () => {
    cloudwatch
      .on(GetMetricDataCommand, { NextToken: undefined })
      .resolves({
        MetricDataResults: [
          { Id: 'c0', StatusCode: 'PartialData', Timestamps, Values: [1, 2] },
          { Id: 'c1', StatusCode: 'Complete' },
        ],
        NextToken: 'more',
      })
      .on(GetMetricDataCommand, { NextToken: 'more' })
      .resolves({ MetricDataResults: [{ Id: 'c0', StatusCode: 'Complete', Timestamps, Values: [4, 0] }] });
    expect(await metrics.sums([COMPLAINT, DELIVERED], NOW - DAY, NOW)).toEqual([7, 0]);
    expect(asked(1)?.NextToken).toBe('more');
  });

  test('asks for no more than 500 at once, and keeps their order', async () => {
    cloudwatch.on(GetMetricDataCommand).callsFake(({ MetricDataQueries = [] }) => ({
      MetricDataResults: MetricDataQueries.map(({ Id }: { Id: string }, i: number) => ({
        Id,
        StatusCode: 'Complete',
        Timestamps: [new Date(NOW - HOUR)],
        Values: [i],
      })),
    }));
    const many = Array.from({ length: 501 }, () => COMPLAINT);
    const sums = await metrics.sums(many, NOW - DAY, NOW);
    expect(sums).toEqual([...Array.from({ length: 500 }, (_, i) => i), 0]);
    expect(cloudwatch.commandCalls(GetMetricDataCommand)).toHaveLength(2);
  });

  test.each(['InternalError', 'PartialData', 'Forbidden'] as const)(
    'guesses nothing where CloudWatch answers %s',
    async (StatusCode) => {
      cloudwatch
        .on(GetMetricDataCommand)
        .resolves({ MetricDataResults: [{ Id: 'c0', Timestamps, Values: [1, 2], StatusCode }] });
      await expect(metrics.sums([COMPLAINT], NOW - DAY, NOW)).rejects.toThrow(MetricsIncomplete);
    },
  );

  test('guesses nothing where CloudWatch leaves a metric out', async () => {
    cloudwatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'c0', StatusCode: 'Complete' }] });
    await expect(metrics.sums([COMPLAINT, DELIVERED], NOW - DAY, NOW)).rejects.toThrow(
      'CloudWatch answers nothing for Feedback',
    );
    await expect(metrics.reputation('mine', NOW - DAY, NOW)).rejects.toThrow('Reputation.BounceRate');
  });

  test('guesses nothing where a value is missing', async () => {
    cloudwatch
      .on(GetMetricDataCommand)
      .resolves({ MetricDataResults: [{ Id: 'c0', StatusCode: 'Complete', Timestamps, Values: [1] }] });
    await expect(metrics.sums([COMPLAINT], NOW - DAY, NOW)).rejects.toThrow('1 values of 2 times');
  });

  test('passes on what CloudWatch refuses', async () => {
    cloudwatch.on(GetMetricDataCommand).rejects(new Error('throttled'));
    await expect(metrics.sums([COMPLAINT], NOW - DAY, NOW)).rejects.toThrow('throttled');
  });

  test('counts no point that begins before the window', async () => {
    cloudwatch
      .on(GetMetricDataCommand)
      .resolves({ MetricDataResults: [{ Id: 'c0', StatusCode: 'Complete', Timestamps, Values: [1, 2] }] });
    expect(await metrics.sums([COMPLAINT], NOW - HOUR, NOW)).toEqual([1]);
  });

  test('asks nothing of a window that is empty, which CloudWatch refuses', async () => {
    expect(await metrics.sums([COMPLAINT], NOW, NOW)).toEqual([0]);
    expect(await metrics.reputation('mine', NOW + MINUTE, NOW)).toEqual({ bounces: undefined, complaints: undefined });
    expect(cloudwatch.commandCalls(GetMetricDataCommand)).toEqual([]);
  });

  test.each([
    ['a day, on five minutes', NOW - DAY, 300],
    ['a day and some minutes', NOW - DAY - 4 * MINUTE, 60],
    ['from a minute on', NOW - 7 * MINUTE, 60],
    ['a week', NOW - 7 * DAY, 3600],
  ])('asks by points that begin with the window: %s', async (_what, since, period) => {
    cloudwatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'c0', StatusCode: 'Complete' }] });
    await metrics.sums([COMPLAINT], since, NOW);
    expect(asked()?.MetricDataQueries?.[0]?.MetricStat?.Period).toBe(period);
    expect((since / 1000) % period).toBe(0);
  });
});

describe('over the protocol', () => {
  let store: MetricStore;
  let server: LoopbackServer;
  let client: CloudWatchClient;
  let reader: CloudWatchMetrics;
  beforeEach(async () => {
    store = new MetricStore();
    server = await startMetricsServer(store);
    client = cloudWatchClient({ ...DUMMY_CREDENTIALS, endpoint: server.url });
    reader = new CloudWatchMetrics({ client });
  });
  afterEach(async () => {
    client.destroy();
    await server.stop();
  });
  const count = (name: string, rule: string, at: number, value: number) =>
    store.put({ namespace: METRIC_NAMESPACE, name, dimensions: { rule } }, value, at);
  const ses = (name: string, value: number, at: number, set?: string) =>
    store.put({ namespace: 'AWS/SES', name, dimensions: set ? { 'ses:configuration-set': set } : {} }, value, at);

  test('reads each rule by itself', async () => {
    count('Feedback', 'hard-bounce', NOW - HOUR, 2);
    count('Feedback', 'hard-bounce', NOW - 2 * HOUR, 3);
    count('Feedback', 'hard-bounce', NOW - 2 * DAY, 100);
    count('SimulatorFeedback', 'hard-bounce', NOW - HOUR, 1000);
    const counters = DECISION_RULES.map((rule): Counter => ({ metric: 'Feedback', rule }));
    const sums = await reader.sums(counters, NOW - DAY, NOW);
    expect(sums[DECISION_RULES.indexOf('hard-bounce')]).toBe(5);
    expect(sums.reduce((sum, each) => sum + each, 0)).toBe(5);
  });

  test('nothing of before the window, nor of after it, to the minute', async () => {
    const since = NOW - 7 * MINUTE;
    count('Feedback', 'complaint', since - 1, 10);
    count('Feedback', 'complaint', since, 1);
    count('Feedback', 'complaint', NOW, 100);
    expect(await reader.sums([COMPLAINT], since, NOW)).toEqual([1]);
  });

  test('the points of each', async () => {
    count('Feedback', 'complaint', NOW - 7 * DAY, 1);
    count('Feedback', 'complaint', NOW - HOUR, 2);
    count('Feedback', 'complaint', NOW - HOUR + MINUTE, 3);
    const [complaints = [], delivered] = await reader.series([COMPLAINT, DELIVERED], NOW - 7 * DAY, NOW);
    expect([...complaints].sort((a, b) => a.at - b.at)).toEqual([
      { at: NOW - 7 * DAY, value: 1 },
      { at: NOW - HOUR, value: 5 },
    ]);
    expect(delivered).toEqual([]);
  });

  test("the newest of SES's rates, of the configuration set or the account, within the window and a day", async () => {
    ses('Reputation.BounceRate', 0.2, NOW - 2 * HOUR, 'mine');
    ses('Reputation.BounceRate', 0.04, NOW - HOUR, 'mine');
    ses('Reputation.BounceRate', 0.07, NOW - 10 * MINUTE);
    ses('Reputation.ComplaintRate', 0.5, NOW - DAY - MINUTE * 5, 'mine');
    ses('Reputation.ComplaintRate', 0.6, NOW - HOUR, 'other');
    expect(await reader.reputation('mine', NOW - 7 * DAY, NOW)).toEqual({ bounces: 0.04, complaints: undefined });
    expect(await reader.reputation(undefined, NOW - DAY, NOW)).toEqual({ bounces: 0.07, complaints: undefined });
    const none = { bounces: undefined, complaints: undefined };
    expect(await reader.reputation('mine', NOW - 30 * MINUTE, NOW)).toEqual(none);
  });
});
