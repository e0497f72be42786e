import { MemoryMetrics } from '../../../adapters/memory-metrics.ts';
import { METRIC_RULES, SES_LINES } from '../../../core/contract/index.ts';
import { ALL_COUNTERS, readCounts, streamCounters } from '../../../core/rates/counters.ts';
import { lineReached } from '../../../core/rates/line-reached.ts';
import { WIRING_COUNTERS, wiredBy } from '../../../core/rates/wired-by.ts';

const counted = async (deliveries: number, sends: number) => {
  const metrics = new MemoryMetrics();
  metrics.count(WIRING_COUNTERS[0], 5, deliveries);
  metrics.count(WIRING_COUNTERS[1], 5, sends);
  return readCounts(metrics, WIRING_COUNTERS, 0, 10);
};

test.each([
  [1, 0, false, 'deliveries'],
  [1, 9, true, 'deliveries'],
  [0, 9, false, 'sends'],
  [0, 9, true, 'neither'],
  [0, 0, false, 'neither'],
])('%d deliveries and %d accepted, identities %s: %s', async (deliveries, sends, identities, wired) => {
  expect(wiredBy(await counted(deliveries, sends), identities)).toBe(wired);
});

test('reads everything that the contract says is counted, each in its window', async () => {
  const names = ALL_COUNTERS.map(({ metric, rule }) => `${metric} ${rule}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(Object.values(METRIC_RULES).flat().length);
  const metrics = new MemoryMetrics();
  metrics.count({ metric: 'Waiting', rule: 'quota' }, 5, 3);
  metrics.count({ metric: 'Waiting', rule: 'quota' }, 10, 7);
  expect(await readCounts(metrics, ALL_COUNTERS, 0, 10)).toEqual(new Map([['Waiting', new Map([['quota', 3]])]]));
});

test('reads the streams that are counted, and all others together', async () => {
  const metrics = new MemoryMetrics();
  metrics.count({ metric: 'StreamRecipients', rule: 'receipts' }, 5, 3);
  metrics.count({ metric: 'StreamRecipients', rule: 'other' }, 5, 2);
  metrics.count({ metric: 'StreamRecipients', rule: 'of-another-deployment' }, 5, 9);
  const counters = streamCounters(['receipts', 'newsletter']);
  expect(await metrics.sums(counters, 0, 10)).toEqual([3, 0, 2]);
  expect(streamCounters([])).toEqual([]);
});

test.each(['bounces', 'complaints'] as const)('the lines of %s are reached when they are met', (of) => {
  const { review, pause } = SES_LINES[of];
  const below = 1e-9;
  expect(
    [0, review / 2 - below, review / 2, review - below, review, pause - below, pause, 1].map((rate) =>
      lineReached(of, rate),
    ),
  ).toEqual(['fine', 'fine', 'half', 'half', 'review', 'review', 'pause', 'pause']);
});
