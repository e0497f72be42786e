import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { type Entry, keyText } from '../../../core/entry/entry.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { addressOf, joined, known, PAT_KEY, piece, START } from '../entries.ts';
import { MemoryLedger } from '../memory-ledger.ts';

const SAM_KEY = { address: addressOf('sam@target.example'), scope: '*' };
const [PAT, SAM] = [keyText(PAT_KEY), keyText(SAM_KEY)];
const hard = (at = START, key = PAT_KEY): Entry => ({ ...known(piece('hard-bounce', at)), ...key });
const complaint = known(piece('complaint', START));

let ledger: MemoryLedger;
beforeEach(() => {
  ledger = new MemoryLedger();
});

const learnIt = (...deltas: readonly Entry[]) => learn(ledger, deltas, DEFAULT_POLICY);
/** Another writer, who is first. */
const rival = (entry: Entry): void =>
  ledger.put(joined(ledger.entry(entry) ?? entry, entry), derive(entry, DEFAULT_POLICY));

test('a key that cannot be read fails alone, and nothing is written under it', async () => {
  ledger.unreadable.add(PAT);
  const learnt = await learnIt(hard(), hard(START, SAM_KEY));
  expect(learnt.get(PAT)).toEqual({ outcome: 'failed', error: new Error('the table is not there') });
  expect(learnt.get(SAM)?.outcome).toBe('written');
  expect(ledger.writes.map((w) => w.key)).toEqual([SAM]);
});

test('a key that cannot be written fails alone', async () => {
  const fault = new Error('throttled');
  ledger.beforeWrite = (entry) => {
    if (keyText(entry) === PAT) throw fault;
  };
  const learnt = await learnIt(hard(), hard(START, SAM_KEY));
  expect(learnt.get(PAT)).toEqual({ outcome: 'failed', error: fault });
  expect(learnt.get(SAM)?.outcome).toBe('written');
});

test('a fault that is no error is told as one', async () => {
  ledger.beforeWrite = () => Promise.reject('out of order');
  expect((await learnIt(hard())).get(PAT)).toEqual({ outcome: 'failed', error: new Error('out of order') });
});

test('one fault among many keys leaves no other key behind', async () => {
  const keys = Array.from({ length: 40 }, (_, i) => ({ ...PAT_KEY, address: addressOf(`pat${i}@target.example`) }));
  ledger.beforeWrite = (entry) => {
    if (entry.address.startsWith('pat1')) throw new Error('throttled');
  };
  const learnt = await learnIt(...keys.map((key) => hard(START, key)));
  expect([...learnt.values()].filter((l) => l.outcome === 'failed')).toHaveLength(11);
  expect([...learnt.values()].filter((l) => l.outcome === 'written')).toHaveLength(29);
});

describe('a lost race', () => {
  const onceBeforeWrite = (act: () => void) => {
    let acted = false;
    ledger.beforeWrite = () => {
      if (!acted) act();
      acted = true;
    };
  };

  test.each([
    ['to the first entry of all', undefined],
    ['to an entry that was there', hard(START - 5)],
  ])('%s reads again and keeps what both learnt', async (_name, before) => {
    if (before !== undefined) rival(before);
    onceBeforeWrite(() => rival(complaint));
    const learnt = (await learnIt(hard())).get(PAT);
    const both = joined(hard(), complaint, before ?? hard());
    expect(learnt).toEqual({ outcome: 'written', entry: both, derived: derive(both, DEFAULT_POLICY) });
    expect(ledger.entry(PAT_KEY)).toEqual(both);
    expect(ledger.reads).toEqual([[PAT], [PAT]]);
    expect(ledger.writes.map((w) => w.outcome)).toEqual(['lost', 'written']);
  });

  test('to somebody who wrote the same costs no second write', async () => {
    onceBeforeWrite(() => rival(joined(hard(), complaint)));
    const learnt = (await learnIt(hard())).get(PAT);
    expect(learnt).toMatchObject({ outcome: 'unchanged', entry: joined(hard(), complaint) });
    expect(ledger.writes.map((w) => w.outcome)).toEqual(['lost']);
  });

  test('to a deletion makes the entry anew', async () => {
    rival(complaint);
    onceBeforeWrite(() => ledger.remove(PAT_KEY));
    expect((await learnIt(hard())).get(PAT)?.outcome).toBe('written');
    expect(ledger.entry(PAT_KEY)).toEqual(hard());
  });

  test('reads again its own key alone', async () => {
    onceBeforeWrite(() => rival(complaint));
    await learnIt(hard(), hard(START, SAM_KEY));
    expect(ledger.reads).toEqual([[PAT, SAM], [PAT]]);
  });

  test('after which the key cannot be read fails with that fault', async () => {
    onceBeforeWrite(() => {
      rival(complaint);
      ledger.unreadable.add(PAT);
    });
    expect((await learnIt(hard())).get(PAT)).toEqual({ outcome: 'failed', error: new Error('the table is not there') });
    expect(ledger.writes).toHaveLength(1);
  });

  test('again and again is given up at last with an error, and another key is none the worse', async () => {
    let moment = START;
    ledger.beforeWrite = (entry) => {
      moment += 1;
      if (keyText(entry) === PAT) rival(hard(moment));
    };
    const learnt = await learnIt(complaint, hard(START, SAM_KEY));
    const failed = learnt.get(PAT);
    expect(failed?.outcome === 'failed' && failed.error.message).toMatch(/^other writers were first 50 times/);
    expect(learnt.get(SAM)?.outcome).toBe('written');
    expect(ledger.writes.filter(({ key }) => key === PAT)).toHaveLength(50);
  });
});
