import fc from 'fast-check';
import { runFeedback } from '../../../bench/scale/feedback-run.ts';
import type { FeedbackSetup } from '../../../bench/scale/feedback-setup.ts';
import { setupOf } from '../../../bench/scale/scenario.ts';

/** Nothing limits but the pollers, and everything takes a second: a queue whose drain is known. */
const plain = (more: Partial<FeedbackSetup> = {}): FeedbackSetup => ({
  seed: 1,
  seconds: 300,
  calm: { from: 300, seconds: 60 },
  step: 0.25,
  arrivals: () => ({ rate: 100, changing: 0.1 }),
  batch: 10,
  service: () => 1,
  visibilitySeconds: 60,
  receives: 100,
  inFlight: 120_000,
  pollers: { atFirst: 20, perMinute: 0, most: 20 },
  reads: 1e9,
  writes: 1e9,
  index: [1],
  indexWrites: 1e9,
  throttledSeconds: 1,
  ...more,
});

test('every message is done, waits, or is set aside, whatever limits and fails', () => {
  const settings = fc.record({
    seed: fc.nat(1e6),
    rate: fc.integer({ min: 0, max: 400 }),
    changing: fc.double({ min: 0, max: 1, noNaN: true }),
    reads: fc.integer({ min: 1, max: 500 }),
    writes: fc.integer({ min: 1, max: 300 }),
    inFlight: fc.integer({ min: 10, max: 3000 }),
    receives: fc.integer({ min: 1, max: 5 }),
    most: fc.integer({ min: 1, max: 40 }),
    outage: fc.constantFrom({}, { outage: { from: 20, to: 100, seconds: 5 } }),
  });
  fc.assert(
    fc.property(settings, ({ rate, changing, most, outage, ...rest }) => {
      const { arrived, done, waiting, deadLetters, mostInFlight, mostReceives } = runFeedback(
        plain({
          ...rest,
          ...outage,
          seconds: 200,
          arrivals: (at) => ({ rate: at < 120 ? rate : 0, changing }),
          pollers: { atFirst: 1, perMinute: 300, most },
          index: [0.5, 0.3, 0.2],
          indexWrites: 60,
        }),
      );
      expect(done + waiting + deadLetters).toBe(arrived);
      expect(Math.min(done, waiting, deadLetters)).toBeGreaterThanOrEqual(0);
      expect(mostInFlight).toBeLessThanOrEqual(rest.inFlight);
      expect(mostReceives).toBeLessThanOrEqual(rest.receives);
    }),
    { numRuns: 25 },
  );
});

test('a known drain: what pollers cannot take stays, to the message', () => {
  const { arrived, done, waiting } = runFeedback(plain({ arrivals: () => ({ rate: 300, changing: 0 }) }));
  // 20 pollers take 10 each a second
  expect(Math.abs(done - 200 * 300)).toBeLessThanOrEqual(2 * 200);
  expect(waiting).toBe(arrived - done);
});

test('Little: what is under way is what arrives a second times what it takes', () => {
  const { moments, busySeconds, invocations, arrived } = runFeedback(plain());
  expect(busySeconds / invocations).toBeCloseTo(1, 6);
  const settled = moments.slice(60);
  const mean = settled.reduce((sum, { waiting }) => sum + waiting, 0) / settled.length;
  // a second in the function, and up to two steps until a poller sees it
  expect(mean).toBeGreaterThan((arrived / 300) * 0.95);
  expect(mean).toBeLessThan((arrived / 300) * 1.6);
});

test('throttled reads limit what is done, to a hundredth', () => {
  const { done } = runFeedback(plain({ reads: 50 }));
  expect(done / (50 * 300)).toBeGreaterThan(0.99);
  expect(done / (50 * 300)).toBeLessThan(1.01);
});

test('a hot partition of the index limits its own writes, and no others', () => {
  const run = (index: readonly number[]) =>
    runFeedback(
      plain({
        arrivals: () => ({ rate: 100, changing: 1 }),
        index,
        indexWrites: 30,
        visibilitySeconds: 30,
        throttledSeconds: 0,
      }),
    ).done / 300;
  expect(run([0.25, 0.25, 0.25, 0.25])).toBeGreaterThan(97);
  // 0.7 × 100 want to go where 30 may
  const hot = run([0.7, 0.1, 0.1, 0.1]);
  expect(hot).toBeLessThan(61);
  expect(hot).toBeGreaterThan(50);
});

test('the same seed gives the same run, another one another', () => {
  expect(runFeedback(plain())).toEqual(runFeedback(plain()));
  expect(runFeedback(plain({ seed: 2 })).arrived).not.toBe(runFeedback(plain()).arrived);
});

test('what was received too often is set aside, and nothing else', () => {
  const outage = { from: 0, to: 130, seconds: 1 };
  const few = runFeedback(plain({ outage, receives: 3, arrivals: (at) => ({ rate: at < 10 ? 10 : 0, changing: 0 }) }));
  expect(few.deadLetters).toBe(few.arrived);
  const enough = runFeedback(
    plain({ outage, receives: 4, arrivals: (at) => ({ rate: at < 10 ? 10 : 0, changing: 0 }) }),
  );
  expect([enough.deadLetters, enough.done]).toEqual([0, enough.arrived]);
  expect(enough.mostReceives).toBe(4);
});

test('a calm quarter of an hour is as the model says: nothing waits, and so many functions are at work', () => {
  const seconds = 900;
  const setup = { ...setupOf(1e8, 'nothing'), seconds };
  const { moments, busySeconds, invocations, arrived, done, waiting } = runFeedback(setup);
  expect([done + waiting, Math.max(...moments.map(({ age }) => age)) < 2]).toEqual([arrived, true]);
  const model = (invocations / seconds) * setup.service(arrived / invocations, (arrived / invocations) * 0.021);
  expect(busySeconds / seconds / model).toBeGreaterThan(0.9);
  expect(busySeconds / seconds / model).toBeLessThan(1.1);
});
