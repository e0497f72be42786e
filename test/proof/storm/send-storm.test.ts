import { broken, stopTables, stormOfSends } from './harness.ts';

afterAll(stopTables);

test('a small storm: faults strike, functions die, and every claim holds', async () => {
  const { claims, calls, killed, mails, faults } = await stormOfSends(1, 80);
  expect(broken(claims)).toEqual([]);
  expect(claims).toHaveLength(6);
  expect(calls).toBeGreaterThan(80);
  expect(mails).toBeGreaterThan(30);
  expect(killed).toBeGreaterThan(0);
  expect(faults.faults).toBeGreaterThan(15);
});
