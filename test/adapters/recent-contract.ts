import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { type Entry, type EntryKey, keyText } from '../../core/entry/entry.ts';
import { DAY } from '../../core/instant.ts';
import type { Listed, RecentRange } from '../../core/ledger/ledger.ts';
import type { LedgerHarness, MakeHarness } from './ledger-harness.ts';
import { entryOf, evidenceOf, keyOf, NOW } from './samples.ts';

const all = async (list: AsyncIterable<Listed>): Promise<Listed[]> => {
  const listed: Listed[] = [];
  for await (const one of list) listed.push(one);
  return listed;
};

/** What the port `RecentList` promises. */
export const describeRecent = (name: string, make: MakeHarness): void => {
  describe(`${name}: the contract of the list newest first`, () => {
    let h: LedgerHarness;
    beforeEach(async () => {
      h = await make();
    });

    const writeAt = async (now: number, entry: Entry): Promise<void> => {
      h.clock.now = now;
      const version = (await h.ledger.read([entry])).found.get(keyText(entry))?.version;
      await expect(h.ledger.write(entry, derive(entry, DEFAULT_POLICY), version)).resolves.toBe('written');
    };
    const suppressed = (key: EntryKey): Entry => entryOf(key, evidenceOf('hard-bounce', NOW - 100 * DAY));
    const keysListed = async (): Promise<string[]> => (await all(h.ledger.recent())).map(keyText);

    test('is empty where nothing was written', async () => {
      expect(await keysListed()).toEqual([]);
    });

    test('has every suppressed and allowed entry once, newest first, over months and pages', async () => {
      const keys = Array.from({ length: 150 }, (_, i) => keyOf(`pat${i}`, i % 7 === 0 ? 'newsletter' : '*'));
      for (const [i, key] of keys.entries()) await writeAt(NOW - (150 - i) * 0.4 * DAY, suppressed(key));
      h.clock.now = NOW;
      expect(await keysListed()).toEqual(keys.map(keyText).reverse());
    }, 60_000);

    test('has one line with standing and time of the change, and no evidence', async () => {
      await writeAt(NOW, entryOf(keyOf('pat', 'receipts'), evidenceOf('validation', NOW - 123)));
      const until = Math.ceil((NOW - 123 + 30 * DAY) / 1000) * 1000;
      expect(await all(h.ledger.recent())).toEqual([
        {
          ...keyOf('pat', 'receipts'),
          status: 'suppressed',
          reason: 'validation',
          since: NOW - 123,
          until,
          updatedAt: '2027-01-15T12:00:00.123Z',
        },
      ]);
    });

    test('leaves out what is only watched, also after it was suppressed', async () => {
      const key = keyOf('pat');
      await writeAt(NOW, entryOf(keyOf('other'), evidenceOf('soft-bounce', NOW)));
      await writeAt(NOW, suppressed(key));
      expect(await keysListed()).toEqual([keyText(key)]);
      await writeAt(NOW + 1, { ...suppressed(key), clearedAt: NOW });
      expect(await keysListed()).toEqual([]);
    });

    test('moves an entry to the top when it changes, and lists it once', async () => {
      const [a, b] = [keyOf('ann'), keyOf('bob')];
      await writeAt(NOW - 40 * DAY, suppressed(a));
      await writeAt(NOW - 30 * DAY, suppressed(b));
      await writeAt(NOW, suppressed(a));
      expect(await keysListed()).toEqual([keyText(a), keyText(b)]);
    });

    test('lists what a writer with a clock ahead has put into the next month', async () => {
      const end = Date.UTC(2027, 0, 31, 23, 59, 50);
      await writeAt(end + 20_000, suppressed(keyOf('pat')));
      h.clock.now = end;
      expect(await keysListed()).toEqual([keyText(keyOf('pat'))]);
    });

    test('reads a range of time: its beginning belongs to it, its end does not', async () => {
      const keys = Array.from({ length: 90 }, (_, i) => keyOf(`pat${i}`));
      for (const [i, key] of keys.entries()) await writeAt(NOW - (90 - i) * 0.5 * DAY, suppressed(key));
      h.clock.now = NOW;
      const within = async (range: RecentRange) => (await all(h.ledger.recent(range))).map(keyText);
      const at = (i: number) => NOW - (90 - i) * 0.5 * DAY;
      const wanted = (from: number, to: number) => keys.slice(from, to).map(keyText).reverse();
      expect(await within({ since: at(20) })).toEqual(wanted(20, 90));
      expect(await within({ until: at(20) })).toEqual(wanted(0, 20));
      expect(await within({ since: at(5), until: at(80) })).toEqual(wanted(5, 80));
      expect(await within({ since: at(5), until: at(5) + 1 })).toEqual(wanted(5, 6));
      expect(await within({ since: at(5), until: at(5) })).toEqual([]);
      expect(await within({ since: at(50), until: at(5) })).toEqual([]);
      expect(await within({ since: NOW + 100 * DAY })).toEqual([]);
    }, 60_000);

    test('goes on after any place: nothing is missing, nothing comes twice', async () => {
      const keys = Array.from({ length: 60 }, (_, i) => keyOf(`pat${i}`, i % 5 === 0 ? 'newsletter' : '*'));
      // a dozen in each millisecond, over two months
      for (const [i, key] of keys.entries()) await writeAt(NOW - Math.floor(i / 12) * 9 * DAY, suppressed(key));
      h.clock.now = NOW;
      const whole = await all(h.ledger.recent());
      expect(new Set(whole.map(keyText)).size).toBe(keys.length);
      for (const [i, after] of whole.entries())
        expect(await all(h.ledger.recent({ after }))).toEqual(whole.slice(i + 1));
      const last = whole[40];
      const since = NOW - 30 * DAY;
      expect(await all(h.ledger.recent({ since, until: NOW, ...(last && { after: last }) }))).toEqual(
        whole.slice(41).filter(({ updatedAt }) => Date.parse(updatedAt) >= since),
      );
      const newest = whole[0];
      expect(await all(h.ledger.recent({ until: NOW, ...(newest && { after: newest }) }))).toEqual(
        whole.filter(({ updatedAt }) => Date.parse(updatedAt) < NOW),
      );
    }, 60_000);

    test('goes on after a place whose entry is gone', async () => {
      for (const [i, name] of ['ann', 'bob', 'cid'].entries()) await writeAt(NOW - i * 1000, suppressed(keyOf(name)));
      h.clock.now = NOW;
      const [, place] = await all(h.ledger.recent());
      await writeAt(NOW + 5, { ...suppressed(keyOf('bob')), clearedAt: NOW });
      expect(await all(h.ledger.recent(place === undefined ? {} : { after: place }))).toMatchObject([keyOf('cid')]);
    });

    test('tells every scope of an address, watched ones too, and of no other address', async () => {
      for (const scope of ['receipts', '*', 'tenant:acme']) await writeAt(NOW, suppressed(keyOf('pat', scope)));
      await writeAt(NOW, entryOf(keyOf('pat', 'newsletter'), evidenceOf('soft-bounce', NOW)));
      await writeAt(NOW, suppressed(keyOf('sam', 'other')));
      const { address } = keyOf('pat');
      expect(await h.ledger.scopesOf(address)).toEqual(['*', 'newsletter', 'receipts', 'tenant:acme']);
      expect(await h.ledger.scopesOf(keyOf('nobody').address)).toEqual([]);
    });
  });
};
