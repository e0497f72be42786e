import fc from 'fast-check';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { MemoryMetrics } from '../../../adapters/memory-metrics.ts';
import type { Rates } from '../../../console/api.ts';
import { gridOf, onGrid } from '../../../console/server/rates/points.ts';
import { addRatesRoutes } from '../../../console/server/routes/rates.ts';
import { DAY, HOUR } from '../../../core/instant.ts';
import type { Listed } from '../../../core/ledger/ledger.ts';
import { ALL_COUNTERS } from '../../../core/rates/counters.ts';
import type { Counter } from '../../../core/rates/metric-reader.ts';
import { windowStart } from '../../../core/rates/window.ts';
import { cli, type Given, ledgerThatLearnt, lines, NOW } from '../../cli/harness.ts';
import { bounce, complaint } from '../../cli/messages.ts';
import { routes } from './ask.ts';

const FIVE = HOUR / 12;
const DELIVERED: Counter = { metric: 'Feedback', rule: 'delivered' };
const HARD: Counter = { metric: 'Feedback', rule: 'hard-bounce' };
const COMPLAINT: Counter = { metric: 'Feedback', rule: 'complaint' };
const ACCEPTED: Counter = { metric: 'Messages', rule: 'Send' };
const SIMULATED: Counter = { metric: 'SimulatorFeedback', rule: 'hard-bounce' };

type Counts = readonly (readonly [counter: Counter, at: number, count: number])[];

const metrics = (...counts: Counts): MemoryMetrics => {
  const reader = new MemoryMetrics();
  for (const [counter, at, count] of counts) reader.count(counter, at, count);
  return reader;
};

const asking = (given: Given) => {
  const { get } = routes([addRatesRoutes], given);
  return async (hours: number | string = 24): Promise<Rates> => {
    const { status, body, problem } = await get<Rates>(`/rates?hours=${hours}`);
    expect([status, problem]).toEqual([200, undefined]);
    return body;
  };
};

const rates = (reader: MemoryMetrics, hours = 24, more: Given['metrics'] = {}): Promise<Rates> =>
  asking({ metrics: { reader, ...more } })(hours);

const at = (of: Rates, moment: number) => of.points.find((point) => point.at === new Date(moment).toISOString());

/** Counts of everything, all over 70 days. */
const everything = (): MemoryMetrics => {
  const reader = new MemoryMetrics();
  for (const [i, counter] of ALL_COUNTERS.entries())
    for (let n = 0; n < 12; n += 1)
      reader.count(counter, NOW - ((i * 7 + n * 131) % 1680) * HOUR - 1, 1 + ((i + n) % 5));
  reader.rates = { bounces: 0.031, complaints: undefined };
  return reader;
};

test.each([1, 24, 25, 72, 168, 720, 1440])('says of %i hours what `stats` says of them', async (hours) => {
  const given: Given = {
    metrics: { reader: everything() },
    ledger: await ledgerThatLearnt([
      bounce(),
      bounce({ to: 'kim@target.example', id: 'k' }),
      complaint({ to: 'sam@target.example' }),
    ]),
  };
  const answer = await asking(given)(hours);
  const { out } = await cli(['stats', '--hours', String(hours), '--json'], given);
  const [stats] = lines(out);
  const byName = (of: Rates['feedback']) => Object.fromEntries(of.map(({ rule, count }) => [rule, count]));
  const { volume, bounces, complaints, bounceRate, complaintRate } = answer.own;
  expect({ since: answer.since, until: answer.until, hours: answer.hours, lines: answer.lines }).toEqual({
    since: stats?.since,
    until: stats?.until,
    hours,
    lines: stats?.lines,
  });
  expect({ wired: answer.wired, volume, bounces, complaints, bounceRate, complaintRate }).toEqual(stats?.rates);
  expect(stats?.ses).toMatchObject({ bounceRate: answer.ses.bounces, complaintRate: answer.ses.complaints });
  const counts = stats?.counts as Record<string, object>;
  expect([byName(answer.feedback), byName(answer.simulator)]).toEqual([
    counts.Feedback ?? {},
    counts.SimulatorFeedback ?? {},
  ]);
  const { sent, suppressed, refused } = answer.recipients;
  const recipients = Object.entries({ sent, suppressed, refused }).filter(([, count]) => count > 0);
  expect(Object.fromEntries(recipients)).toEqual(counts.Recipients ?? {});
  const { entries, complete, byReason } = answer.list;
  expect({
    entries,
    complete,
    byReason: Object.fromEntries(byReason.map((each) => [each.reason, each.count])),
  }).toEqual({
    entries: 3,
    complete: true,
    byReason: { 'hard-bounce': 2, complaint: 1 },
  });
  expect(stats?.list).toMatchObject({ entries, complete });
  const sum = (of: (point: Rates['points'][number]) => number) =>
    answer.points.reduce((all, point) => all + of(point), 0);
  expect([sum((point) => point.volume ?? 0), sum((point) => point.bounces), sum((point) => point.complaints)]).toEqual([
    volume,
    bounces,
    complaints,
  ]);
});

