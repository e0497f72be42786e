import { readConfiguration } from '../../lib/index.ts';
import { seededRandom } from '../../local/seeded-random.ts';
import { isObject, type Json } from '../../proof/fuzz/json.ts';
import { mutate } from '../../proof/fuzz/mutate.ts';
import { ready } from '../../proof/fuzz/recipe.ts';

const INPUTS = 500;

const SEEDS: readonly Json[] = [
  { stackName: 'Mail', senders: ['@ledger.example'], batch: { size: 100, windowSeconds: 5, maxConcurrency: 200 } },
  {
    queue: { maxConcurrency: 10 },
    unsubscribe: { reservedConcurrency: 5, rotationDays: 30 },
    alarms: { emails: ['a@b.example'] },
  },
  {
    domains: [{ name: 'ledger.example', mailFrom: false, dmarc: { policy: 'reject', rua: 'dmarc@ledger.example' } }],
    regions: ['us-east-1'],
  },
  {
    policy: { complaintScope: 'stream', softBounceSteps: [{ strikes: 3, holdDays: 7 }] },
    identities: ['ledger.example'],
  },
  '{"senders":["@ledger.example"]}',
];
const WORDS = [
  'stackName',
  'senders',
  'regions',
  'home',
  'policy',
  'domains',
  'zone',
  'table',
  'topics',
  'breaker',
  'us-east-1',
];

/** Whether every value of what was read is one that the seeds' kinds of value can have. */
const isWhole = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).every(isWhole) : value !== undefined;

test('whatever the configuration is, it is read, or refused in words that name the setting', () => {
  const random = seededRandom(1);
  const outcomes = { read: 0, refused: 0 };
  for (let i = 0; i < INPUTS; i += 1) {
    const seed = SEEDS[i % SEEDS.length] ?? null;
    const suppressor = ready(mutate(seed, { random, others: SEEDS, words: WORDS }));
    const again = isObject(suppressor) ? JSON.parse(JSON.stringify(suppressor)) : suppressor;
    try {
      expect(isWhole(readConfiguration({ getAllContext: () => ({ suppressor: again }) }))).toBe(true);
      outcomes.read += 1;
    } catch (fault) {
      const { name, message } = fault as Error;
      outcomes.refused += 1;
      expect([name, message]).toEqual(['Error', expect.stringMatching(/^suppressor/)]);
    }
  }
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(INPUTS / 10);
});
