import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { type Entry, keyText } from '../../core/entry/entry.ts';
import type { Scanned } from '../../core/ledger/ledger.ts';
import type { LedgerHarness, MakeHarness } from './ledger-harness.ts';
import { entryOf, evidenceOf, fullEntry, keyOf, NOW } from './samples.ts';

const all = async (scan: AsyncIterable<Scanned>): Promise<Scanned[]> => {
  const found: Scanned[] = [];
  for await (const one of scan) found.push(one);
  return found;
};

/** What the port `EntryScan` promises. */
export const describeScan = (name: string, make: MakeHarness): void => {
  describe(`${name}: the contract of the scan`, () => {
    let h: LedgerHarness;
    beforeEach(async () => {
      h = await make();
    });

    const write = async (entry: Entry): Promise<void> => {
      await h.ledger.write(entry, derive(entry, DEFAULT_POLICY), undefined);
    };

    test('is empty where nothing was written', async () => {
      expect(await all(h.ledger.scan())).toEqual([]);
    });

    test('has every entry once with all it knows and what it means, watched ones too', async () => {
      const blocked = fullEntry(keyOf('pat', 'newsletter'));
      const watched = entryOf(keyOf('ann'), evidenceOf('soft-bounce', NOW));
      await write(blocked);
      await write(watched);
      const found = await all(h.ledger.scan());
      const sorted = found.flatMap((each) => (each.kind === 'entry' ? [each] : []));
      sorted.sort((a, b) => (a.entry.address < b.entry.address ? -1 : 1));
      expect(sorted.map(({ entry }) => entry)).toEqual([watched, blocked]);
      expect(sorted.map(({ standing }) => standing)).toEqual([
        { status: 'watched' },
        { status: 'suppressed', reason: 'hard-bounce', since: NOW - 1001 },
      ]);
      expect(sorted.map(({ updatedAt }) => updatedAt)).toEqual(Array(2).fill(new Date(h.clock.now).toISOString()));
    });

    test('goes on after more entries than a page holds', async () => {
      const long = 'x'.repeat(200);
      const keys = Array.from({ length: 2600 }, (_, i) => keyOf(`pat${i}`));
      for (const key of keys)
        await write(
          entryOf(key, { ...evidenceOf('hard-bounce', NOW), diagnostic: long, messageId: long, reported: long }),
        );
      const found = await all(h.ledger.scan());
      const texts = found.map((each) => (each.kind === 'entry' ? keyText(each.entry) : ''));
      expect(texts.sort()).toEqual(keys.map(keyText).sort());
    }, 120_000);

    test('tells of an item that cannot be read, and goes on', async () => {
      await write(entryOf(keyOf('pat'), evidenceOf('complaint', NOW)));
      await h.put({ address: { S: 'odd@target.example' }, scope: { S: '*' }, status: { S: 'suppressed' } });
      const found = await all(h.ledger.scan());
      expect(found).toHaveLength(2);
      expect(found.find(({ kind }) => kind === 'unreadable')).toMatchObject({
        address: 'odd@target.example',
        scope: '*',
        error: { name: 'EntryUnreadable' },
      });
    });
  });
};