test.each([
  [1, 12, 300],
  [24, 288, 300],
  [25, 25, 3600],
  [72, 72, 3600],
  [168, 168, 3600],
  [400, 400, 3600],
  [401, 67, 21_600],
  [720, 120, 21_600],
  [1440, 240, 21_600],
])('%i hours are %i points of %i seconds, one after another', async (hours, count, pointSeconds) => {
  const { points, since, ...answer } = await rates(metrics(), hours);
  expect(answer.pointSeconds).toBe(pointSeconds);
  const first = Date.parse(since);
  expect(points.map((point) => Date.parse(point.at))).toEqual(
    Array.from({ length: count }, (_, i) => first + i * pointSeconds * 1000),
  );
});

test('the last point is the one that now is in, also between two of them', async () => {
  const now = NOW + 2 * 60_000;
  const reader = metrics([DELIVERED, now - 1, 7], [DELIVERED, NOW - DAY, 3], [DELIVERED, NOW - DAY - 1, 100]);
  const answer = await asking({ metrics: { reader }, overrides: { now: () => now } })();
  expect(answer.points).toHaveLength(289);
  expect(answer.points.at(-1)).toMatchObject({ at: '2026-11-20T12:00:00.000Z', volume: 7 });
  expect(answer.points[0]).toMatchObject({ at: '2026-11-19T12:00:00.000Z', volume: 3 });
  expect(answer.own.volume).toBe(10);
});

test('the rates of a point are those of the day that ends with it, of before the window too', async () => {
  const answer = await rates(
    metrics(
      [DELIVERED, NOW - DAY - 2 * HOUR, 90],
      [HARD, NOW - DAY - 2 * HOUR, 10],
      [DELIVERED, NOW - 3 * HOUR, 299],
      [COMPLAINT, NOW - 3 * HOUR, 3],
      [HARD, NOW - 3 * HOUR, 1],
    ),
  );
  expect(answer.points[0]).toMatchObject({
    volume: 0,
    bounces: 0,
    day: { volume: 100, bounces: 10, complaints: 0 },
    bounceRate: 0.1,
    complaintRate: 0,
  });
  // The day that ends with this point begins one point after that of those hundred.
  expect(at(answer, NOW - 2 * HOUR - FIVE)?.day).toEqual({ volume: 400, bounces: 11, complaints: 3 });
  expect(at(answer, NOW - 2 * HOUR)?.day).toEqual({ volume: 300, bounces: 1, complaints: 3 });
  expect(at(answer, NOW - 3 * HOUR - FIVE)).toMatchObject({ day: { volume: 100 }, bounceRate: 0.1 });
  expect(at(answer, NOW - 3 * HOUR)).toMatchObject({
    volume: 300,
    bounces: 1,
    complaints: 3,
    day: { volume: 400, bounces: 11, complaints: 3 },
    bounceRate: 11 / 400,
    complaintRate: 3 / 400,
  });
  expect(answer.points.at(-1)).toMatchObject({ bounceRate: 1 / 300, complaintRate: 0.01 });
});

test('where nothing was mailed for a day there is no rate; where something tells, gaps are 0', async () => {
  const answer = await rates(metrics([DELIVERED, NOW - 100 * HOUR, 5]), 168);
  expect(at(answer, NOW - 101 * HOUR)).toMatchObject({ volume: 0, day: { volume: 0 }, bounceRate: null });
  expect(at(answer, NOW - 100 * HOUR)).toMatchObject({ volume: 5, bounceRate: 0, complaintRate: 0 });
  expect(at(answer, NOW - 77 * HOUR)).toMatchObject({ volume: 0, day: { volume: 5 }, bounceRate: 0 });
  expect(at(answer, NOW - 76 * HOUR)).toMatchObject({ volume: 0, day: { volume: 0 }, bounceRate: null });
});

