import * as v from 'valibot';
import { MemoryMetrics } from '../../adapters/memory-metrics.ts';
import { HOUR } from '../../core/instant.ts';
import type { Counter } from '../../core/rates/metric-reader.ts';
import { cli, ledgerThatLearnt, lines, NOW } from './harness.ts';
import { bounce, complaint } from './messages.ts';
import { StatsLine } from './schemas/stats.ts';

const metrics = (...counts: readonly (readonly [Counter, number, number?])[]) => {
  const reader = new MemoryMetrics();
  for (const [counter, count, at = NOW - HOUR] of counts) reader.count(counter, at, count);
  return reader;
};

const USUAL = () => {
  const reader = metrics(
    [{ metric: 'Feedback', rule: 'delivered' }, 9940],
    [{ metric: 'Feedback', rule: 'hard-bounce' }, 60],
    [{ metric: 'Feedback', rule: 'complaint' }, 12],
    [{ metric: 'Feedback', rule: 'soft-bounce' }, 300],
    [{ metric: 'SimulatorFeedback', rule: 'hard-bounce' }, 1000],
    [{ metric: 'Recipients', rule: 'suppressed' }, 41],
    [{ metric: 'Waiting', rule: 'quota' }, 7],
    [{ metric: 'Feedback', rule: 'hard-bounce' }, 5000, NOW - 30 * HOUR],
  );
  reader.rates = { bounces: 0.031, complaints: undefined };
  return reader;
};

test("says how rates stand against SES's lines, and what was counted", async () => {
  const ledger = await ledgerThatLearnt([bounce(), complaint({ to: 'sam@target.example' })]);
  const { exit, out } = await cli(['stats'], { ledger, metrics: { reader: USUAL() } });
  expect(exit).toBe(0);
  expect(out).toBe(`The last 24 hours, since 2026-11-19 12:00 UTC; all deployments of this account and Region
RATE OF     OURS    SES'S    REVIEW AT  PAUSE AT
bounces     0.6 %   3.1 %    5 %        10 %
complaints  0.12 %  unknown  0.1 %      0.5 %
60 bounces, 12 complaints, of 10,000 mails delivered or bounced.
SES's rate of bounces, 3.1 %, is above half of the line at which SES reviews.
Our rate of complaints, 0.12 %, is where SES reviews an account.

Feedback, by rule
  9,940  delivered
    300  soft-bounce
     60  hard-bounce
     12  complaint

Feedback of the mailbox simulator
  1,000  hard-bounce

Recipients of sends
  41  suppressed

Waits in the send queue, by why
  7  quota

Changed in the list: 2 suppressed or allowed
  1  complaint
  1  hard-bounce
`);
});

test('counts recipients by stream where the deployment names streams, also where there were none', async () => {
  const reader = metrics(
    [{ metric: 'StreamRecipients', rule: 'newsletter' }, 1200],
    [{ metric: 'StreamRecipients', rule: 'other' }, 7],
    [{ metric: 'StreamRecipients', rule: 'of-another-deployment' }, 9],
    [{ metric: 'StreamRecipients', rule: 'receipts' }, 5, NOW - 30 * HOUR],
  );
  const given = { metrics: { reader, streams: ['receipts', 'newsletter'] } };
  expect((await cli(['stats'], given)).out).toContain(`
Recipients sent to, by stream
  1,200  newsletter
      7  other
      0  receipts
`);
  const [line] = lines((await cli(['stats', '--json'], given)).out).map((each) => v.parse(StatsLine, each));
  expect(line?.streams).toEqual({ receipts: 0, newsletter: 1200, other: 7 });
  expect(line?.counts).toEqual({});
  const without = await cli(['stats'], { metrics: { reader } });
  expect(without.out).not.toContain('by stream');
  expect(lines((await cli(['stats', '--json'], { metrics: { reader } })).out)[0]).not.toHaveProperty('streams');
});

