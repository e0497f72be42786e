import { wireIdentity } from '../../../lambda/wiring/identity-topic.ts';
import { PACE_MS, paced } from '../../../lambda/wiring/pacing.ts';
import { FakeSes, OURS, surroundings, wireTo } from './fakes.ts';

const CALL_MS = 70;

const clocked = () => {
  let now = 1_800_000_000_000;
  const starts: number[] = [];
  const ses = new FakeSes({ 'ledger.example': {} });
  const start = () => {
    starts.push(now);
    now += CALL_MS;
  };
  for (const call of ['read', 'setTopic', 'setHeaders'] as const) {
    const original = ses[call].bind(ses) as (...args: unknown[]) => Promise<never>;
    jest.spyOn(ses, call).mockImplementation((...args: unknown[]) => {
      start();
      return original(...args);
    });
  }
  const time = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  return { ses, calls: paced(ses, time), starts, pass: (ms: number) => (now += ms) };
};

test('starts a call no sooner than a second after the one before has ended', async () => {
  const { ses, calls, starts } = clocked();
  await wireIdentity(wireTo({ IncludeHeaders: 'true' }), { ...surroundings(ses).identity, identities: calls });
  expect(starts.slice(1).map((start, i) => start - (starts[i] ?? 0))).toEqual([PACE_MS + CALL_MS, PACE_MS + CALL_MS]);
  expect(PACE_MS).toBeGreaterThanOrEqual(1000);
});

test('waits for nothing where enough time has passed', async () => {
  const { calls, starts, pass } = clocked();
  await calls.read(['ledger.example']);
  pass(5000);
  await calls.setTopic('ledger.example', 'Bounce', OURS);
  expect(starts.map((start) => start - (starts[0] ?? 0))).toEqual([0, 5000 + CALL_MS]);
});

test('keeps the pace after a call that failed', async () => {
  const { calls, starts } = clocked();
  await expect(calls.setTopic('gone.example', 'Bounce', OURS)).rejects.toThrow('does not exist');
  await calls.read(['ledger.example']);
  expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBe(PACE_MS + CALL_MS);
});
