import { Attribute, DEFAULT_POLICY, EVERYWHERE } from '../../core/contract/index.ts';
import { derive } from '../../core/entry/derive.ts';
import { type Entry, emptyEntry, keyText } from '../../core/entry/entry.ts';
import { merge, settle } from '../../core/entry/merge.ts';
import { DAY } from '../../core/instant.ts';
import { learn } from '../../core/ledger/learn.ts';
import type { Ledger } from '../../core/ledger/ledger.ts';
import type { LedgerHarness, MakeHarness } from './ledger-harness.ts';
import { entryOf, evidenceOf, fullEntry, keyOf, NOW } from './samples.ts';

const write = (ledger: Ledger, entry: Entry, version?: string) =>
  ledger.write(entry, derive(entry, DEFAULT_POLICY), version);

/** Learns as a queue would have it: what failed is delivered again. */
const learnForSure = async (ledger: Ledger, delta: Entry): Promise<void> => {
  for (let delivery = 0; delivery < 100; delivery += 1) {
    const learnt = (await learn(ledger, [delta], DEFAULT_POLICY)).get(keyText(delta));
    if (learnt?.outcome !== 'failed') return;
  }
  throw new Error('failed a hundred times');
};

/** What the port `Ledger` promises of reading and writing, whatever it is made of. */
export const describeLedger = (name: string, make: MakeHarness): void => {
  describe(`${name}: the ledger's contract`, () => {
    let h: LedgerHarness;
    beforeEach(async () => {
      h = await make();
    });

    test('gives back an entry with every field exactly as it was written', async () => {
      const entry = fullEntry(keyOf('pat', 'newsletter'));
      await expect(write(h.ledger, entry)).resolves.toBe('written');
      const { found, failed } = await h.ledger.read([entry]);
      expect(found.get(keyText(entry))?.entry).toEqual(entry);
      expect(failed.size).toBe(0);
    });

    test('tells a send the status, reason, since and until of what was written', async () => {
      const held = entryOf(keyOf('held'), evidenceOf('global-list', NOW));
      const allowed: Entry = { ...emptyEntry(keyOf('ally')), operator: { action: 'allow', at: NOW, by: '', note: '' } };
      await write(h.ledger, held);
      await write(h.ledger, allowed);
      const { found } = await h.ledger.standings([held, allowed]);
      const until = Math.ceil((NOW + 14 * DAY) / 1000) * 1000;
      expect(found.get(keyText(held))).toEqual({ status: 'suppressed', reason: 'global-list', since: NOW, until });
      expect(found.get(keyText(allowed))).toEqual({ status: 'allowed', reason: 'manual', since: NOW });
    });

    test('has neither an entry nor a fault for a key that was never written', async () => {
      for (const read of [await h.ledger.read([keyOf('nobody')]), await h.ledger.standings([keyOf('nobody')])])
        expect([read.found.size, read.failed.size]).toEqual([0, 0]);
    });

    test('reads no keys without a fault', async () => {
      expect((await h.ledger.read([])).failed.size).toBe(0);
      expect((await h.ledger.standings([])).found.size).toBe(0);
    });

    test('reads a key that is asked for three times once', async () => {
      const entry = entryOf(keyOf('pat'), evidenceOf('complaint', NOW));
      await write(h.ledger, entry);
      const { found, failed } = await h.ledger.read([entry, keyOf('pat'), keyOf('pat'), keyOf('pat', 'other')]);
      expect([...found.keys()]).toEqual([keyText(entry)]);
      expect(failed.size).toBe(0);
    });

    test('reads 250 keys, found and missing ones, in one call', async () => {
      const keys = Array.from({ length: 250 }, (_, i) => keyOf(`pat${i}`));
      const written = keys.filter((_, i) => i % 5 === 0).map((key) => entryOf(key, evidenceOf('hard-bounce', NOW)));
      await Promise.all(written.map((entry) => write(h.ledger, entry)));
      for (const read of [await h.ledger.read(keys), await h.ledger.standings(keys)]) {
        expect([...read.found.keys()].sort()).toEqual(written.map(keyText).sort());
        expect(read.failed.size).toBe(0);
      }
    });

    test('keeps the entries of one address apart by scope', async () => {
      const everywhere = entryOf(keyOf('pat', EVERYWHERE), evidenceOf('hard-bounce', NOW));
      const stream = entryOf(keyOf('pat', 'newsletter'), evidenceOf('unsubscribe', NOW));
      await write(h.ledger, everywhere);
      await write(h.ledger, stream);
      const { found } = await h.ledger.read([everywhere, stream]);
      expect(found.get(keyText(everywhere))?.entry).toEqual(everywhere);
      expect(found.get(keyText(stream))?.entry).toEqual(stream);
    });

    test('never shares what it was given or gives', async () => {
      const entry = fullEntry(keyOf('pat'));
      await write(h.ledger, entry);
      const first = await h.ledger.read([entry]);
      (first.found.get(keyText(entry))?.entry.evidence as unknown[]).length = 0;
      (entry.deliveries as unknown[]).length = 0;
      const again = await h.ledger.read([entry]);
      expect(again.found.get(keyText(entry))?.entry).toEqual(fullEntry(keyOf('pat')));
    });

    test('creates an entry only where there is none', async () => {
      const first = entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW));
      await write(h.ledger, first);
      await expect(write(h.rival, entryOf(keyOf('pat'), evidenceOf('complaint', NOW)))).resolves.toBe('lost');
      const { found } = await h.ledger.read([first]);
      expect(found.get(keyText(first))?.entry).toEqual(first);
    });

    test('updates an entry only while it has the version that was read', async () => {
      const key = keyOf('pat');
      await write(h.ledger, entryOf(key, evidenceOf('hard-bounce', NOW)));
      const version = (await h.ledger.read([key])).found.get(keyText(key))?.version;
      const newer = entryOf(key, evidenceOf('complaint', NOW));
      await expect(write(h.rival, newer, version)).resolves.toBe('written');
      await expect(write(h.ledger, entryOf(key), version)).resolves.toBe('lost');
      const stored = (await h.ledger.read([key])).found.get(keyText(key));
      expect(stored?.entry).toEqual(newer);
      expect(stored?.version).not.toBe(version);
    });

    test('refuses to update an entry that was deleted meanwhile', async () => {
      await expect(write(h.ledger, entryOf(keyOf('pat')), 'gone')).resolves.toBe('lost');
      expect(await h.item(keyOf('pat'))).toBeUndefined();
    });

    test('writes times to read as ISO 8601, and ends and TTL in epoch seconds rounded up', async () => {
      const entry = entryOf(keyOf('pat'), evidenceOf('dead-domain', NOW));
      await write(h.ledger, entry);
      const until = String(Math.ceil((NOW + 30 * DAY) / 1000));
      expect(await h.item(entry)).toMatchObject({
        [Attribute.STATUS]: { S: 'suppressed' },
        [Attribute.SINCE]: { S: '2027-01-15T12:00:00.123Z' },
        [Attribute.UNTIL]: { N: until },
        [Attribute.EXPIRES_AT]: { N: String(Number(until) + 180 * 86_400) },
        [Attribute.UPDATED_AT]: { S: '2027-01-15T12:00:00.123Z' },
        [Attribute.BUCKET]: { S: expect.stringMatching(/^2027-01#[0-7]$/) },
      });
    });

    test('fails the one key that cannot be read and reads the others', async () => {
      const good = entryOf(keyOf('good'), evidenceOf('hard-bounce', NOW));
      const bad = entryOf(keyOf('bad'), evidenceOf('hard-bounce', NOW));
      await write(h.ledger, good);
      await write(h.ledger, bad);
      const item = await h.item(bad);
      await h.put({ ...item, [Attribute.STATUS]: { S: 'Blocked' }, [Attribute.EVIDENCE]: { L: [{ S: 'note' }] } });
      for (const read of [await h.ledger.read([good, bad]), await h.ledger.standings([good, bad])]) {
        expect([...read.found.keys()]).toEqual([keyText(good)]);
        expect([...read.failed.keys()]).toEqual([keyText(bad)]);
      }
    });

    test('leaves an entry it cannot read whole as it is, and says so', async () => {
      const bad = entryOf(keyOf('bad'), evidenceOf('hard-bounce', NOW));
      await write(h.ledger, bad);
      const spoilt = {
        ...(await h.item(bad)),
        [Attribute.EVIDENCE]: { L: [{ M: { reason: { S: 'of-next-year' } } }] },
      };
      await h.put(spoilt);
      const learnt = await learn(h.ledger, [entryOf(bad, evidenceOf('complaint', NOW))], DEFAULT_POLICY);
      expect(learnt.get(keyText(bad))).toMatchObject({ outcome: 'failed', error: { code: 'EntryUnreadable' } });
      expect(await h.item(bad)).toEqual(spoilt);
    });

    test('fails every key when nothing can be read, and throws nothing', async () => {
      const keys = Array.from({ length: 130 }, (_, i) => keyOf(`pat${i}`));
      await write(h.ledger, entryOf(keyOf('pat0')));
      h.failReads();
      for (const read of [await h.ledger.read(keys), await h.ledger.standings(keys)]) {
        expect(read.found.size).toBe(0);
        expect([...read.failed.keys()].sort()).toEqual(keys.map(keyText).sort());
      }
      const learnt = await learn(
        h.ledger,
        keys.map((key) => entryOf(key, evidenceOf('complaint', NOW))),
        DEFAULT_POLICY,
      );
      expect([...learnt.values()].filter(({ outcome }) => outcome === 'failed')).toHaveLength(130);
      expect(h.writes()).toBe(1);
    });

    test('throws when a write fails, and has written nothing', async () => {
      h.failNextWrite();
      await expect(write(h.ledger, entryOf(keyOf('pat')))).rejects.toThrow();
      expect(await h.item(keyOf('pat'))).toBeUndefined();
    });

    test('may be told again after a write whose answer was lost', async () => {
      const delta = entryOf(keyOf('pat'), evidenceOf('complaint', NOW));
      h.loseNextAnswer();
      const first = await learn(h.ledger, [delta], DEFAULT_POLICY);
      expect(first.get(keyText(delta))?.outcome).toBe('failed');
      const again = await learn(h.ledger, [delta], DEFAULT_POLICY);
      expect(again.get(keyText(delta))?.outcome).toBe('unchanged');
      expect((await h.ledger.read([delta])).found.get(keyText(delta))?.entry).toEqual(delta);
      expect(h.writes()).toBe(1);
    });

    test('writes nothing for facts that it knows', async () => {
      const delta = entryOf(keyOf('pat'), evidenceOf('complaint', NOW), evidenceOf('soft-bounce', NOW));
      await learnForSure(h.ledger, delta);
      h.clock.now += DAY;
      const item = await h.item(delta);
      const learnt = await learn(h.ledger, [delta, delta], DEFAULT_POLICY);
      expect(learnt.get(keyText(delta))?.outcome).toBe('unchanged');
      expect(await h.item(delta)).toEqual(item);
      expect(h.writes()).toBe(1);
    });

    test('has the facts of both writers after fifty races, though throttled in between', async () => {
      const key = keyOf('pat');
      const deltas = Array.from({ length: 50 }, (_, i) => [
        entryOf(key, evidenceOf('soft-bounce', NOW + i * DAY), evidenceOf('hard-bounce', NOW + i)),
        entryOf(key, evidenceOf('complaint', NOW - i, `b${i}`), evidenceOf('soft-bounce', NOW - i * DAY)),
      ]).flat();
      h.disturb();
      const both = [h.ledger, h.rival].map(async (ledger, writer) => {
        for (const [i, delta] of deltas.entries()) if (i % 2 === writer) await learnForSure(ledger, delta);
      });
      await Promise.all(both);
      let stored = await h.ledger.read([key]);
      for (let tries = 0; stored.failed.size > 0 && tries < 20; tries += 1) stored = await h.ledger.read([key]);
      expect(stored.found.get(keyText(key))?.entry).toEqual(settle(deltas.reduce(merge)));
    }, 60_000);
  });
};
