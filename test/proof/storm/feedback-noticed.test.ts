import type { Attributes } from '../../../adapters/attributes.ts';
import { holds } from '../../../proof/storm/claim.ts';
import { arrivals } from '../../../proof/storm/feedback/arrivals.ts';
import { type Aftermath, checkStorm } from '../../../proof/storm/feedback/check.ts';
import { eventOf } from '../../../proof/storm/feedback/events.ts';
import { mayForget } from '../../../proof/storm/feedback/expectation.ts';
import { isDetermined, memoryOf, messagesByEvent } from '../../../proof/storm/feedback/forgetting.ts';
import { broken, brokenIn, CALMLY, stopTables, stormOfFeedback } from './harness.ts';

afterAll(stopTables);

const LOST = 'every event is reflected in the table, or set aside with its reason';
const UNION = 'every entry is the union of its events, and nothing else is in the table';
const CALM = 'the table is that of a run without faults';
const EXCEPTION = 'where deliveries may be forgotten (strikes and deliveries), only those are that may';
const SETTLED = 'every unknown outcome that feedback bears on is settled';
const CONSISTENT = 'every read asks for consistency';
const MEMORY = 'memory is flat: at most 6 MiB above the first';

test('messages that nobody reads are noticed', async () => {
  const size = { seed: 3, events: 120 };
  const order = arrivals(size);
  const poison = order.findIndex((event) => eventOf(size, event).code !== undefined);
  const bounce = order.findIndex((event) => eventOf(size, event).rules.includes('hard-bounce'));
  const lost = new Set([order[poison], order[bounce]]);
  const skipped = new Set([...order.keys()].filter((message) => lost.has(order[message])));
  const { claims } = await stormOfFeedback(3, size.events, { ...CALMLY, skipped });
  expect(brokenIn(claims)).toEqual(expect.arrayContaining([LOST, UNION, CALM]));
  expect(claims.find(({ name }) => name === LOST)?.broken.join()).toContain('is not in the dead-letter queue');
});

