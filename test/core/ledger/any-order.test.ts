import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { blocks, derive } from '../../../core/entry/derive.ts';
import { type Entry, keyText } from '../../../core/entry/entry.ts';
import { DAY } from '../../../core/instant.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { delivered, delta, entryOf, joined, known, PAT_KEY, strike, strikeDelta } from '../entries.ts';
import { MemoryLedger } from '../memory-ledger.ts';

const PAT = keyText(PAT_KEY);
const hasStrikes = (entry: Entry): boolean => entry.evidence.some((e) => e.reason === 'soft-bounce');
const withoutDeliveries = (entry: Entry): Entry => ({ ...entry, deliveries: [] });

/** A few turns of the event loop's queue, so that writers overtake each other. */
const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await undefined;
};

/**
 * Lets several writers learn their batches at the same time, each batch after the writer's last one.
 *
 * @param pauses - turns before each write: what decides who loses which race
 * @returns what the table then holds, and what it can know: a delivery that was learnt while there was no strike is
 *   not remembered, which is the one exception to "any order gives the same entry"
 */
const learnAll = async (ledger: MemoryLedger, writers: readonly (readonly Entry[])[][], pauses: readonly number[]) => {
  let write = 0;
  ledger.beforeWrite = () => {
    write += 1;
    return turns(pauses[write % pauses.length] ?? 0);
  };
  const remembered: Entry[] = [];
  const work = async (batches: readonly (readonly Entry[])[]) => {
    for (const batch of batches) {
      const learnt = (await learn(ledger, batch, DEFAULT_POLICY)).get(PAT);
      if (learnt === undefined) continue;
      if (learnt.outcome === 'failed') throw learnt.error;
      remembered.push(...(hasStrikes(learnt.entry) ? batch : batch.map(withoutDeliveries)));
    }
  };
  await Promise.all(writers.map(work));
  return { entry: ledger.entry(PAT_KEY) ?? entryOf({}), remembered };
};

/** Deltas spread over writers and batches, with repetitions: every delta is learnt by somebody. */
const spread = (deltas: readonly Entry[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...deltas, ...deltas], { minLength: deltas.length }),
      fc.array(fc.tuple(fc.nat({ max: 2 }), fc.boolean()), {
        minLength: deltas.length * 3,
        maxLength: deltas.length * 3,
      }),
    )
    .map(([some, places]) => {
      const writers: Entry[][][] = [[], [], []];
      for (const [i, one] of [...some, ...deltas].entries()) {
        const [writer, startsBatch] = places[i] ?? [0, true];
        const batches = writers[writer] ?? [];
        const last = batches.at(-1);
        if (last === undefined || startsBatch) batches.push([one]);
        else last.push(one);
      }
      return writers;
    });

const pauses = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 12 });
const history = fc
  .array(delta, { minLength: 1, maxLength: 12 })
  .chain((deltas) => fc.tuple(fc.constant(deltas), spread(deltas), spread(deltas), pauses));

test('once an address has a strike, any order, any batches and any races end in the same entry', async () => {
  await fc.assert(
    fc.asyncProperty(strikeDelta, history, async (first, [deltas, one, another, waits]) => {
      const expected = joined(first, ...deltas);
      for (const writers of [one, another]) {
        const ledger = new MemoryLedger();
        await learn(ledger, [first], DEFAULT_POLICY);
        const { entry } = await learnAll(ledger, writers, waits);
        expect(entry).toEqual(expected);
        expect(await ledger.standings([PAT_KEY])).toMatchObject({
          found: new Map([[PAT, derive(expected, DEFAULT_POLICY)]]),
        });
      }
    }),
    { numRuns: 400 },
  );
});

test('from the very start they end in the same entry but for the deliveries learnt while there was no strike', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ([deltas, writers, , waits]) => {
      const { entry, remembered } = await learnAll(new MemoryLedger(), writers, waits);
      expect(entry).toEqual(joined(...remembered));
      expect(withoutDeliveries(entry)).toEqual(withoutDeliveries(joined(...deltas)));
    }),
    { numRuns: 400 },
  );
});

test('races are lost and won on the way: the orders above are not all polite', async () => {
  let lost = 0;
  await fc.assert(
    fc.asyncProperty(history, async ([, writers, , waits]) => {
      const ledger = new MemoryLedger();
      await learnAll(ledger, writers, waits);
      lost += ledger.writes.filter((w) => w.outcome === 'lost').length;
    }),
    { numRuns: 60 },
  );
  expect(lost).toBeGreaterThan(10);
});

describe('the one exception: a delivery of an address without strikes is not remembered', () => {
  const NOON = strike(0).at;
  const strikes = [strike(0), strike(1), strike(2)].map((s) => known(s));
  const delivery = delivered(NOON + 2 * DAY + 1);
  const learnt = async (...batches: readonly (readonly Entry[])[]) => {
    const ledger = new MemoryLedger();
    const { entry } = await learnAll(ledger, [[...batches]], [0]);
    return { entry, blocked: blocks(derive(entry, DEFAULT_POLICY), NOON + 3 * DAY) };
  };

  test('after the strikes it voids them', async () => {
    expect((await learnt(strikes, [delivery])).blocked).toBe(false);
  });

  test('before the strikes, although it is newer, it is gone, and they count', async () => {
    const { entry, blocked } = await learnt([delivery], strikes);
    expect(blocked).toBe(true);
    expect(entry.deliveries).toEqual([]);
  });

  test('in one batch with a strike it is remembered, in either order', async () => {
    expect((await learnt([delivery, ...strikes])).blocked).toBe(false);
    expect((await learnt([...strikes, delivery])).blocked).toBe(false);
    expect((await learnt([delivery, known(strike(0))], strikes)).blocked).toBe(false);
  });

  test('after the first of the strikes it is remembered for the others', async () => {
    expect((await learnt([known(strike(1))], [delivery], strikes)).blocked).toBe(false);
  });

  test('until the next delivery: then both orders say the same again', async () => {
    const next = delivered(NOON + 2 * DAY + 2);
    const [one, other] = [await learnt([delivery], strikes, [next]), await learnt(strikes, [delivery], [next])];
    expect([one.blocked, other.blocked]).toEqual([false, false]);
    expect({ ...derive(one.entry, DEFAULT_POLICY) }).toEqual({ ...derive(other.entry, DEFAULT_POLICY) });
  });

  test('concerns strikes alone: everything else of the entry is the same', async () => {
    const [one, other] = [await learnt([delivery], strikes), await learnt(strikes, [delivery])];
    expect(withoutDeliveries(one.entry)).toEqual(withoutDeliveries(other.entry));
  });
});