test('where SES reports what it accepts alone, that is the volume', async () => {
  const answer = await rates(metrics([ACCEPTED, NOW - HOUR, 200], [HARD, NOW - HOUR, 10]));
  expect(answer).toMatchObject({ wired: 'sends', own: { volume: 200, bounceRate: 0.05 }, unknown: null });
  expect(at(answer, NOW - HOUR)).toMatchObject({ volume: 200, bounces: 10, bounceRate: 0.05 });
});

test.each([
  [false, [HARD], 'nothing came in that says how many mails there were'],
  [true, [HARD, ACCEPTED], 'of identities SES does not say how many mails it accepts'],
] as const)('without a volume (identities %s) rates are null, and it says why', async (identities, counters, words) => {
  const reader = metrics(...counters.map((counter) => [counter, NOW - HOUR, 10] as const));
  const answer = await rates(reader, 24, { identities });
  expect(answer).toMatchObject({
    wired: 'neither',
    own: { volume: null, bounces: 10, bounceRate: null },
    standings: { own: { bounces: null, complaints: null } },
    unknown: expect.stringContaining(words),
  });
  expect(at(answer, NOW - HOUR)).toEqual({
    at: '2026-11-20T11:00:00.000Z',
    volume: null,
    bounces: 10,
    complaints: 0,
    day: { volume: null, bounces: 10, complaints: 0 },
    bounceRate: null,
    complaintRate: null,
  });
});

test("says how ours and SES's own stand against the lines", async () => {
  const reader = metrics([DELIVERED, NOW - HOUR, 9940], [HARD, NOW - HOUR, 60], [COMPLAINT, NOW - HOUR, 12]);
  reader.rates = { bounces: 0.031, complaints: 0.006 };
  expect((await rates(reader)).standings).toEqual({
    own: {
      bounces: { line: 'fine', says: 'is below half of the line at which SES reviews' },
      complaints: { line: 'review', says: 'is where SES reviews an account' },
    },
    ses: {
      bounces: { line: 'half', says: 'is above half of the line at which SES reviews' },
      complaints: { line: 'pause', says: 'is where SES may pause an account' },
    },
  });
});

test('the mailbox simulator is in no rate, but is told', async () => {
  const answer = await rates(metrics([SIMULATED, NOW - HOUR, 4]));
  expect(answer).toMatchObject({ own: { bounces: 0 }, feedback: [], simulator: [{ rule: 'hard-bounce', count: 4 }] });
  expect(answer.points.every(({ bounces, day }) => bounces === 0 && day.bounces === 0)).toBe(true);
});

test('tells recipients by stream on the same points, and none where the configuration names none', async () => {
  const stream = (rule: string): Counter => ({ metric: 'StreamRecipients', rule });
  const reader = metrics(
    [stream('receipts'), NOW - HOUR, 30],
    [stream('receipts'), NOW - 2 * HOUR, 3],
    [stream('receipts'), NOW - 25 * HOUR, 1000],
    [stream('other'), NOW - HOUR, 2],
  );
  expect((await rates(reader)).streams).toEqual([]);
  const { streams, points } = await rates(reader, 24, { streams: ['newsletter', 'receipts'] });
  const totals = Object.fromEntries(streams.map(({ stream: name, total }) => [name, total]));
  expect(totals).toEqual({ newsletter: 0, receipts: 33, other: 2 });
  const given = { metrics: { reader, streams: ['newsletter', 'receipts'] } };
  expect(lines((await cli(['stats', '--json'], given)).out)[0]?.streams).toEqual(totals);
  for (const { values } of streams) expect(values).toHaveLength(points.length);
  const hour = points.findIndex((point) => Date.parse(point.at) === NOW - HOUR);
  expect(streams.map(({ values }) => values[hour])).toEqual([0, 30, 2]);
});

