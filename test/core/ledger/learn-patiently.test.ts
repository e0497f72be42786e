import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { keyText } from '../../../core/entry/entry.ts';
import { learnPatiently } from '../../../core/ledger/learn-patiently.ts';
import { entryOf, evidenceOf, keyOf, NOW } from '../../adapters/samples.ts';

const named = (name: string): Error => Object.assign(new Error(name), { name });

/** A ledger whose writes of one address fail so often, and what was waited for. */
const setUp = (failures: number, name: string) => {
  let left = failures;
  const slept: number[] = [];
  const ledger = new MemoryLedger({
    fault: ({ operation, key, phase }) => {
      if (operation !== 'write' || phase !== 'before' || !key.address.startsWith('pat') || left === 0) return;
      left -= 1;
      throw named(name);
    },
  });
  const sleep = async (millis: number): Promise<void> => {
    slept.push(millis);
  };
  return { ledger, slept, deps: { ledger, policy: DEFAULT_POLICY, sleep } };
};

const FACTS = ['pat', 'ann'].map((name) => entryOf(keyOf(name), evidenceOf('hard-bounce', NOW)));

test('tries again what failed, later each time, and nothing else', async () => {
  const { ledger, slept, deps } = setUp(2, 'ThrottlingException');
  const learnt = await learnPatiently(FACTS, deps);
  expect([...learnt.values()].map(({ outcome }) => outcome)).toEqual(['written', 'written']);
  expect([slept, ledger.writes]).toEqual([[200, 500], 2]);
});

test('gives up after about twenty seconds, and has written what could be written', async () => {
  const { ledger, slept, deps } = setUp(Number.POSITIVE_INFINITY, 'ThrottlingException');
  await expect(learnPatiently(FACTS, deps)).rejects.toThrow('ThrottlingException');
  expect(slept.reduce((sum, each) => sum + each)).toBe(18_700);
  expect(ledger.writes).toBe(1);
});

test.each(['AccessDeniedException', 'ResourceNotFoundException', 'ExpiredTokenException'])(
  'does not wait for %s to pass',
  async (name) => {
    const { slept, deps } = setUp(1, name);
    await expect(learnPatiently(FACTS, deps)).rejects.toThrow(name);
    expect(slept).toEqual([]);
  },
);

test('gives back an entry that cannot be read, and learns the others', async () => {
  const { ledger, slept, deps } = setUp(0, '');
  ledger.put({ address: { S: 'pat@target.example' }, scope: { S: '*' }, status: { S: 'suppressed' } });
  const learnt = await learnPatiently(FACTS, deps);
  expect(FACTS.map((fact) => learnt.get(keyText(fact))?.outcome)).toEqual(['failed', 'written']);
  expect(slept).toEqual([]);
});

test('asks nothing for no facts', async () => {
  expect((await learnPatiently([], setUp(0, '').deps)).size).toBe(0);
});