test('counts other windows', async () => {
  const { out } = await cli(['stats', '--hours', '48', '--json'], { metrics: { reader: USUAL() } });
  const [line] = lines(out).map((each) => v.parse(StatsLine, each));
  expect(line).toMatchObject({
    since: '2026-11-18T12:00:00.000Z',
    until: '2026-11-20T12:00:00.000Z',
    hours: 48,
    rates: { wired: 'deliveries', volume: 15_000, bounces: 5060, complaints: 12, complaintRate: 12 / 15_000 },
    ses: { configurationSet: 'Suppressor-Set', bounceRate: 0.031, complaintRate: null },
    counts: { Waiting: { quota: 7 } },
    list: { of: 'changes', entries: 0, complete: true, byReason: {} },
  });
});

test('a day on which nothing was delivered is no day on which nothing tells', async () => {
  const reader = metrics(
    [{ metric: 'Feedback', rule: 'hard-bounce' }, 10],
    [{ metric: 'Feedback', rule: 'delivered' }, 1, NOW - 100 * HOUR],
  );
  const { out } = await cli(['stats', '--json'], { metrics: { reader } });
  expect(lines(out)[0]?.rates).toMatchObject({ wired: 'deliveries', volume: 10, bounceRate: 1 });
});

test.each([
  [false, 'sends', 0.05, 'of 200 mails accepted'],
  [true, 'neither', null, 'of identities SES does not say how many mails it accepts'],
])(
  'without deliveries and with identities %s, what is accepted tells: %s',
  async (identities, wired, bounceRate, words) => {
    const reader = metrics(
      [{ metric: 'Feedback', rule: 'hard-bounce' }, 10],
      [{ metric: 'Messages', rule: 'Send' }, 200],
    );
    const given = { metrics: { reader, identities } };
    expect(lines((await cli(['stats', '--json'], given)).out)[0]?.rates).toMatchObject({ wired, bounceRate });
    expect((await cli(['stats'], given)).out).toContain(words);
  },
);

test('knows no rate where nothing was counted, and says so', async () => {
  const { exit, out } = await cli(['stats']);
  expect(exit).toBe(0);
  expect(out).toMatch(/bounces +unknown +unknown/);
  expect(out).toContain('nothing came in that says how many mails there were');
  expect(out).toContain('Nothing was counted.');
  expect(out).toContain('Changed in the list\n  nothing\n');
});

test('counts the whole list when asked', async () => {
  const ledger = await ledgerThatLearnt([bounce(), bounce({ to: 'sam@target.example', id: 'm-2' })], NOW - 100 * HOUR);
  const all = await cli(['stats', '--list', '--json'], { ledger });
  expect(lines(all.out)[0]?.list).toEqual({ of: 'all', entries: 2, complete: true, byReason: { 'hard-bounce': 2 } });
  const changed = await cli(['stats', '--json'], { ledger });
  expect(lines(changed.out)[0]?.list).toMatchObject({ of: 'changes', entries: 0 });
});

test.each([['0'], ['a'], ['1.5'], ['99999']])('refuses --hours %s', async (hours) => {
  expect(await cli(['stats', '--hours', hours])).toMatchObject({ exit: 2, err: expect.stringContaining('1 to 10920') });
});

test.each([
  ['AccessDenied', 'cloudwatch:GetMetricData'],
  ['MetricsIncomplete', 'Run it again'],
])('tells people %s', async (name, remedy) => {
  const reader = new MemoryMetrics();
  reader.sums = () => Promise.reject(Object.assign(new Error('no'), { name }));
  const { exit, err } = await cli(['stats'], { metrics: { reader } });
  expect([exit, err]).toEqual([1, expect.stringContaining(remedy)]);
  expect(err.split('\n')).toHaveLength(3);
});

test('its help shows an example', async () => {
  const { exit, out } = await cli(['help', 'stats']);
  expect([exit, out]).toEqual([0, expect.stringContaining('$ ses-suppressor stats')]);
  expect(out).toContain('--json');
});
