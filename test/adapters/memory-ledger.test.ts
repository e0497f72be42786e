import { decodeKey } from '../../adapters/entry-codec.ts';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { keyText } from '../../core/entry/entry.ts';
import { describeLedger } from './ledger-contract.ts';
import { type LedgerHarness, seeded } from './ledger-harness.ts';
import { describeRecent } from './recent-contract.ts';
import { describeRemoval } from './removal-contract.ts';
import { entryOf, keyOf, NOW } from './samples.ts';
import { describeScan } from './scan-contract.ts';

const make = async (): Promise<LedgerHarness> => {
  const clock = { now: NOW };
  const random = seeded(7);
  let readsFail = false;
  let nextWrite: 'before' | 'after' | undefined;
  let disturbed = false;
  const ledger = new MemoryLedger({
    now: () => clock.now,
    fault: async ({ operation, phase }) => {
      if (disturbed) {
        await new Promise(setImmediate);
        if (random() < 0.1) throw new Error('throttled');
      }
      if (operation !== 'write' && readsFail) throw new Error('no read');
      if (operation !== 'write' || nextWrite !== phase) return;
      nextWrite = undefined;
      throw new Error('no write, or no answer');
    },
  });
  return {
    ledger,
    rival: ledger,
    clock,
    item: async (key) => ledger.items.find((item) => keyText(decodeKey(item)) === keyText(key)),
    put: async (item) => ledger.put(item),
    writes: () => ledger.writes,
    failReads: () => {
      readsFail = true;
    },
    failNextWrite: () => {
      nextWrite = 'before';
    },
    loseNextAnswer: () => {
      nextWrite = 'after';
    },
    disturb: () => {
      disturbed = true;
    },
  };
};

describeLedger('memory', make);
describeRecent('memory', make);
describeScan('memory', make);
describeRemoval('memory', make);

test('fails the keys that the fault hook names, and no others', async () => {
  const ledger = new MemoryLedger({
    fault: ({ key }) => {
      if (key.scope === 'newsletter') throw new Error('out of order');
    },
  });
  await ledger.write(entryOf(keyOf('pat')), { status: 'watched' }, undefined);
  const { found, failed } = await ledger.read([keyOf('pat'), keyOf('pat', 'newsletter')]);
  expect([...found.keys()]).toEqual([keyText(keyOf('pat'))]);
  expect(failed.get(keyText(keyOf('pat', 'newsletter')))?.message).toBe('out of order');
});