describe('what is spoiled after a storm is noticed', () => {
  let aftermath: Aftermath;
  beforeAll(async () => {
    ({ aftermath } = await stormOfFeedback(4, 400, CALMLY));
    expect(brokenIn(checkStorm(aftermath, 0))).toEqual([]);
  });

  const brokenBy = (spoiled: Partial<Aftermath>): string[] =>
    checkStorm({ ...aftermath, ...spoiled }, 0)
      .filter((claim) => !holds(claim))
      .map(({ name }) => name)
      .filter((name) => name !== MEMORY);

  /** The table with one item changed; undefined takes it away. */
  const withItem = (key: string, item: Attributes | undefined): Pick<Aftermath, 'items'> => {
    const items = new Map(aftermath.items);
    if (item === undefined) items.delete(key);
    else items.set(key, item);
    return { items };
  };
  const keyWhere = (fits: (key: string) => boolean): string => {
    const found = [...aftermath.expectation.entries.keys()].find((key) => aftermath.items.has(key) && fits(key));
    if (found === undefined) throw new Error('there is no such entry in this storm');
    return found;
  };
  const expected = (key: string) => {
    const found = aftermath.expectation.entries.get(key);
    if (found === undefined) throw new Error('no such entry');
    return found;
  };
  const exact = () => keyWhere((key) => !mayForget(expected(key)));
  const item = (key: string): Attributes => aftermath.items.get(key) ?? {};

  test('an entry that is missing', () => {
    expect(brokenBy(withItem(exact(), undefined))).toEqual([LOST, UNION]);
  });

  test('an entry without one of its facts', () => {
    const key = keyWhere((each) => (item(each).evidence?.L ?? []).length > 1 && !mayForget(expected(each)));
    const [, ...rest] = item(key).evidence?.L ?? [];
    expect(brokenBy(withItem(key, { ...item(key), evidence: { L: rest } }))).toEqual([LOST, UNION, CALM]);
  });

  test('an entry with a published status that its facts do not give', () => {
    const key = exact();
    const status = item(key).status?.S === 'watched' ? 'suppressed' : 'watched';
    expect(brokenBy(withItem(key, { ...item(key), status: { S: status } }))).toEqual([UNION, CALM]);
  });

  test('an entry that is missing in the index', () => {
    const key = keyWhere((each) => item(each).bucket !== undefined && !mayForget(expected(each)));
    const { bucket: _bucket, ...rest } = item(key);
    expect(brokenBy(withItem(key, rest))).toEqual([UNION, CALM]);
  });

  test('an entry of nobody', () => {
    const stray = {
      address: { S: 'stray@target.example' },
      scope: { S: '*' },
      evidence: { L: [] },
      version: { S: 'v' },
    };
    expect(brokenBy(withItem('stray@target.example\n*', stray))).toEqual([UNION]);
  });

  test('a spoilt item that somebody has written over', () => {
    const [key = ''] = aftermath.spoilt.keys();
    expect(brokenBy(withItem(key, { ...item(key), note: { S: 'changed' } }))).toEqual([UNION]);
  });

  test('a run without faults that came to something else', () => {
    const calm = new Map(aftermath.calm);
    calm.delete(exact());
    expect(brokenBy({ calm })).toEqual([CALM]);
  });

  test('a delivery that was forgotten although a strike was known for certain', () => {
    const messages = messagesByEvent(aftermath.run.history);
    const key = keyWhere((each) => {
      const memory = memoryOf(expected(each), aftermath.run.history, messages);
      return mayForget(expected(each)) && isDetermined(memory) && memory.must.length === 1;
    });
    const { deliveries, ...rest } = item(key);
    expect(deliveries?.L).toHaveLength(1);
    // the standing may rest on the delivery, and then what is published differs too
    expect(brokenBy(withItem(key, rest))).toContain(EXCEPTION);
  });

  test('a delivery that was remembered although nobody told of it', () => {
    const key = keyWhere((each) => expected(each).strikes.length > 0 && mayForget(expected(each)));
    const made = { M: { at: { S: '2026-01-01T00:00:00.000Z' }, messageId: { S: 'made up' } } };
    const deliveries = { L: [made, ...(item(key).deliveries?.L ?? [])].slice(0, 6) };
    expect(brokenBy(withItem(key, { ...item(key), deliveries }))).toContain(EXCEPTION);
  });

  test('a letter without its code, with another, or none at all', () => {
    const [event] = aftermath.expectation.letters.keys();
    for (const codes of [[''], ['NotJson', 'Another'], []]) {
      const codesOf = (each: number) => (each === event ? codes : aftermath.letters.codesOf(each));
      expect(brokenBy({ letters: { ...aftermath.letters, codesOf } })).toEqual([LOST]);
    }
  });

  test('a letter that is none of the events', () => {
    expect(brokenBy({ letters: { ...aftermath.letters, codesOf: aftermath.letters.codesOf, strays: ['?'] } })).toEqual([
      LOST,
    ]);
  });

  test('a send of unknown outcome that was not settled', () => {
    const [key] = aftermath.expectation.keyed.keys();
    const records = new Map(aftermath.records);
    if (key !== undefined) records.set(key, undefined);
    expect(brokenBy({ records })).toEqual([SETTLED]);
  });

  test('a read that did not ask for consistency', () => {
    expect(brokenIn(checkStorm(aftermath, 1))).toEqual([CONSISTENT]);
  });

  test('memory that grows', () => {
    const heaps = [100, 102, 107].map((mib, i) => ({ messages: i, bytes: mib * 1024 * 1024 }));
    const claims = checkStorm({ ...aftermath, run: { ...aftermath.run, heaps } }, 0);
    expect(claims.filter((claim) => !holds(claim)).map(({ name }) => name)).toEqual([MEMORY]);
  });
});

test('with one function at work, and none killed, a seed meets the very same faults', async () => {
  const faultsOf = async (seed: number): Promise<string[]> => {
    const met: string[] = [];
    const onFault = ({ operation, kind, subject }: { operation: string; kind: string; subject: string }) =>
      void met.push(`${operation} ${kind} ${subject.replace(/127\.0\.0\.1:\d+/g, '')}`);
    await stormOfFeedback(seed, 100, { ...CALMLY, workers: 1, share: 0.3, onFault });
    return met.sort();
  };
  const met = await faultsOf(5);
  expect(met.length).toBeGreaterThan(5);
  expect(await faultsOf(5)).toEqual(met);
});

test.each([6, 7, 8])('2,000 events of seed %i: every claim holds', async (seed) => {
  const { claims } = await stormOfFeedback(seed, 2000, { lifetime: 100 });
  expect(broken(claims)).toEqual([]);
});
