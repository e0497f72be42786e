import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { emptyEntry } from '../../../core/entry/entry.ts';
import { DAY, SECOND } from '../../../core/instant.ts';
import { add } from '../../../core/ledger/add.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { keyOf } from '../../adapters/samples.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import { NOW } from './samples.ts';

const KEY = keyOf('pat');
const WHY = { by: 'support', note: 'asked for by phone' };

test('blocks without end by the decision of a person', async () => {
  const ledger = new MemoryLedger();
  const told = await add(ledger, KEY, WHY, DEFAULT_POLICY, NOW);
  expect(told).toMatchObject({ outcome: 'written', derived: { status: 'suppressed', reason: 'manual', since: NOW } });
  expect(ledger.entry(KEY)?.operator).toEqual({ action: 'add', at: NOW, ...WHY });
});

test('writes nothing when the same is said again, and the new words when it is said otherwise', async () => {
  const ledger = new MemoryLedger();
  await add(ledger, KEY, WHY, DEFAULT_POLICY, NOW);
  expect(await add(ledger, KEY, WHY, DEFAULT_POLICY, NOW + DAY)).toMatchObject({ outcome: 'unchanged' });
  expect(ledger.writes).toHaveLength(1);
  await add(ledger, KEY, { ...WHY, note: 'and by letter' }, DEFAULT_POLICY, NOW + DAY);
  expect(ledger.entry(KEY)?.operator).toMatchObject({ note: 'and by letter', at: NOW + DAY });
});

test.each(['remove', 'allow'] as const)('comes after %s that was written under a clock ahead', async (action) => {
  const ledger = new MemoryLedger();
  const at = NOW + 5 * SECOND;
  await learn(ledger, [{ ...emptyEntry(KEY), operator: { action, at, by: '', note: '' } }], DEFAULT_POLICY);
  expect(await add(ledger, KEY, WHY, DEFAULT_POLICY, NOW)).toMatchObject({ derived: { status: 'suppressed' } });
});

test('keeps one line of who and why, bounded', async () => {
  const ledger = new MemoryLedger();
  await add(ledger, KEY, { by: 'b'.repeat(1000), note: `two\r\nlines ${'n'.repeat(1000)}` }, DEFAULT_POLICY, NOW);
  const { by = '', note = '' } = ledger.entry(KEY)?.operator ?? {};
  expect([by.length, note.length]).toEqual([64, expect.any(Number)]);
  expect(note.length).toBeLessThanOrEqual(200);
  expect(note).toMatch(/^two lines n/);
});
