import { CloudWatchClient, GetMetricDataCommand, type GetMetricDataCommandOutput } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudWatchClient } from '../../adapters/cloudwatch-client.ts';
import { cloudWatchRates, RatesIncomplete } from '../../adapters/cloudwatch-rates.ts';
import { METRIC_NAMESPACE, Metric } from '../../core/contract/index.ts';
import { DAY, HOUR } from '../../core/instant.ts';
import { DUMMY_CREDENTIALS } from '../../local/dummy-credentials.ts';
import type { LoopbackServer } from '../../local/http/loopback-server.ts';
import { MetricStore } from '../../local/metrics/metric-store.ts';
import { startMetricsServer } from '../../local/metrics/metrics-server.ts';
import { ACCOUNT, NOW, SET } from '../core/breaker/samples.ts';

const MINUTE = 60_000;
const SINCE = NOW - DAY;

describe('over the protocol', () => {
  let metrics: MetricStore;
  let server: LoopbackServer;
  let client: CloudWatchClient;
  beforeEach(async () => {
    metrics = new MetricStore();
    server = await startMetricsServer(metrics);
    client = cloudWatchClient({ ...DUMMY_CREDENTIALS, endpoint: server.url });
  });
  afterEach(async () => {
    client.destroy();
    await server.stop();
  });

  const count = (name: string, rule: string, value: number, at = NOW - HOUR) =>
    metrics.put({ namespace: METRIC_NAMESPACE, name, dimensions: { rule } }, value, at);
  const ses = (name: string, value: number, at: number, dimensions: Record<string, string> = {}) =>
    metrics.put({ namespace: 'AWS/SES', name, dimensions }, value, at);
  const mine = { 'ses:configuration-set': 'mine' };
  const read = (since = SINCE, volume: 'Delivery' | 'Send' = 'Delivery', pausable: typeof SET | typeof ACCOUNT = SET) =>
    cloudWatchRates({ client, pausable, volume }).read(since, NOW);

  test('nothing was sent: no rate, no events, no volume', async () => {
    expect(await read()).toEqual({
      ses: { bounces: undefined, complaints: undefined },
      events: { bounces: 0, complaints: 0 },
      volume: 0,
    });
  });

  test('counts by rule, without the simulator and what is no bounce of SES', async () => {
    count(Metric.FEEDBACK, 'delivered', 900);
    count(Metric.FEEDBACK, 'hard-bounce', 30);
    count(Metric.FEEDBACK, 'hard-bounce', 1, NOW - DAY);
    count(Metric.FEEDBACK, 'dead-address', 5, NOW - MINUTE);
    count(Metric.FEEDBACK, 'listed-global', 4);
    count(Metric.FEEDBACK, 'complaint', 2);
    for (const rule of ['soft-bounce', 'listed-account', 'dead-domain', 'not-spam']) count(Metric.FEEDBACK, rule, 1000);
    count(Metric.SIMULATOR, 'hard-bounce', 1000);
    count(Metric.SIMULATOR, 'delivered', 1000);
    expect(await read()).toMatchObject({ events: { bounces: 40, complaints: 2 }, volume: 940 });
  });

  test('nothing of before the window, nor of after it', async () => {
    count(Metric.FEEDBACK, 'delivered', 10, SINCE - 1);
    count(Metric.FEEDBACK, 'delivered', 1, SINCE);
    count(Metric.FEEDBACK, 'delivered', 100, NOW);
    expect((await read()).volume).toBe(1);
    expect((await read(NOW - 5 * MINUTE)).volume).toBe(0);
    expect((await read(NOW)).volume).toBe(0);
    expect((await read(NOW + MINUTE)).volume).toBe(0);
  });

  test('where deliveries are off, mails that were accepted are the volume', async () => {
    count(Metric.MESSAGES, 'Send', 500);
    count(Metric.FEEDBACK, 'hard-bounce', 30);
    count(Metric.FEEDBACK, 'delivered', 7);
    expect(await read(SINCE, 'Send')).toMatchObject({ events: { bounces: 30 }, volume: 500 });
  });

  test("the newest of SES's rates, of the configuration set, not older than three hours nor than the window", async () => {
    ses('Reputation.BounceRate', 0.2, NOW - 2 * HOUR, mine);
    ses('Reputation.BounceRate', 0.04, NOW - HOUR, mine);
    ses('Reputation.ComplaintRate', 0.5, NOW - 4 * HOUR, mine);
    ses('Reputation.ComplaintRate', 0.6, NOW - HOUR, { 'ses:configuration-set': 'other' });
    ses('Reputation.BounceRate', 0.07, NOW - MINUTE * 10);
    expect((await read()).ses).toEqual({ bounces: 0.04, complaints: undefined });
    expect((await read(NOW - 30 * MINUTE)).ses).toEqual({ bounces: undefined, complaints: undefined });
    expect((await read(SINCE, 'Delivery', ACCOUNT)).ses).toEqual({ bounces: 0.07, complaints: undefined });
  });
});

describe('with answers that come in pieces', () => {
  const real = new CloudWatchClient(DUMMY_CREDENTIALS);
  const client = mockClient(real);
  const rates = cloudWatchRates({ client: real, pausable: SET, volume: 'Delivery' });
  const Timestamps = [new Date(NOW - HOUR)];
  const IDS = ['bounces0', 'bounces1', 'bounces2', 'complaints0', 'delivered0', 'sesBounces', 'sesComplaints'];
  type Result = NonNullable<GetMetricDataCommandOutput['MetricDataResults']>[number];
  /** Every metric with one point, but for what is given. */
  const all = (given: Readonly<Record<string, Result>> = {}): Result[] =>
    IDS.map((Id) => ({ Id, StatusCode: 'Complete', Timestamps, Values: [1], ...given[Id] }));
  beforeEach(() => client.reset());

  test('adds the pages', async () => {
    client
      .on(GetMetricDataCommand, { NextToken: undefined })
      .resolves({ NextToken: 'more', MetricDataResults: all({ bounces0: { StatusCode: 'PartialData' } }) })
      .on(GetMetricDataCommand, { NextToken: 'more' })
      .resolves({ MetricDataResults: [{ Id: 'bounces0', StatusCode: 'Complete', Timestamps, Values: [4] }] });
    expect(await rates.read(SINCE, NOW)).toMatchObject({ events: { bounces: 7 }, volume: 8 });
  });

  test.each(['InternalError', 'PartialData', 'Forbidden'] as const)(
    'guesses nothing where CloudWatch answers %s',
    async (StatusCode) => {
      client.on(GetMetricDataCommand).resolves({ MetricDataResults: all({ delivered0: { StatusCode } }) });
      await expect(rates.read(SINCE, NOW)).rejects.toThrow(RatesIncomplete);
    },
  );

  test('guesses nothing where CloudWatch leaves a metric out', async () => {
    client.on(GetMetricDataCommand).resolves({ MetricDataResults: all().slice(1) });
    await expect(rates.read(SINCE, NOW)).rejects.toThrow('CloudWatch answers nothing for the metric bounces0');
  });

  test('passes on what CloudWatch refuses', async () => {
    client.on(GetMetricDataCommand).rejects(new Error('throttled'));
    await expect(rates.read(SINCE, NOW)).rejects.toThrow('throttled');
  });
});
