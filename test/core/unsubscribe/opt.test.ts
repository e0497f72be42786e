import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { blocks, derive } from '../../../core/entry/derive.ts';
import { type Entry, emptyEntry } from '../../../core/entry/entry.ts';
import { DAY, HOUR, SECOND } from '../../../core/instant.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { optIn, optOut } from '../../../core/ledger/opt.ts';
import { addressOf, entryOf, evidenceOf, keyOf } from '../../adapters/samples.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import { NOW } from './samples.ts';

const KEY = keyOf('pat', 'newsletter');
const POLICY = DEFAULT_POLICY;

const blocked = (ledger: MemoryLedger, key = KEY, now = NOW): boolean => {
  const entry = ledger.entry(key);
  return entry !== undefined && blocks(derive(entry, POLICY), now);
};
const listWith = async (...facts: readonly Entry[]): Promise<MemoryLedger> => {
  const ledger = new MemoryLedger();
  await learn(ledger, facts, POLICY);
  ledger.writes.length = 0;
  return ledger;
};
const cleared = (at: number): Entry => ({
  ...emptyEntry(KEY),
  clearedAt: at,
  operator: { action: 'remove', at, by: '', note: '' },
});
const pinned = (at: number): Entry => ({ ...emptyEntry(KEY), operator: { action: 'allow', at, by: '', note: '' } });

test('an opt-out blocks the stream, without end, by the rule of unsubscribes', async () => {
  const ledger = await listWith();
  const told = await optOut(ledger, { key: KEY, by: 'one-click' }, POLICY, NOW);
  expect(told).toMatchObject({
    outcome: 'written',
    derived: { status: 'suppressed', reason: 'unsubscribe', since: NOW },
  });
  expect(told.derived.until).toBeUndefined();
  expect(ledger.entry(KEY)?.evidence).toEqual([
    {
      id: `opt-out-${NOW}#pat@target.example`,
      at: NOW,
      rule: 'unsubscribed',
      reason: 'unsubscribe',
      type: 'Unsubscribe',
      subtype: 'one-click',
    },
  ]);
});

test('an opt-out of somebody who has opted out says so, and writes nothing if it is not newer', async () => {
  const ledger = await listWith();
  expect(await optOut(ledger, { key: KEY }, POLICY, NOW)).toMatchObject({ outcome: 'written', already: false });
  expect(await optOut(ledger, { key: KEY }, POLICY, NOW)).toMatchObject({ outcome: 'unchanged', already: true });
  expect(await optOut(ledger, { key: KEY }, POLICY, NOW - DAY)).toMatchObject({ outcome: 'unchanged', already: true });
  expect(ledger.writes).toHaveLength(1);
});

test('an opt-in of the time between two opt-outs, told late, lifts neither', async () => {
  const ledger = await listWith();
  await optOut(ledger, { key: KEY }, POLICY, NOW);
  expect(await optOut(ledger, { key: KEY }, POLICY, NOW + DAY)).toMatchObject({ outcome: 'written', already: true });
  await optIn(ledger, { key: KEY, at: NOW + HOUR }, POLICY, NOW + DAY);
  expect(blocked(ledger)).toBe(true);
});

test('an opt-out is told although something else blocks already', async () => {
  const ledger = await listWith(entryOf(KEY, evidenceOf('complaint', NOW - DAY)));
  expect(await optOut(ledger, { key: KEY }, POLICY, NOW)).toMatchObject({ outcome: 'written' });
  expect(ledger.entry(KEY)?.evidence.map(({ reason }) => reason)).toEqual(['complaint', 'unsubscribe']);
});

test.each([
  ['a removal', cleared(NOW + 5 * SECOND)],
  ['a pin', pinned(NOW + 5 * SECOND)],
  ['an opt-in', entryOf(KEY, evidenceOf('opted-in', NOW + 5 * SECOND))],
])('an opt-out has the last word over %s that was written under a clock ahead', async (_what, fact) => {
  const ledger = await listWith(entryOf(KEY, evidenceOf('unsubscribe', NOW - DAY)), fact);
  await optOut(ledger, { key: KEY }, POLICY, NOW);
  expect(blocked(ledger)).toBe(true);
});

test('an opt-out tries again when a removal got in between', async () => {
  const ledger = await listWith();
  let raced = false;
  ledger.beforeWrite = async () => {
    if (raced) return;
    raced = true;
    await learn(ledger, [cleared(NOW)], POLICY);
  };
  expect(await optOut(ledger, { key: KEY }, POLICY, NOW)).toMatchObject({ outcome: 'written' });
  expect(blocked(ledger)).toBe(true);
});

test('an opt-out of the past is a fact like any other: a newer opt-in stands', async () => {
  const ledger = await listWith(entryOf(KEY, evidenceOf('opted-in', NOW - DAY)));
  await optOut(ledger, { key: KEY, at: NOW - 2 * DAY }, POLICY, NOW);
  expect(blocked(ledger)).toBe(false);
  expect(ledger.entry(KEY)?.evidence).toHaveLength(2);
});

