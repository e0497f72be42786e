import { functionsFor, runThrottle } from '../../../bench/scale/throttle-run.ts';

const setup = {
  seed: 1,
  seconds: 7200,
  arrivals: () => 10,
  rate: 20,
  functionsSend: 35,
  inFlight: 120_000,
  throttled: { from: 600, to: 1800 },
};

test('nothing is lost while SES refuses, and the backlog drains at what the account may beside what comes in', () => {
  const { arrived, sent, waiting, refusals, moments } = runThrottle(setup);
  expect(sent + waiting).toBe(arrived);
  expect(refusals).toBeGreaterThan(0);
  expect(moments.find(({ at }) => at === 1800)?.waiting).toBeGreaterThan(0.95 * 10 * 1200);
  // 12,000 wait, 10 a second are left of the rate, and a minute until the rate is back
  const over = moments.find(({ at, waiting: left }) => at > 1800 && left < 100)?.at ?? Number.NaN;
  expect(over).toBeGreaterThan(1800 + 1200);
  expect(over).toBeLessThan(1800 + 1200 * 1.2);
});

test('what was received and waits is limited', () => {
  const few = runThrottle({ ...setup, inFlight: 5 });
  expect(few.refusals).toBeLessThan(runThrottle(setup).refusals);
  expect(few.sent + few.waiting).toBe(few.arrived);
});

test.each([
  [30, 2],
  [36, 10],
  [270, 20],
  [1e6, 100],
])('%d mails a second take %d functions', (mails, functions) => {
  expect(functionsFor(mails)[0]).toBe(functions);
});
