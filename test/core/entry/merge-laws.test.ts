import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { type Entry, emptyEntry } from '../../../core/entry/entry.ts';
import { merge, sameFacts, settle } from '../../../core/entry/merge.ts';
import { anyEntry, delta, joined, PAT_KEY } from '../entries.ts';

const NOTHING = emptyEntry(PAT_KEY);

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));

/** Merged in one order, in a tree of the given shape: never twice the same way. */
const folded = (deltas: readonly Entry[], cuts: readonly number[]): Entry => {
  const parts = [...deltas];
  for (let i = 0; parts.length > 1; i += 1) {
    const at = (cuts[i % cuts.length] ?? 0) % (parts.length - 1);
    parts.splice(at, 2, merge(parts[at] as Entry, parts[at + 1] as Entry));
  }
  return merge(NOTHING, parts[0] ?? NOTHING);
};

test('merging is commutative', () => {
  fc.assert(
    fc.property(anyEntry, anyEntry, (a, b) => expect(merge(a, b)).toEqual(merge(b, a))),
    { numRuns: 1500 },
  );
});

test('merging is associative', () => {
  fc.assert(
    fc.property(anyEntry, anyEntry, anyEntry, (a, b, c) =>
      expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c))),
    ),
    { numRuns: 1500 },
  );
});

test('merging is idempotent, so that a duplicate changes nothing', () => {
  fc.assert(
    fc.property(anyEntry, delta, (a, b) => {
      const once = merge(a, b);
      expect(merge(a, a)).toEqual(a);
      expect(merge(once, b)).toEqual(once);
      expect(merge(once, a)).toEqual(once);
      expect(merge(a, NOTHING)).toEqual(a);
    }),
    { numRuns: 1500 },
  );
});

test('every order of a small set ends in the same entry', () => {
  fc.assert(
    fc.property(fc.array(delta, { minLength: 2, maxLength: 5 }), (deltas) => {
      const expected = deltas.reduce(merge, NOTHING);
      for (const order of permutations(deltas)) expect(order.reduce(merge, NOTHING)).toEqual(expected);
    }),
    { numRuns: 120 },
  );
});

test('any order, any grouping and any repetition of a large set ends in the same entry', () => {
  const large = fc
    .array(delta, { minLength: 10, maxLength: 60 })
    .chain((deltas) =>
      fc.tuple(
        fc.constant(deltas),
        fc.shuffledSubarray([...deltas, ...deltas], { minLength: deltas.length, maxLength: deltas.length * 2 }),
        fc.array(fc.nat(), { minLength: 5, maxLength: 20 }),
      ),
    );
  fc.assert(
    fc.property(large, ([deltas, shuffled, cuts]) => {
      const expected = deltas.reduce(merge, NOTHING);
      expect(folded([...shuffled, ...deltas], cuts)).toEqual(expected);
      expect(derive(folded(shuffled.concat(deltas), cuts), DEFAULT_POLICY)).toEqual(derive(expected, DEFAULT_POLICY));
    }),
    { numRuns: 400 },
  );
});

test('two entries know the same facts exactly if they are equal', () => {
  fc.assert(
    fc.property(anyEntry, anyEntry, delta, (a, b, more) => {
      const isSame = (x: Entry, y: Entry) => JSON.stringify(x) === JSON.stringify(y);
      expect(sameFacts(a, structuredClone(a))).toBe(true);
      expect(sameFacts(a, b)).toBe(isSame(a, b));
      expect(sameFacts(a, merge(a, more))).toBe(isSame(a, merge(a, more)));
    }),
    { numRuns: 1000 },
  );
});

test('settling drops deliveries of an entry without strikes, and nothing else', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const hasStrikes = entry.evidence.some((e) => e.reason === 'soft-bounce');
      expect(settle(entry)).toEqual(hasStrikes ? entry : { ...entry, deliveries: [] });
      expect(derive(settle(entry), DEFAULT_POLICY)).toMatchObject({ status: derive(entry, DEFAULT_POLICY).status });
    }),
  );
});

test('merging changes neither argument', () => {
  fc.assert(
    fc.property(anyEntry, anyEntry, (a, b) => {
      const before = structuredClone([a, b]);
      merge(a, b);
      joined(a, b);
      expect([a, b]).toEqual(before);
    }),
    { numRuns: 200 },
  );
});