test('an opt-out of the past that is newer than the one known is kept: an opt-in between them lifts nothing', async () => {
  const ledger = await listWith(entryOf(KEY, evidenceOf('unsubscribe', NOW - 3 * DAY)));
  expect(await optOut(ledger, { key: KEY, at: NOW - DAY }, POLICY, NOW)).toMatchObject({ outcome: 'written' });
  await optIn(ledger, { key: KEY, at: NOW - 2 * DAY }, POLICY, NOW);
  expect(blocked(ledger)).toBe(true);
});

test('an opt-out of the past is measured against unsubscribes alone, not against what else is known', async () => {
  const ledger = await listWith(
    entryOf(KEY, evidenceOf('unsubscribe', NOW - 3 * DAY), evidenceOf('complaint', NOW - SECOND)),
  );
  expect(await optOut(ledger, { key: KEY, at: NOW - DAY }, POLICY, NOW)).toMatchObject({ outcome: 'written' });
});

test('an opt-out of the past that is no newer than the one known writes nothing', async () => {
  const ledger = await listWith(entryOf(KEY, evidenceOf('unsubscribe', NOW - DAY)));
  expect(await optOut(ledger, { key: KEY, at: NOW - DAY }, POLICY, NOW)).toMatchObject({ outcome: 'unchanged' });
  expect(ledger.writes).toEqual([]);
});

test('an opt-out of a simulator address lasts an hour, and can be made again after it', async () => {
  const ledger = await listWith();
  const key = { address: addressOf('success@simulator.amazonses.com'), scope: 'newsletter' };
  await optOut(ledger, { key }, POLICY, NOW);
  expect(blocked(ledger, key, NOW + HOUR)).toBe(false);
  const within = await listWith(ledger.entry(key) ?? emptyEntry(key));
  expect(await optOut(within, { key }, POLICY, NOW + HOUR - 1)).toMatchObject({ already: true });
  expect(await optOut(ledger, { key }, POLICY, NOW + HOUR)).toMatchObject({ outcome: 'written', already: false });
  expect(blocked(ledger, key, NOW + HOUR)).toBe(true);
});

test('an opt-in lifts an unsubscribe, also one written under a clock ahead', async () => {
  const ledger = await listWith(entryOf(KEY, evidenceOf('unsubscribe', NOW + 5 * SECOND)));
  expect(await optIn(ledger, { key: KEY, by: 'sign-up' }, POLICY, NOW)).toMatchObject({
    outcome: 'written',
    derived: { status: 'watched' },
  });
  expect(blocked(ledger)).toBe(false);
  expect(ledger.entry(KEY)?.evidence.at(-1)).toEqual({
    id: `opt-in-${NOW + 5 * SECOND + 1}#pat@target.example`,
    at: NOW + 5 * SECOND + 1,
    rule: 'opted-in',
    reason: 'opted-in',
    type: 'Subscribe',
    subtype: 'sign-up',
  });
});

test('an opt-in tries again when a later unsubscribe got in between', async () => {
  const ledger = await listWith();
  ledger.beforeWrite = async () => {
    ledger.beforeWrite = () => undefined;
    await learn(ledger, [entryOf(KEY, evidenceOf('unsubscribe', NOW + SECOND))], POLICY);
  };
  expect(await optIn(ledger, { key: KEY }, POLICY, NOW)).toMatchObject({ outcome: 'written' });
  expect(blocked(ledger)).toBe(false);
});

test('an opt-in lifts nothing but unsubscribes', async () => {
  const ledger = await listWith(entryOf(KEY, evidenceOf('complaint', NOW - DAY), evidenceOf('unsubscribe', NOW - DAY)));
  expect(await optIn(ledger, { key: KEY }, POLICY, NOW)).toMatchObject({ derived: { reason: 'complaint' } });
  expect(blocked(ledger)).toBe(true);
});

test('an opt-in where nothing is to be lifted outlives an older unsubscribe that arrives late', async () => {
  const ledger = await listWith();
  await optIn(ledger, { key: KEY }, POLICY, NOW);
  await learn(ledger, [entryOf(KEY, evidenceOf('unsubscribe', NOW - SECOND))], POLICY);
  expect(blocked(ledger)).toBe(false);
});

test('a person may go back and forth, and the last word stands', async () => {
  const ledger = await listWith();
  for (let i = 0; i < 6; i += 1) {
    await (i % 2 === 0 ? optOut : optIn)(ledger, { key: KEY }, POLICY, NOW);
    expect(blocked(ledger)).toBe(i % 2 === 0);
  }
});

test('fails when the table cannot be read, and writes nothing', async () => {
  const ledger = await listWith();
  ledger.unreadable.add(`${KEY.address}\n${KEY.scope}`);
  await expect(optOut(ledger, { key: KEY }, POLICY, NOW)).rejects.toThrow('the table is not there');
  expect(ledger.writes).toEqual([]);
});

test('fails when the table cannot be written', async () => {
  const ledger = await listWith();
  ledger.beforeWrite = () => {
    throw new Error('throttled');
  };
  await expect(optOut(ledger, { key: KEY }, POLICY, NOW)).rejects.toThrow('throttled');
  expect(ledger.size).toBe(0);
});
