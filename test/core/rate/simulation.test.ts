import { fail } from '../../../core/result.ts';
import { sendFailure } from '../../../core/send/failure.ts';
import { mostInASecond, partUsed, partUsedBetween, type Start, simulate } from './simulation.ts';

/** Fewer runs where one takes long; `show-simulation.ts` makes as many as it is told. */
const seedsOf = (rate: number): number[] => Array.from({ length: rate > 100 ? 6 : 40 }, (_, i) => i + 1);
const RATES = [1, 14, 500];
const few = (random: () => number): number => (random() < 0.1 ? 50 : 1 + Math.floor(3 * random()));
const THROTTLED = fail(sendFailure('RateExceeded', 'SES: Maximum sending rate exceeded.'));

test.each(RATES)('20 senders at %d a second: never more in a sliding second, and at least 95 % of it', async (rate) => {
  for (const seed of seedsOf(rate)) {
    const { starts } = await simulate({ rate, seed });
    expect(mostInASecond(starts)).toBeLessThanOrEqual(rate);
    expect(partUsed(starts, rate, 10)).toBeGreaterThanOrEqual(0.95);
  }
});

test.each(RATES)('the same where some mails have 50 recipients, at %d recipients a second', async (rate) => {
  for (const seed of seedsOf(rate)) {
    const { starts } = await simulate({ rate, seed, recipients: few, seconds: rate === 1 ? 300 : 10 });
    expect(mostInASecond(starts)).toBeLessThanOrEqual(rate);
    expect(partUsedBetween(starts, rate)).toBeGreaterThanOrEqual(0.95);
    expect(Math.max(...starts.map(({ recipients }) => recipients))).toBe(50);
  }
});

test.each(RATES)('a mail that is late takes a new slot: still never more than %d in a sliding second', async (rate) => {
  for (const seed of seedsOf(rate)) {
    const { starts } = await simulate({ rate, seed, stalls: 0.02 });
    expect(mostInASecond(starts)).toBeLessThanOrEqual(rate);
    expect(starts.length).toBeGreaterThan(0.8 * rate * 10);
  }
});

test('one write a batch while there is enough to do, and hardly a read', async () => {
  const { batches, writes, reads } = await simulate({ rate: 500, seed: 1 });
  expect(batches).toBeGreaterThan(400);
  expect(writes / batches).toBeLessThan(1.05);
  expect(reads).toBeLessThan(batches / 10);
});

test('senders without room do not spin: at one a second the other senders write little', async () => {
  const { writes, reads, starts } = await simulate({ rate: 1, seed: 1, seconds: 60 });
  expect(partUsedBetween(starts, 1)).toBeGreaterThanOrEqual(0.95);
  expect((writes + reads) / (20 * 60)).toBeLessThan(0.5);
});

test('senders that die take their reserved slots with them and nothing else', async () => {
  const [rate, batch, dead] = [500, 20, 5];
  for (const seed of seedsOf(rate)) {
    const dies = (sender: number, batches: number): boolean => sender < dead && batches === 3;
    const { starts } = await simulate({ rate, seed, batch, dies });
    const lost = (dead * batch) / (rate * 10);
    expect(mostInASecond(starts)).toBeLessThanOrEqual(rate);
    expect(partUsed(starts, rate, 10)).toBeGreaterThanOrEqual(0.965 - lost);
    expect(partUsed(starts, rate, 10)).toBeLessThan(0.97 - lost / 2);
    expect(starts.filter(({ sender }) => sender < dead)).toHaveLength(dead * batch * 3);
  }
});

/** SES with another program that sends 7 a second for a while. */
const shared = (from: number, to: number) => {
  const accepted: Start[] = [];
  const refused: Start[] = [];
  const ses = (start: Start) => {
    const first = (accepted[0] ?? start).at;
    const isShared = start.at - first > from && start.at - first < to;
    const before = accepted.filter(({ at }) => at > start.at - 1000).length;
    if (before < (isShared ? 7 : 14)) {
      accepted.push(start);
      return undefined;
    }
    refused.push(start);
    return THROTTLED;
  };
  const within = (starts: readonly Start[], since: number, before: number) =>
    starts.filter(({ at }) => at - (accepted[0]?.at ?? 0) >= since && at - (accepted[0]?.at ?? 0) < before).length;
  return { ses, accepted, refused, within };
};

test('gives way to another program that shares the account, and takes the rate back when it has gone', async () => {
  for (const [senders, seed] of [5, 10, 20].map((count) => [count, count] as const)) {
    const { ses, accepted, refused, within } = shared(10_000, 60_000);
    const { writes, batches } = await simulate({ rate: 14, seed, senders, seconds: 150, ses });
    expect(within(refused, 0, 10_000)).toBe(0);
    expect(within(refused, 10_000, 60_000)).toBeGreaterThan(0);
    expect(within(refused, 20_000, 60_000)).toBeLessThan(0.05 * within(accepted, 20_000, 60_000));
    expect(within(accepted, 20_000, 60_000)).toBeGreaterThan(0.6 * 7 * 40);
    expect(within(accepted, 130_000, 150_000)).toBeGreaterThanOrEqual(0.95 * 14 * 20);
    expect(writes).toBeLessThan(batches + 60);
  }
});