test('an answer is kept for half a minute, by window; a failure is not', async () => {
  let now = NOW;
  let fails = true;
  let asked = 0;
  const reader = metrics([DELIVERED, NOW - HOUR, 5]);
  const { series } = reader;
  reader.series = (...of) => {
    asked += 1;
    return fails
      ? Promise.reject(Object.assign(new Error('no'), { name: 'MetricsIncomplete' }))
      : series.apply(reader, of);
  };
  const { get } = routes([addRatesRoutes], { metrics: { reader }, overrides: { now: () => now } });
  expect((await get('/rates')).status).toBe(502);
  fails = false;
  const first = await get<Rates>('/rates');
  const once = asked;
  now += 29_000;
  expect((await get<Rates>('/rates?hours=24')).body).toEqual(first.body);
  expect(asked).toBe(once);
  expect((await get<Rates>('/rates?hours=25')).body.hours).toBe(25);
  expect(asked).toBeGreaterThan(once);
  now += 1000;
  expect((await get<Rates>('/rates')).body.until).toBe(new Date(now).toISOString());
});

test('a look is five questions of CloudWatch', async () => {
  const reader = metrics();
  let asked = 0;
  const { series, reputation } = reader;
  reader.series = (...of) => {
    asked += 1;
    return series.apply(reader, of);
  };
  reader.reputation = () => {
    asked += 1;
    return reputation.apply(reader);
  };
  await rates(reader, 1440, { streams: ['receipts'] });
  expect(asked).toBe(5);
});

test.each([
  ['AccessDenied', 403, 'cloudwatch:GetMetricData'],
  ['MetricsIncomplete', 502, 'Run it again'],
])('what CloudWatch refuses is a problem: %s', async (name, status, remedy) => {
  const reader = new MemoryMetrics();
  reader.sums = () => Promise.reject(Object.assign(new Error('no'), { name, $metadata: {} }));
  const answer = await routes([addRatesRoutes], { metrics: { reader } }).get('/rates');
  expect(answer).toMatchObject({
    status,
    problem: { code: name, message: 'no', remedy: expect.stringContaining(remedy) },
  });
});

test('a list that cannot be read is a problem', async () => {
  const openList = () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  const answer = await routes([addRatesRoutes], { overrides: { openList } }).get('/rates');
  expect(answer).toMatchObject({
    status: 403,
    problem: { code: 'AccessDenied', remedy: expect.stringContaining('dynamodb:Query') },
  });
});

test.each([
  'hours=0',
  'hours=1441',
  'hours=1.5',
  'hours=-1',
  'hours=',
  'hours=a',
  'hours=24h',
  'hours=024',
  'minutes=5',
])('refuses ?%s', async (query) => {
  const answer = await routes([addRatesRoutes]).get(`/rates?${query}`);
  expect(answer).toMatchObject({ status: 400, problem: { code: 'InvalidRequest' } });
});

test('on a grid nothing is lost, nothing counts twice, and each day is the sum of its points', () => {
  const moments = fc.array(fc.tuple(fc.integer({ min: 0, max: 62 * DAY }), fc.integer({ min: 1, max: 9 })), {
    maxLength: 50,
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1440 }),
      fc.integer({ min: 0, max: DAY }),
      moments,
      (hours, offset, given) => {
        const until = NOW + offset;
        const since = windowStart(hours, until);
        const points = given.map(([back, value]) => ({ at: until - 1 - back, value }));
        const grid = gridOf(since, until);
        expect(grid.count).toBeLessThanOrEqual(400);
        const { values, days } = onGrid(points, grid);
        const between = (from: number, to: number) =>
          points.filter((point) => point.at >= from && point.at < to).reduce((sum, { value }) => sum + value, 0);
        const begin = (i: number) => since + i * grid.millis;
        expect(values).toEqual(values.map((_, i) => between(begin(i), begin(i + 1))));
        expect(days).toEqual(values.map((_, i) => between(begin(i + 1) - DAY, begin(i + 1))));
        expect(values.reduce((sum, value) => sum + value, 0)).toBe(between(since, until));
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  [10_000, true],
  [10_001, false],
])(
  'of %i changes of the list it counts 10,000 at the most, and says whether those are all: %p',
  async (changes, complete) => {
    class LongList extends MemoryLedger {
      override async *recent(): AsyncGenerator<Listed> {
        const updatedAt = new Date(NOW - HOUR).toISOString();
        for await (const entry of one.recent()) for (let i = 0; i < changes; i += 1) yield { ...entry, updatedAt };
      }
    }
    const one = await ledgerThatLearnt([bounce()]);
    const { list } = await asking({ ledger: new LongList() })();
    expect(list).toEqual({ entries: 10_000, complete, byReason: [{ reason: 'hard-bounce', count: 10_000 }] });
  },
);
