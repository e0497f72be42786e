import { MemoryMetrics } from '../../../adapters/memory-metrics.ts';
import { metricRates } from '../../../core/breaker/metric-rates.ts';
import { METRIC_RULES, Metric } from '../../../core/contract/index.ts';
import { DAY, HOUR } from '../../../core/instant.ts';
import type { Counter, Reputation } from '../../../core/rates/metric-reader.ts';
import { ACCOUNT, NOW, SET } from './samples.ts';

const MINUTE = 60_000;
const SINCE = NOW - DAY;

const stage = () => {
  const counts = new MemoryMetrics();
  const asked: [of: string | undefined, since: number, until: number][] = [];
  let ses: Reputation = { bounces: undefined, complaints: undefined };
  const reader = Object.assign(new MemoryMetrics(), {
    reputation: async (of: string | undefined, since: number, until: number) => {
      asked.push([of, since, until]);
      return ses;
    },
  });
  return {
    asked,
    says: (rates: Reputation) => {
      ses = rates;
    },
    count: (counter: Counter, value: number, at = NOW - HOUR) => counts.count(counter, at, value),
    read: (since = SINCE, volume: 'Delivery' | 'Send' = 'Delivery', pausable: typeof SET | typeof ACCOUNT = SET) =>
      metricRates({ counts, ses: reader, pausable, volume }).read(since, NOW),
  };
};
const feedback = (rule: (typeof METRIC_RULES.Feedback)[number]): Counter => ({ metric: Metric.FEEDBACK, rule });
const SEND: Counter = { metric: Metric.MESSAGES, rule: 'Send' };
const SENT: Counter = { metric: Metric.RECIPIENTS, rule: 'sent' };

test('nothing was sent: no rate, no events, no volume', async () => {
  expect(await stage().read()).toEqual({
    ses: { bounces: undefined, complaints: undefined },
    events: { bounces: 0, complaints: 0 },
    volume: 0,
    busiest: 0,
  });
});

test('counts by rule, without the simulator and what is no bounce of SES', async () => {
  const { count, read } = stage();
  count(feedback('delivered'), 900);
  count(feedback('hard-bounce'), 30);
  count(feedback('hard-bounce'), 1, SINCE);
  count(feedback('hard-bounce'), 500, SINCE - 1);
  count(feedback('dead-address'), 5, NOW - MINUTE);
  count(feedback('listed-global'), 4);
  count(feedback('complaint'), 2);
  const bad = ['hard-bounce', 'dead-address', 'listed-global', 'complaint', 'delivered'];
  for (const rule of METRIC_RULES.Feedback) if (!bad.includes(rule)) count(feedback(rule), 1000);
  for (const rule of METRIC_RULES.SimulatorFeedback) count({ metric: Metric.SIMULATOR, rule }, 1000);
  expect(await read()).toMatchObject({ events: { bounces: 40, complaints: 2 }, volume: 940, busiest: 900 });
});

test('where deliveries are off, mails that were accepted are the volume, and every recipient of one', async () => {
  const { count, read } = stage();
  count(feedback('hard-bounce'), 30);
  count(SEND, 500);
  expect(await read(SINCE, 'Send')).toMatchObject({ events: { bounces: 30 }, volume: 500, busiest: 500 });
  count(SENT, 2000);
  expect(await read(SINCE, 'Send')).toMatchObject({ volume: 2000, busiest: 2000 });
  expect(await read(SINCE, 'Delivery')).toMatchObject({ volume: 500 });
});

test('bounces of another deployment are a part of its mail, whichever of the two it reports', async () => {
  const { count, read } = stage();
  count(SEND, 1000);
  count(feedback('delivered'), 100_000);
  count(feedback('hard-bounce'), 1000);
  for (const volume of ['Delivery', 'Send'] as const)
    expect(await read(SINCE, volume)).toMatchObject({ volume: 101_000, busiest: 100_000 });
});

test('the busiest day of the week is any 24 hours, also before the window', async () => {
  const { count, read } = stage();
  count(feedback('delivered'), 1_000_000, NOW - 8 * DAY);
  count(feedback('delivered'), 300, NOW - 5 * DAY);
  count(feedback('delivered'), 200, NOW - 5 * DAY + 23 * HOUR);
  count(feedback('delivered'), 150, NOW - 5 * DAY + 24 * HOUR);
  count(feedback('delivered'), 10, NOW - MINUTE);
  expect(await read(NOW - HOUR)).toMatchObject({ volume: 10, busiest: 500 });
});

test('the busiest day drops all that is a day old, in whatever order the points come', async () => {
  const points = [
    { at: NOW - 2 * HOUR, value: 400 },
    { at: NOW - 3 * DAY + HOUR, value: 200 },
    { at: NOW - HOUR, value: 300 },
    { at: NOW - 3 * DAY, value: 300 },
  ];
  const counts = Object.assign(new MemoryMetrics(), { series: async () => [points, [{ at: NOW, value: 650 }]] });
  const rates = metricRates({ counts, ses: counts, pausable: SET, volume: 'Delivery' });
  expect(await rates.read(SINCE, NOW)).toMatchObject({ busiest: 700 });
});

test("asks for SES's rates of what is paused, not older than three hours nor than the window", async () => {
  const { asked, says, read } = stage();
  says({ bounces: 0.04, complaints: undefined });
  expect((await read()).ses).toEqual({ bounces: 0.04, complaints: undefined });
  await read(NOW - 30 * MINUTE);
  await read(SINCE, 'Delivery', ACCOUNT);
  expect(asked).toEqual([
    ['mine', NOW - 3 * HOUR, NOW],
    ['mine', NOW - 30 * MINUTE, NOW],
    [undefined, NOW - 3 * HOUR, NOW],
  ]);
});
