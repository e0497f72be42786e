import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { type Entry, keyText } from '../../../core/entry/entry.ts';
import { DAY } from '../../../core/instant.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { addressOf, decided, delivered, entryOf, joined, known, PAT_KEY, piece, START, strike } from '../entries.ts';
import { MemoryLedger } from '../memory-ledger.ts';

const SAM_KEY = { address: addressOf('sam@target.example'), scope: '*' };
const NEWS_KEY = { ...PAT_KEY, scope: 'newsletter' };
const [PAT, SAM, NEWS] = [keyText(PAT_KEY), keyText(SAM_KEY), keyText(NEWS_KEY)];

const hard = (key = PAT_KEY, at = START): Entry => ({ ...known(piece('hard-bounce', at)), ...key });

const outcomes = async (ledger: MemoryLedger, deltas: readonly Entry[]) => {
  const learnt = await learn(ledger, deltas, DEFAULT_POLICY);
  return Object.fromEntries([...learnt].map(([key, { outcome }]) => [key, outcome]));
};

let ledger: MemoryLedger;
beforeEach(() => {
  ledger = new MemoryLedger();
});

test('learning nothing asks the table nothing', async () => {
  expect(await outcomes(ledger, [])).toEqual({});
  expect(ledger.reads).toEqual([]);
});

test('all keys are read at once, each is written once with what it then means', async () => {
  expect(await outcomes(ledger, [hard(), hard(SAM_KEY), hard(NEWS_KEY)])).toEqual({
    [PAT]: 'written',
    [SAM]: 'written',
    [NEWS]: 'written',
  });
  expect(ledger.reads).toEqual([[PAT, SAM, NEWS]]);
  expect(ledger.writes.map((w) => w.key)).toEqual([PAT, SAM, NEWS]);
  expect(ledger.writes.map((w) => w.derived)).toEqual(Array(3).fill(derive(hard(), DEFAULT_POLICY)));
  expect(ledger.entry(NEWS_KEY)).toEqual(hard(NEWS_KEY));
});

test('several facts about one key are one write', async () => {
  await outcomes(ledger, [hard(), hard(PAT_KEY, START + 1), known(strike(0)), hard()]);
  expect(ledger.reads).toEqual([[PAT]]);
  expect(ledger.writes).toHaveLength(1);
  expect(ledger.entry(PAT_KEY)).toEqual(joined(hard(), hard(PAT_KEY, START + 1), known(strike(0))));
});

test('what is learnt is added to what is known, and the answer tells both', async () => {
  await learn(ledger, [hard()], DEFAULT_POLICY);
  const learnt = (await learn(ledger, [known(piece('complaint', START))], DEFAULT_POLICY)).get(PAT);
  const entry = joined(hard(), known(piece('complaint', START)));
  expect(learnt).toEqual({ outcome: 'written', entry, derived: derive(entry, DEFAULT_POLICY) });
  expect(ledger.entry(PAT_KEY)).toEqual(entry);
});

describe('no write is made', () => {
  test('for a duplicate', async () => {
    await learn(ledger, [hard(), hard(SAM_KEY)], DEFAULT_POLICY);
    expect(await outcomes(ledger, [hard(), hard(SAM_KEY)])).toEqual({ [PAT]: 'unchanged', [SAM]: 'unchanged' });
    expect(ledger.writes).toHaveLength(2);
    expect(ledger.reads).toHaveLength(2);
  });

  test('for the one duplicate among news', async () => {
    await learn(ledger, [hard()], DEFAULT_POLICY);
    expect(await outcomes(ledger, [hard(), hard(SAM_KEY)])).toEqual({ [PAT]: 'unchanged', [SAM]: 'written' });
    expect(ledger.writes).toHaveLength(2);
  });

  test('for a delivery of an address that has no entry, and none is made', async () => {
    expect(await outcomes(ledger, [delivered(START)])).toEqual({ [PAT]: 'unchanged' });
    expect(ledger.writes).toEqual([]);
    expect(ledger.size).toBe(0);
  });

  test('for a delivery of an address without strikes', async () => {
    await learn(ledger, [hard()], DEFAULT_POLICY);
    expect(await outcomes(ledger, [delivered(START + DAY)])).toEqual({ [PAT]: 'unchanged' });
    expect(ledger.writes).toHaveLength(1);
  });

  test('for a piece between the oldest and the newest of its reason', async () => {
    await learn(ledger, [hard(PAT_KEY, START), hard(PAT_KEY, START + 2)], DEFAULT_POLICY);
    expect(await outcomes(ledger, [hard(PAT_KEY, START + 1)])).toEqual({ [PAT]: 'unchanged' });
  });

  test('for an operator who repeats an older decision', async () => {
    await learn(ledger, [decided('allow', START + 1)], DEFAULT_POLICY);
    expect(await outcomes(ledger, [decided('add', START)])).toEqual({ [PAT]: 'unchanged' });
  });
});

test('a delivery of an address with strikes is remembered', async () => {
  await learn(ledger, [known(strike(0))], DEFAULT_POLICY);
  expect(await outcomes(ledger, [delivered(START + DAY)])).toEqual({ [PAT]: 'written' });
  expect(ledger.entry(PAT_KEY)?.deliveries).toEqual([{ at: START + DAY, messageId: `m${START + DAY}` }]);
});

test.each([
  ['a removal', decided('remove', START)],
  ['that somebody asked to be forgotten', entryOf({ forgottenAt: START })],
  ['a pin', decided('allow', START)],
])('%s is remembered of an address that had no entry', async (_name, delta) => {
  expect(await outcomes(ledger, [delta])).toEqual({ [PAT]: 'written' });
  expect(ledger.entry(PAT_KEY)).toEqual(delta);
});

test('at most sixteen writes are under way at once, and more than one', async () => {
  let underWay = 0;
  let most = 0;
  ledger.beforeWrite = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
  };
  const many = Array.from({ length: 60 }, (_, i) => hard({ ...PAT_KEY, address: addressOf(`pat${i}@target.example`) }));
  await learn(ledger, many, DEFAULT_POLICY);
  expect(ledger.size).toBe(60);
  expect(most).toBe(16);
});
