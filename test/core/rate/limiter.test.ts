import { MemoryLimiter } from '../../../adapters/memory-limiter.ts';
import { makeLimiter } from '../../../core/rate/limiter.ts';
import type { LimiterState, LimiterStore } from '../../../core/rate/limiter-store.ts';
import { WRITE_MS } from '../../../core/rate/plan-claim.ts';
import type { SendQuotaReading } from '../../../core/rate/send-quota.ts';
import { toMicros } from '../../../core/rate/slots.ts';
import { RecordedLog } from '../../lambda/recorders.ts';
import { VirtualTime } from './virtual-time.ts';

const SECONDS = 1000;

/** Senders with one store, and all that happens between them and SES in view. */
const world = (state: LimiterState = {}) => {
  const time = new VirtualTime();
  const store = new MemoryLimiter(state);
  const calls: string[] = [];
  const asked: number[] = [];
  const log = new RecordedLog();
  const ses = {
    reading: { maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 100 } as SendQuotaReading,
    fault: undefined as Error | undefined,
    takesMs: 100,
    /** Happens while SES is asked. */
    meanwhile: async () => {},
  };
  const failing = new Set<keyof LimiterStore>();
  const seen = new Proxy(store, {
    get: (target, name: keyof LimiterStore) => async (given: never) => {
      calls.push(name);
      if (failing.has(name)) throw new Error(`${name} was throttled`);
      return target[name](given);
    },
  });
  const quota = {
    read: async () => {
      asked.push(time.now());
      await ses.meanwhile();
      await time.sleep(ses.takesMs);
      if (ses.fault !== undefined) throw ses.fault;
      return ses.reading;
    },
  };
  const sender = (holder: string) => makeLimiter({ store: seen, quota, log, holder, ...time });
  const reserve = (limiter: ReturnType<typeof sender>, counts: readonly number[] = [1], ms = 30_000) =>
    time.during(limiter.reserve(counts, time.now() + ms));
  const pass = (ms: number) => time.during(time.sleep(ms));
  return { time, store, calls, asked, log, ses, failing, sender, reserve, pass };
};
const known = (time = new VirtualTime()): LimiterState => ({ rate: 14, readAt: time.now(), left: 50_000 });

