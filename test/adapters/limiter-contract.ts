import type { Claim, LimiterStore } from '../../core/rate/limiter-store.ts';
import { NO_QUOTA } from '../../core/rate/send-quota.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');
const NEXT = NOW * 1000;
const HOUR = 3_600_000_000;

const start = (at: number, span = 1000, recipients = 1): Claim => ({
  recipients,
  span,
  from: { start: at, absurd: NEXT + HOUR },
});
const add = (least: number, most: number, span = 1000, recipients = 1): Claim => ({
  recipients,
  span,
  from: { add: [least, most] },
});
const lease = (holder: string, now = NOW) => ({
  holder,
  now,
  until: now + 10_000,
  staleBefore: now - 60_000,
  absurd: now + 60_000,
});
const learned = (holder: string, left: { set: number } | { change: number } = { set: 200 }) => ({
  holder,
  now: NOW,
  rate: 14,
  left,
});
const throttled = (before: number | undefined, at = NOW) => ({
  before,
  absurd: NOW + 60_000,
  slowdown: { share: 0.5625, at },
  pause: 1_000_000,
});

/**
 * What the port `LimiterStore` promises, whatever it is made of.
 *
 * @param make - makes two views of one new, empty store
 */
export const describeLimiterStore = (
  name: string,
  make: () => Promise<readonly [LimiterStore, LimiterStore]>,
): void => {
  describe(`${name}: the limiter's contract`, () => {
    let store: LimiterStore;
    let rival: LimiterStore;
    beforeEach(async () => {
      [store, rival] = await make();
    });

    test('knows nothing at first', async () => {
      expect(await store.read()).toEqual({});
    });

    test('starts where nothing was ever reserved, and cannot add there', async () => {
      expect(await store.claim(add(0, NEXT))).toBeUndefined();
      expect(await store.claim(start(NEXT, 2000, 2))).toEqual({ next: NEXT + 2000, left: NO_QUOTA - 2 });
      expect(await rival.read()).toEqual({ next: NEXT + 2000, left: NO_QUOTA - 2 });
    });

    test('starts where everything reserved is past, and not where it is not', async () => {
      await store.claim(start(NEXT));
      expect(await rival.claim(start(NEXT + 1000))).toBeUndefined();
      expect(await rival.claim(start(NEXT + 1001))).toMatchObject({ next: NEXT + 2001 });
    });

    test('starts where the reserved time is absurd', async () => {
      await store.claim({ recipients: 1, span: 1, from: { start: NEXT + HOUR, absurd: NEXT + 2 * HOUR } });
      expect(await store.claim(start(NEXT))).toMatchObject({ next: NEXT + 1000 });
    });

    test.each([
      [0, 0, true],
      [-1, 1, true],
      [1, 5, false],
      [-5, -1, false],
    ])('adds after what is reserved where that lies from %d to %d of the bounds: %p', async (least, most, adds) => {
      await store.claim(start(NEXT - 1000));
      const moved = await rival.claim(add(NEXT + least, NEXT + most));
      expect(moved?.next).toBe(adds ? NEXT + 1000 : undefined);
      expect((await store.read()).next).toBe(adds ? NEXT + 1000 : NEXT);
    });

    test('gives the slots of claims made at the same time to one each', async () => {
      await store.claim(start(NEXT, 0));
      const claims = Array.from({ length: 20 }, (_, i) => (i % 2 ? store : rival).claim(add(NEXT, NEXT + HOUR)));
      const ends = (await Promise.all(claims)).map((moved) => ((moved?.next ?? 0) - NEXT) / 1000);
      expect(ends.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    });

    test('has one of many start', async () => {
      const claims = Array.from({ length: 10 }, (_, i) => (i % 2 ? store : rival).claim(start(NEXT)));
      expect((await Promise.all(claims)).filter((moved) => moved !== undefined)).toHaveLength(1);
    });

    test('reserves no more than is left of the quota', async () => {
      await store.lease(lease('a'));
      await store.learn(learned('a', { set: 3 }));
      expect(await store.claim(start(NEXT, 1000, 4))).toBeUndefined();
      expect(await store.claim(start(NEXT, 1000, 2))).toMatchObject({ left: 1 });
      expect(await store.claim(add(0, NEXT + HOUR, 1000, 2))).toBeUndefined();
      expect(await store.claim(add(0, NEXT + HOUR, 1000, 1))).toMatchObject({ left: 0 });
      expect(await store.claim(add(0, NEXT + HOUR, 1000, 1))).toBeUndefined();
    });

    test('leases the reading to one at a time, until the lease ends', async () => {
      expect(await store.lease(lease('a'))).toMatchObject({ leasedUntil: NOW + 10_000 });
      expect(await rival.lease(lease('b'))).toBeUndefined();
      expect(await rival.lease(lease('b', NOW + 9_999))).toBeUndefined();
      expect(await rival.lease(lease('b', NOW + 10_000))).toMatchObject({ leasedUntil: NOW + 20_000 });
    });

    test('leases to one of many', async () => {
      const leases = Array.from({ length: 10 }, (_, i) => (i % 2 ? store : rival).lease(lease(`sender-${i}`)));
      expect((await Promise.all(leases)).filter((leased) => leased !== undefined)).toHaveLength(1);
    });

    test('leases no reading that is fresh', async () => {
      await store.lease(lease('a'));
      expect(await store.learn(learned('a'))).toEqual({ rate: 14, left: 200, readAt: NOW });
      expect(await rival.lease(lease('b', NOW + 60_000))).toBeUndefined();
      expect(await rival.lease(lease('b', NOW + 60_001))).toBeDefined();
    });

    test('takes a lease or a reading beyond an absurd time for none', async () => {
      await store.lease({ ...lease('a'), until: NOW + 60_001 });
      expect(await rival.lease({ ...lease('b'), absurd: NOW + 60_001 })).toBeUndefined();
      expect(await rival.lease(lease('b'))).toBeDefined();
      await rival.learn({ ...learned('b'), now: NOW + 60_001 });
      expect(await store.lease({ ...lease('a'), absurd: NOW + 60_001 })).toBeUndefined();
      expect(await store.lease(lease('a'))).toBeDefined();
    });

    test('takes no reading from anybody but the holder, and from that one once', async () => {
      expect(await store.learn(learned('a'))).toBeUndefined();
      await store.lease(lease('a'));
      await rival.lease(lease('b', NOW + 10_000));
      expect(await store.learn(learned('a'))).toBeUndefined();
      expect(await rival.learn(learned('b'))).toBeDefined();
      expect(await rival.learn(learned('b'))).toBeUndefined();
    });

    test('changes what is left by a difference, so that what was reserved meanwhile stays counted', async () => {
      await store.lease(lease('a'));
      expect(await store.learn(learned('a', { change: 5 }))).toBeUndefined();
      await store.learn(learned('a', { set: 200 }));
      await store.lease(lease('a', NOW + 61_000));
      await rival.claim(start(NEXT, 1000, 50));
      expect(await store.learn(learned('a', { change: -20 }))).toMatchObject({ left: 130 });
    });

    test('slows down once for what was known, and moves the next slot', async () => {
      expect(await store.throttle(throttled(undefined))).toBeUndefined();
      await store.claim(start(NEXT, 1000));
      expect(await store.throttle(throttled(undefined))).toMatchObject({
        next: NEXT + 1_001_000,
        slowdown: { share: 0.5625, at: NOW },
      });
      expect(await rival.throttle(throttled(undefined, NOW + 5))).toBeUndefined();
      expect(await rival.throttle(throttled(NOW - 1, NOW + 5))).toBeUndefined();
      expect(await rival.throttle(throttled(NOW, NOW + 5))).toMatchObject({ next: NEXT + 2_001_000 });
      expect((await store.read()).slowdown).toEqual({ share: 0.5625, at: NOW + 5 });
    });

    test('takes a slowdown beyond an absurd time for none', async () => {
      await store.claim(start(NEXT, 1000));
      await store.throttle(throttled(undefined, NOW + 60_001));
      expect(await rival.throttle({ ...throttled(undefined), absurd: NOW + 60_001 })).toBeUndefined();
      expect(await rival.throttle(throttled(undefined))).toMatchObject({ slowdown: { at: NOW } });
    });
  });
};
