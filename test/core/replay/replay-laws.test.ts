import fc from 'fast-check';
import { DEFAULT_POLICY, type Policy } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { type Evidence, emptyEntry, keyText } from '../../../core/entry/entry.ts';
import { knowsNothing, merge, settle } from '../../../core/entry/merge.ts';
import type { Told } from '../../../core/replay/archive.ts';
import { differenceOf, type Held, published } from '../../../core/replay/difference.ts';
import { inPart } from '../../../core/replay/in-part.ts';
import { archive, LATER, policies, tell, WITH_DELIVERIES } from './archives.ts';

type List = Map<string, Held>;

/** Learns one thing after the other, as the function does. */
const learnt = (steps: readonly (readonly Told[])[], policy: Policy, from: List = new Map()): List => {
  const list = new Map(from);
  for (const told of steps.flat()) {
    const { kind, entry, after } = differenceOf(list.get(keyText(told.facts)), told, 'merge', policy);
    if (kind !== 'same') list.set(keyText(told.facts), { entry, standing: after });
  }
  return list;
};

const oneByOne = (messages: readonly object[], policy: Policy) => messages.map((each) => tell([each], policy));

const kinds = (list: List, all: readonly Told[], mode: 'merge' | 'rebuild', policy: Policy) =>
  all.map((told) => differenceOf(list.get(keyText(told.facts)), told, mode, policy).kind);

test('merging what was learnt already, in whatever order, changes nothing', () => {
  fc.assert(
    fc.property(archive(), fc.infiniteStream(fc.nat()), (messages, random) => {
      const order = messages
        .map((each) => [random.next().value ?? 0, each] as const)
        .sort(([a], [b]) => a - b)
        .map(([, each]) => each);
      const list = learnt(oneByOne(order, DEFAULT_POLICY), DEFAULT_POLICY);
      expect(kinds(list, tell(messages, DEFAULT_POLICY), 'merge', DEFAULT_POLICY)).not.toContain('standing');
      expect(kinds(list, tell(messages, DEFAULT_POLICY), 'merge', DEFAULT_POLICY)).not.toContain('facts');
    }),
  );
});

test('merging deliveries that were not kept changes no standing, and nothing the second time', () => {
  fc.assert(
    fc.property(archive(WITH_DELIVERIES), (messages) => {
      const all = tell(messages, DEFAULT_POLICY);
      const list = learnt(oneByOne(messages, DEFAULT_POLICY), DEFAULT_POLICY);
      expect(kinds(list, all, 'merge', DEFAULT_POLICY)).not.toContain('standing');
      const again = learnt([all], DEFAULT_POLICY, list);
      expect(new Set(kinds(again, all, 'merge', DEFAULT_POLICY))).toEqual(new Set(all.length === 0 ? [] : ['same']));
    }),
  );
});

test('rebuilding by the same policy from all messages changes nothing', () => {
  fc.assert(
    fc.property(archive(WITH_DELIVERIES), policies(DEFAULT_POLICY), (messages, policy) => {
      const all = tell(messages, policy);
      const list = learnt([all], policy);
      expect(new Set(kinds(list, all, 'rebuild', policy))).toEqual(new Set(all.length === 0 ? [] : ['same']));
    }),
  );
});

test('rebuilding by another policy comes to what that policy would have made of it from the start', () => {
  const two = fc.tuple(policies(DEFAULT_POLICY), policies(DEFAULT_POLICY));
  fc.assert(
    fc.property(archive(WITH_DELIVERIES), two, (messages, [first, second]) => {
      const list = learnt([tell(messages, first)], first);
      const all = tell(messages, second);
      const fresh = learnt([all], second);
      // Whatever the first policy has made, the messages name.
      expect(all.map((told) => keyText(told.facts))).toEqual(expect.arrayContaining([...list.keys()]));
      for (const told of all) {
        const key = keyText(told.facts);
        const { entry, after } = differenceOf(list.get(key), told, 'rebuild', second);
        const { entry: anew, standing } = fresh.get(key) ?? {
          entry: emptyEntry(told.facts),
          standing: { status: 'watched' },
        };
        expect(entry).toEqual(anew);
        expect(after).toMatchObject(standing);
      }
    }),
  );
});

test('neither order nor duplicates matter', () => {
  fc.assert(
    fc.property(archive(WITH_DELIVERIES), policies(DEFAULT_POLICY), (messages, policy) => {
      const byKey = (all: readonly Told[]) => new Map(all.map((told) => [keyText(told.facts), told]));
      expect(byKey(tell([...messages].reverse().concat(messages), policy))).toEqual(byKey(tell(messages, policy)));
    }),
  );
});

test('parts together are the whole, and no entry is in two', () => {
  fc.assert(
    fc.property(archive(), fc.constantFrom(2, 4, 8), (messages, parts) => {
      const each = Array.from({ length: parts }, (_, i) => tell(messages, DEFAULT_POLICY, inPart(i, parts)));
      const names = (all: readonly Told[]) => all.map((told) => keyText(told.facts)).sort();
      expect(names(each.flat())).toEqual(names(tell(messages, DEFAULT_POLICY)));
    }),
  );
});

test('rebuilding keeps what people decided, what was removed, and evidence of other messages', () => {
  fc.assert(
    fc.property(archive(), policies(DEFAULT_POLICY), policies(DEFAULT_POLICY), (messages, first, second) => {
      for (const told of tell(messages, first)) {
        const { address } = told.facts;
        const other: Evidence = { id: 'import-1', at: 0, rule: 'import', reason: 'tenant-list', type: 'Import' };
        const operator = { action: 'allow', at: 5, by: 'pat', note: 'pinned' } as const;
        const own = { ...emptyEntry(told.facts), evidence: [other], clearedAt: 3, operator };
        const entry = settle(merge(told.facts, own));
        const held = { entry, standing: derive(entry, first) };
        const anew = tell(messages, second).find(({ facts }) => keyText(facts) === keyText(told.facts));
        if (anew === undefined) throw new Error(`the messages do not name ${address}`);
        const rebuilt = differenceOf(held, anew, 'rebuild', second).entry;
        expect(rebuilt).toMatchObject({ operator, clearedAt: 3 });
        expect(rebuilt.evidence).toContainEqual(other);
      }
    }),
  );
});

test('an entry whose all belongs into another scope is left to the table to delete', () => {
  const complaint = {
    eventType: 'Complaint',
    mail: {
      timestamp: '2026-01-01T00:00:00.000Z',
      messageId: 'm',
      destination: ['pat@target.example'],
      tags: { stream: ['a'] },
    },
    complaint: { feedbackId: 'f', complainedRecipients: [{ emailAddress: 'pat@target.example' }] },
  };
  const byStream = { ...DEFAULT_POLICY, complaintScope: 'stream' } as const;
  const list = learnt([tell([complaint], DEFAULT_POLICY)], DEFAULT_POLICY);
  const differences = tell([complaint], byStream).map((told) =>
    differenceOf(list.get(keyText(told.facts)), told, 'rebuild', byStream),
  );
  expect(differences.map(({ entry: { scope }, before, after }) => [scope, before?.status, after.status])).toEqual([
    ['a', undefined, 'suppressed'],
    ['*', 'suppressed', 'watched'],
  ]);
  const emptied = differences.find(({ entry }) => knowsNothing(entry));
  if (emptied === undefined) throw new Error('nothing was emptied');
  expect(published(emptied, LATER)).toMatchObject({ status: 'watched', expiresAt: LATER + 86_400_000 });
});