describe('the quota', () => {
  test('is read by the first sender there is, and written for the others', async () => {
    const { store, sender, reserve, asked } = world();
    await reserve(sender('a'), [1, 2]);
    expect(await store.read()).toMatchObject({ rate: 14, left: 50_000 - 100 - 3 });
    expect(await store.read()).not.toHaveProperty('leasedUntil');
    await reserve(sender('b'));
    expect(asked).toHaveLength(1);
  });

  test('is asked for by one sender at a time, and about once a minute', async () => {
    const { time, sender, asked, pass } = world(known());
    const senders = Array.from({ length: 20 }, (_, i) => sender(`sender-${i}`));
    for (let second = 0; second < 300; second += 1) {
      await time.during(Promise.all(senders.map((each) => each.reserve([1], time.now() + 1000))));
      await pass(SECONDS);
    }
    expect(asked.length).toBeGreaterThanOrEqual(4);
    expect(asked.length).toBeLessThanOrEqual(5);
    const gaps = asked.slice(1).map((at, i) => at - (asked[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60 * SECONDS);
  });

  test('is waited for by senders that come while the first one ever asks, none of which asks itself', async () => {
    const { time, sender, asked, store } = world();
    const all = await time.during(
      Promise.all(['a', 'b', 'c'].map((name) => sender(name).reserve([1], time.now() + 30_000))),
    );
    const slots = all.flatMap(({ slots: [slot = 0] }) => slot).sort((a, b) => a - b);
    expect(asked).toHaveLength(1);
    expect((slots[2] ?? 0) - (slots[0] ?? 0)).toBeLessThan(1000);
    expect(await store.read()).toMatchObject({ rate: 14 });
  });

  test('is left to another sender once the one who asks has died', async () => {
    const { time, sender, reserve, pass, asked, ses } = world();
    ses.takesMs = 1e9;
    void sender('dead').reserve([1], time.now() + 30_000);
    await time.run(time.now());
    ses.takesMs = 100;
    await reserve(sender('early'));
    expect(asked).toHaveLength(1);
    await pass(10 * SECONDS);
    await reserve(sender('late'));
    expect(asked).toHaveLength(2);
  });

  test('that came too late is not written over what the next holder has read', async () => {
    const { time, store, sender, reserve, ses } = world(known(new VirtualTime(0)));
    ses.takesMs = 30 * SECONDS;
    const slow = sender('slow').reserve([1], time.now() + 60_000);
    await time.run(time.now() + 11 * SECONDS);
    ses.takesMs = 100;
    ses.reading = { ...ses.reading, maxSendRate: 50 };
    const quick = sender('quick').reserve([1], time.now() + 60_000);
    await time.run(time.now() + 500);
    await quick;
    ses.reading = { ...ses.reading, maxSendRate: 1 };
    await time.during(slow);
    expect(await store.read()).toMatchObject({ rate: 50 });
    expect((await reserve(sender('slow'))).slots).toHaveLength(1);
  });

  test('that cannot be read leaves the last known one, is logged, and is not asked for again at once', async () => {
    const { sender, reserve, pass, asked, ses, log } = world({ rate: 14, readAt: 0, left: 50 });
    ses.fault = new Error('Rate exceeded');
    const limiter = sender('a');
    const { slots } = await reserve(limiter, [1, 1]);
    expect((slots[1] ?? 0) - (slots[0] ?? 0)).toBeCloseTo(73.715);
    await reserve(limiter);
    await pass(5 * SECONDS);
    await reserve(sender('b'));
    expect(asked).toHaveLength(1);
    expect(log.lines).toMatchObject([{ level: 'warn', cause: 'Error: Rate exceeded', lastKnownRate: 14 }]);
    await pass(5 * SECONDS);
    await reserve(limiter);
    expect(asked).toHaveLength(2);
  });

  test.each([
    ['fails', 14, new Error('AccessDenied')],
    ['names a rate of 0', 0, undefined],
    ['names no rate', Number.NaN, undefined],
  ])('is taken for one a second if SES %s and nobody ever knew it', async (_how, maxSendRate, fault) => {
    const { sender, reserve, ses, log } = world();
    ses.fault = fault;
    ses.reading = { ...ses.reading, maxSendRate };
    const { slots } = await reserve(sender('a'), [1, 1]);
    expect((slots[1] ?? 0) - (slots[0] ?? 0)).toBe(1032);
    expect(log.lines).toMatchObject([{ level: 'warn', lastKnownRate: null }]);
  });

  test('counts what is reserved while SES is asked, and what is reserved ahead and not yet in its count', async () => {
    const { time, store, sender, reserve, ses } = world({ ...known(), readAt: 0, left: 10_000 });
    const other = sender('b');
    ses.meanwhile = async () => {
      ses.meanwhile = async () => {};
      await other.reserve([50, 50], time.now() + 30_000);
    };
    await store.claim({
      recipients: 28,
      span: toMicros(28 * 73.715),
      from: { start: toMicros(time.now()), absurd: toMicros(time.now() + 1e6) },
    });
    await reserve(sender('a'), [1]);
    expect((await store.read()).left).toBe(50_000 - 100 - 28 - 100 - 1);
  });

  test('that is spent has everybody wait, without a write, until a reading has room again', async () => {
    const { time, sender, reserve, pass, ses, calls } = world({ ...known(), left: 2 });
    const limiter = sender('a');
    expect(await reserve(limiter, [1, 2, 1])).toMatchObject({
      slots: [expect.any(Number), undefined, expect.any(Number)],
      lacking: [undefined, { what: 'quota' }, undefined],
    });
    calls.length = 0;
    expect(await reserve(limiter, [2])).toMatchObject({
      slots: [],
      lacking: [{ what: 'quota', until: time.now() }],
    });
    expect(calls).toEqual([]);
    ses.reading = { ...ses.reading, sentLast24Hours: 49_000 };
    await pass(61 * SECONDS);
    expect((await reserve(limiter, [2])).slots).toHaveLength(1);
  });
});

describe('slots', () => {
  test('of a batch are reserved with one write, in order, a slot for each recipient', async () => {
    const { time, sender, reserve, calls } = world(known());
    const limiter = sender('a');
    const { slots, lacking } = await reserve(limiter, [1, 50, 1]);
    expect(slots.map((slot = 0) => slot - time.now() - WRITE_MS)).toEqual(
      [0, 73.715, 51 * 73.715].map((ms) => expect.closeTo(ms, 2)),
    );
    expect(lacking).toEqual([undefined, undefined, undefined]);
    expect(calls).toEqual(['read', 'claim']);
    await reserve(limiter, [1, 1]);
    expect(calls).toEqual(['read', 'claim', 'claim']);
  });

  test('of no mails are no write', async () => {
    const { sender, reserve, calls } = world(known());
    expect(await reserve(sender('a'), [])).toEqual({ slots: [], share: 1, lacking: [] });
    expect(calls).toEqual([]);
  });

  test('of two senders never overlap', async () => {
    const { time, sender } = world(known());
    const [a, b] = await time.during(
      Promise.all([sender('a'), sender('b')].map((each) => each.reserve([3, 3], time.now() + 30_000))),
    );
    const starts = [...(a?.slots ?? []), ...(b?.slots ?? [])].map((slot = 0) => slot).sort((x, y) => x - y);
    expect(starts).toHaveLength(4);
    for (const [i, start] of starts.slice(1).entries())
      expect(start - (starts[i] ?? 0)).toBeGreaterThanOrEqual(3 * 73.715);
  });

  test('beyond the time of the sender are refused after one read, and it is told when the next one is free', async () => {
    const { time, store, sender, reserve, calls } = world(known());
    const limiter = sender('a');
    await reserve(limiter);
    const free = toMicros(time.now() + 60_000);
    await store.claim({ recipients: 1, span: free - ((await store.read()).next ?? 0), from: { add: [0, free] } });
    calls.length = 0;
    expect(await reserve(limiter)).toMatchObject({
      slots: [],
      lacking: [{ what: 'rate', until: free / 1000 }],
    });
    expect(calls).toEqual(['claim', 'read']);
    calls.length = 0;
    expect((await reserve(limiter)).slots).toEqual([]);
    expect(calls).toEqual([]);
  });

  test('fail as a whole where the table cannot be written, and the next try succeeds', async () => {
    const { time, sender, reserve, failing } = world(known());
    const limiter = sender('a');
    failing.add('claim');
    await expect(limiter.reserve([1], time.now() + 30_000)).rejects.toThrow('claim was throttled');
    failing.clear();
    expect((await reserve(limiter)).slots).toHaveLength(1);
  });
});

describe('throttling by SES', () => {
  test('slows down every sender, moves the next slot on, and passes within a minute', async () => {
    const { store, sender, reserve, pass, log } = world(known());
    const [a, b] = [sender('a'), sender('b')];
    await reserve(a);
    const before = (await store.read()).next ?? 0;
    await a.throttled();
    expect(await store.read()).toMatchObject({ next: before + 1_000_000, slowdown: { share: 0.75 } });
    const { slots, share } = await reserve(b, [1, 1]);
    expect(share).toBe(0.75);
    expect((slots[1] ?? 0) - (slots[0] ?? 0)).toBeCloseTo(73.715 / 0.75, 0);
    await pass(15 * SECONDS);
    expect((await reserve(b)).share).toBe(1);
    expect(log.lines).toEqual([{ level: 'warn', message: expect.stringContaining('throttles'), share: 0.75 }]);
  });

  test('is one write for many mails, by whichever senders', async () => {
    const { store, sender, reserve, pass, calls } = world(known());
    const senders = Array.from({ length: 10 }, (_, i) => sender(`sender-${i}`));
    for (const each of senders) await reserve(each);
    await pass(2 * SECONDS);
    calls.length = 0;
    for (const each of senders) await Promise.all(Array.from({ length: 20 }, () => each.throttled()));
    expect(await store.read()).toMatchObject({ slowdown: { share: 0.75 } });
    expect(calls.filter((call) => call === 'throttle')).toHaveLength(10);
    calls.length = 0;
    await pass(500);
    for (const each of senders) await each.throttled();
    expect(calls).toEqual([]);
    await pass(600);
    await senders[0]?.throttled();
    expect((await store.read()).slowdown?.share).toBeLessThan(0.6);
  });

  test('has only as many mails go at slots that were reserved before as there is room for', async () => {
    const { sender, reserve } = world({ ...known() });
    const limiter = sender('a');
    const { share } = await reserve(
      limiter,
      Array.from({ length: 10 }, () => 1),
    );
    expect(await limiter.goes(share)).toBe(true);
    await limiter.throttled();
    const going: boolean[] = [];
    for (let mail = 0; mail < 100; mail += 1) going.push(await limiter.goes(share));
    expect(going.filter(Boolean)).toHaveLength(75);
    expect(going.slice(0, 8)).toEqual([false, true, true, true, false, true, true, true]);
  });

  test('is noticed by senders that wait at slots, with a read every two seconds at the most', async () => {
    const { sender, reserve, pass, calls, failing } = world(known());
    const [a, b] = [sender('a'), sender('b')];
    await reserve(a);
    const { share } = await reserve(b);
    await a.throttled();
    expect(await b.goes(share)).toBe(true);
    await pass(2100);
    calls.length = 0;
    failing.add('read');
    expect(await b.goes(share)).toBe(true);
    failing.clear();
    await pass(2100);
    await Promise.all([b.goes(share), b.goes(share), b.goes(share)]);
    const kept = [];
    for (let mail = 0; mail < 10; mail += 1) kept.push(await b.goes(share));
    expect(kept).toContain(false);
    expect(calls).toEqual(['read', 'read']);
  });

  test('is not a fault of the mail, also where it cannot be shared', async () => {
    const { sender, reserve, failing, log } = world(known());
    const limiter = sender('a');
    await reserve(limiter);
    failing.add('throttle');
    await limiter.throttled();
    expect(log.lines).toMatchObject([{ level: 'error', cause: 'Error: throttle was throttled' }]);
  });
});

describe('a time that only a wrong clock can have written', () => {
  const DAYS = 86_400_000;
  const START = new VirtualTime().now();
  const usual = { rate: 14, left: 50_000, readAt: START - 61 * SECONDS };
  const far = (millis: number): [string, LimiterState][] => [
    ['next', { ...usual, next: toMicros(START + millis) }],
    ['next, a quota that was just read', { ...usual, readAt: START, next: toMicros(START + millis) }],
    ['next, a small quota', { ...usual, left: 190, next: toMicros(START + millis) }],
    ['readAt', { ...usual, left: 0, readAt: START + millis }],
    ['leasedUntil', { ...usual, left: 0, leasedUntil: START + millis }],
    ['readAt and leasedUntil', { ...usual, left: 0, readAt: START + millis, leasedUntil: START + millis }],
    ['slowedAt', { ...usual, slowdown: { share: 0.1, at: START + millis } }],
    [
      'every time',
      {
        rate: 14,
        left: 0,
        next: toMicros(START + millis),
        readAt: START + millis,
        leasedUntil: START + millis,
        slowdown: { share: 0.1, at: START + millis },
      },
    ],
  ];
  const states = [...far(2 * DAYS), ...far(365 * DAYS), ...far(7_200_000)];

  test.each([
    ...states,
    ['left', { ...usual, left: -2_000_000 }],
    ['left, read just now', { ...usual, readAt: START, left: -2_000_000 }],
  ] as [string, LimiterState][])(
    'in %s: the whole rate is used again within little more than a minute',
    async (_what, state) => {
      const { time, store, sender } = world(state);
      const limiter = sender('a');
      let slots: readonly (number | undefined)[] = [];
      while (time.now() < START + 75 * SECONDS) {
        ({ slots } = await time.during(limiter.reserve(Array(10).fill(1), time.now() + 30 * SECONDS)));
        await time.during(time.sleep(5 * SECONDS));
      }
      expect(slots).not.toContain(undefined);
      expect((slots[9] ?? 0) - (slots[0] ?? 0)).toBeLessThan(10 * 74);
      const { left = 0, next = 0, readAt = 0 } = await store.read();
      expect(left).toBeGreaterThan(49_000);
      expect(next / 1000).toBeLessThan(time.now() + 30 * SECONDS);
      expect(readAt).toBeGreaterThan(START - 1);
    },
  );

  test('in slowedAt does not keep a slowdown from being shared', async () => {
    const { time, store, sender, reserve } = world({
      ...usual,
      readAt: START,
      slowdown: { share: 0.5, at: START + 2 * DAYS },
    });
    const limiter = sender('a');
    await reserve(limiter);
    await limiter.throttled();
    expect((await store.read()).slowdown).toEqual({ share: 0.75, at: time.now() });
  });

  test('is not one that clocks a little apart write', async () => {
    const state = {
      ...usual,
      readAt: START + 20,
      leasedUntil: START + 10_020,
      slowdown: { share: 0.5, at: START + 20 },
    };
    const { sender, reserve, asked } = world(state);
    expect((await reserve(sender('a'))).share).toBe(0.5);
    expect(asked).toEqual([]);
  });
});
