import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { type Entry, type EntryKey, keyText } from '../../core/entry/entry.ts';
import type { LedgerHarness, MakeHarness } from './ledger-harness.ts';
import { entryOf, evidenceOf, keyOf, NOW } from './samples.ts';

/** What the port `EntryRemoval` promises. */
export const describeRemoval = (name: string, make: MakeHarness): void => {
  describe(`${name}: the contract of the removal`, () => {
    let h: LedgerHarness;
    beforeEach(async () => {
      h = await make();
    });

    const write = (entry: Entry, version?: string) => h.ledger.write(entry, derive(entry, DEFAULT_POLICY), version);
    const versionOf = async (key: EntryKey) => (await h.ledger.read([key])).found.get(keyText(key))?.version;

    test('takes away the entry it names, and no other', async () => {
      const gone = entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW));
      const elsewhere = entryOf(keyOf('pat', 'newsletter'), evidenceOf('unsubscribe', NOW));
      const other = entryOf(keyOf('ann'), evidenceOf('complaint', NOW));
      for (const entry of [gone, elsewhere, other]) await write(entry);
      expect(await h.ledger.delete(gone)).toBe('deleted');
      const { found, failed } = await h.ledger.read([gone, elsewhere, other]);
      expect([...found.keys()].sort()).toEqual([elsewhere, other].map(keyText).sort());
      expect(failed.size).toBe(0);
      expect(await h.item(gone)).toBeUndefined();
    });

    test('is content with an entry that is not there', async () => {
      await expect(h.ledger.delete(keyOf('nobody'))).resolves.toBe('deleted');
      expect(await h.item(keyOf('nobody'))).toBeUndefined();
    });

    test('has whoever read the entry before lose the race, and the next one write it anew', async () => {
      const entry = entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW));
      await write(entry);
      const version = await versionOf(entry);
      await h.ledger.delete(entry);
      await expect(write(entry, version)).resolves.toBe('lost');
      await expect(write(entry)).resolves.toBe('written');
    });

    test('leaves an entry alone that is no longer the version that was read', async () => {
      const entry = entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW));
      await write(entry);
      const read = await versionOf(entry);
      const newer = entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW), evidenceOf('complaint', NOW));
      await write(newer, read);
      expect(await h.ledger.delete(entry, read)).toBe('lost');
      expect((await h.ledger.read([entry])).found.get(keyText(entry))?.entry).toEqual(newer);
      expect(await h.ledger.delete(entry, await versionOf(entry))).toBe('deleted');
      expect(await h.ledger.delete(entry, read)).toBe('lost');
    });
  });
};
