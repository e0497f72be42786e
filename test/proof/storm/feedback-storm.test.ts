import { broken, stopTables, stormOfFeedback } from './harness.ts';

afterAll(stopTables);

test.each([1, 2, 3])('a small storm of seed %i: faults strike, functions die, and every claim holds', async (seed) => {
  const { claims, aftermath, faults, messages } = await stormOfFeedback(seed, 200);
  expect(broken(claims)).toEqual([]);
  expect(claims).toHaveLength(8);
  expect(messages).toBeGreaterThan(200);
  expect(faults.faults).toBeGreaterThan(3);
  expect(aftermath.run.killed).toBeGreaterThan(0);
  expect(aftermath.run.queue.buried.length).toBeGreaterThan(0);
  expect(aftermath.letters.received()).toBeGreaterThan(0);
});
