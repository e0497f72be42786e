import fc from 'fast-check';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { derive } from '../../../core/entry/derive.ts';
import { type Entry, keyText } from '../../../core/entry/entry.ts';
import { merge } from '../../../core/entry/merge.ts';
import { DAY } from '../../../core/instant.ts';
import { add } from '../../../core/ledger/add.ts';
import { allow } from '../../../core/ledger/allow.ts';
import { decisionTime, FutureFact } from '../../../core/ledger/decision.ts';
import { forget, isTextless, textsOf } from '../../../core/ledger/forget.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { remove } from '../../../core/ledger/remove.ts';
import { anyEntry, decided, delta, entryOf, evidence, known, PAT_KEY, piece, START, strike } from '../entries.ts';
import { MemoryLedger } from '../memory-ledger.ts';

const WHY = { by: 'sam', note: 'asked by phone' };
/** Entries of these tests end 200 days after their start; a decision of that time is made by a clock that is behind. */
const NOW = START + 199.5 * DAY;
const SAID = { diagnostic: 'smtp; 550 gone', reported: 'pat.private@else.example' };

const ledgerWith = (...entries: readonly Entry[]): MemoryLedger => {
  const ledger = new MemoryLedger();
  if (entries.length > 0) {
    const entry = entries.reduce(merge);
    ledger.put(entry, derive(entry, DEFAULT_POLICY));
  }
  return ledger;
};
const statusIn = (ledger: MemoryLedger) => derive(ledger.entry(PAT_KEY) ?? entryOf({}), DEFAULT_POLICY).status;
/** The events among these that happened by then. */
const happenedBy = (then: number, { evidence: pieces }: Entry): Entry =>
  entryOf({ evidence: pieces.filter(({ at }) => at <= then) });

describe('remove', () => {
  const removing = (ledger: MemoryLedger, now = NOW) => remove(ledger, PAT_KEY, WHY, DEFAULT_POLICY, now);

  test('frees an address and says who did it and why', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', START)), decided('allow', START));
    expect(await removing(ledger)).toMatchObject({ outcome: 'written', derived: { status: 'watched' } });
    expect(ledger.entry(PAT_KEY)).toMatchObject({ clearedAt: NOW, operator: { action: 'remove', at: NOW, ...WHY } });
  });

  test('frees it whatever is known, and nothing known then blocks it again, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntry, fc.array(delta, { maxLength: 4 }), async (entry, more) => {
        const ledger = ledgerWith(entry);
        const { entry: removed } = await removing(ledger);
        expect(statusIn(ledger)).toBe('watched');
        const again = [entry, ...more.map((each) => happenedBy(NOW, each))];
        await learn(ledger, again, DEFAULT_POLICY);
        expect(statusIn(ledger)).toBe('watched');
        expect(merge(entry, removed)).toEqual(merge(removed, entry));
      }),
      { numRuns: 300 },
    );
  });

  test('what happens afterwards blocks', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', START)));
    await removing(ledger);
    await learn(ledger, [known(piece('hard-bounce', NOW + 1))], DEFAULT_POLICY);
    expect(statusIn(ledger)).toBe('suppressed');
  });

  test('holds against feedback of earlier that is still under way, where nothing is known yet', async () => {
    const ledger = ledgerWith();
    expect(await removing(ledger)).toMatchObject({ outcome: 'written' });
    await learn(ledger, [known(piece('hard-bounce', NOW - 1))], DEFAULT_POLICY);
    expect(statusIn(ledger)).toBe('watched');
  });

  test('voids what was written under a clock ahead, and what came while it was written', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', NOW + 5000)), decided('add', NOW + 9000));
    let first = true;
    ledger.beforeWrite = async () => {
      if (!first) return;
      first = false;
      await learn(ledger, [known(piece('complaint', NOW + 20_000))], DEFAULT_POLICY);
    };
    await removing(ledger);
    expect(statusIn(ledger)).toBe('watched');
    expect(ledger.entry(PAT_KEY)?.clearedAt).toBe(NOW + 20_000);
  });

  test('is written once: repeating it with the same words changes nothing', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', NOW + 5)));
    await removing(ledger);
    const before = ledger.entry(PAT_KEY);
    expect(await removing(ledger, NOW + DAY)).toMatchObject({ outcome: 'unchanged' });
    expect(ledger.entry(PAT_KEY)).toEqual(before);
    await learn(ledger, [known(piece('hard-bounce', NOW + 2 * DAY))], DEFAULT_POLICY);
    expect(await removing(ledger, NOW + 3 * DAY)).toMatchObject({ outcome: 'written' });
    expect(statusIn(ledger)).toBe('watched');
  });

  test('takes a clock that is a day ahead for a clock that is ahead, and no more', async () => {
    expect(await removing(ledgerWith(known(piece('hard-bounce', NOW + DAY))))).toMatchObject({ outcome: 'written' });
    await expect(removing(ledgerWith(known(piece('hard-bounce', NOW + DAY + 1))))).rejects.toThrow(FutureFact);
  });

  test('refuses to void years to come for one fact with a wrong time', async () => {
    const ledger = ledgerWith(known(piece('unsubscribe', NOW + 400 * DAY)));
    await expect(removing(ledger)).rejects.toThrow(FutureFact);
    expect(ledger.writes).toEqual([]);
  });

  test('is not what another person decided, nor the same person for another reason', async () => {
    for (const other of [
      { ...WHY, by: 'ann' },
      { ...WHY, note: 'asked by mail' },
    ]) {
      const ledger = ledgerWith();
      await remove(ledger, PAT_KEY, other, DEFAULT_POLICY, NOW);
      expect(await removing(ledger)).toMatchObject({ outcome: 'written' });
      expect(ledger.entry(PAT_KEY)?.operator).toMatchObject(WHY);
    }
  });

  test('voids what a removal that tells no time left standing', async () => {
    const ledger = ledgerWith(
      known(piece('hard-bounce', START)),
      entryOf({ operator: { action: 'remove', at: START, ...WHY } }),
    );
    expect(await removing(ledger)).toMatchObject({ outcome: 'written', derived: { status: 'watched' } });
  });

  test('starts strikes anew', async () => {
    const ledger = ledgerWith(known(...[190, 191, 192, 193, 194, 195].map((day) => strike(day))));
    await removing(ledger);
    await learn(ledger, [known(strike(200)), known(strike(201))], DEFAULT_POLICY);
    expect(statusIn(ledger)).toBe('watched');
  });

  test('leaves an entry alone that is no longer what was meant when it is written', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', START)));
    const only = (entry: Entry) => entry.evidence.every(({ reason }) => reason === 'hard-bounce');
    ledger.beforeWrite = async () => {
      ledger.beforeWrite = () => undefined;
      await learn(ledger, [known(piece('complaint', START))], DEFAULT_POLICY);
    };
    await learn(ledger, [known(piece('complaint', START + 1))], DEFAULT_POLICY);
    expect(await remove(ledger, PAT_KEY, WHY, DEFAULT_POLICY, NOW, only)).toMatchObject({ outcome: 'unchanged' });
    expect(statusIn(ledger)).toBe('suppressed');
  });
});

describe('allow', () => {
  const allowing = (ledger: MemoryLedger, now = NOW) => allow(ledger, PAT_KEY, WHY, DEFAULT_POLICY, now);

  test('outranks whatever is known, in any order, and bounces that come later', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntry, evidence(fc.constant('hard-bounce')), async (entry, bounce) => {
        const ledger = ledgerWith(entry);
        await allowing(ledger);
        expect(statusIn(ledger)).toBe('allowed');
        await learn(ledger, [entry, known({ ...bounce, at: NOW + DAY })], DEFAULT_POLICY);
        expect(statusIn(ledger)).toBe('allowed');
      }),
      { numRuns: 300 },
    );
  });

  test.each(['complaint', 'unsubscribe'] as const)(
    'a newer %s blocks, and allowing again pins it again',
    async (wish) => {
      const ledger = ledgerWith();
      await allowing(ledger);
      await learn(ledger, [known(piece(wish, NOW + 1))], DEFAULT_POLICY);
      expect(statusIn(ledger)).toBe('suppressed');
      expect(await allowing(ledger)).toMatchObject({ outcome: 'written' });
      expect(statusIn(ledger)).toBe('allowed');
      expect(await allowing(ledger, NOW + DAY)).toMatchObject({ outcome: 'unchanged' });
    },
  );

  test('the last of add, allow and remove is what holds, whatever their clocks say', async () => {
    const ledger = ledgerWith();
    const steps = [
      [add, 'suppressed'],
      [allow, 'allowed'],
      [remove, 'watched'],
      [allow, 'allowed'],
      [add, 'suppressed'],
      [remove, 'watched'],
      [add, 'suppressed'],
    ] as const;
    for (const [i, [step, status]] of steps.entries()) {
      await step(ledger, PAT_KEY, WHY, DEFAULT_POLICY, NOW - i * 1000);
      expect(statusIn(ledger)).toBe(status);
    }
  });

  test('refuses to outrank the complaints of years to come', async () => {
    const refused = expect(allowing(ledgerWith(decided('add', NOW + 400 * DAY)))).rejects;
    await refused.toThrow(/is dated 2027-/);
    await refused.toMatchObject({ name: 'FutureFact' });
  });

  test.each(['complaint', 'unsubscribe'] as const)('outranks a %s that a clock ahead has dated', async (wish) => {
    const ledger = ledgerWith(known(piece(wish, NOW + 5000)));
    await allowing(ledger);
    expect(statusIn(ledger)).toBe('allowed');
    expect(ledger.entry(PAT_KEY)?.operator?.at).toBe(NOW + 5000);
  });

  test('need not be later than a bounce, however that is dated', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', NOW + 400 * DAY)));
    await allowing(ledger);
    expect(statusIn(ledger)).toBe('allowed');
    expect(ledger.entry(PAT_KEY)?.operator?.at).toBe(NOW);
  });
});

describe('a decision that is not the last one after all', () => {
  const STEPS = { add, allow, remove } as const;
  const told = (ledger: MemoryLedger, step: keyof typeof STEPS) =>
    STEPS[step](ledger, PAT_KEY, WHY, DEFAULT_POLICY, NOW);

  test.each([
    ['add', 'allow', 'suppressed'],
    ['add', 'remove', 'suppressed'],
    ['allow', 'add', 'allowed'],
    ['allow', 'remove', 'allowed'],
    ['remove', 'add', 'watched'],
    ['remove', 'allow', 'watched'],
  ] as const)('%s is told again when %s got in between', async (step, rival, status) => {
    const ledger = ledgerWith();
    ledger.beforeWrite = async () => {
      ledger.beforeWrite = () => undefined;
      await learn(ledger, [decided(rival, NOW + 5000, 'ann')], DEFAULT_POLICY);
    };
    expect(await told(ledger, step)).toMatchObject({ outcome: 'written' });
    expect(ledger.entry(PAT_KEY)?.operator).toMatchObject({ action: step, ...WHY });
    expect(statusIn(ledger)).toBe(status);
  });

  test('is told five times, then given up', async () => {
    const ledger = ledgerWith();
    let tries = 0;
    ledger.beforeWrite = () => {
      tries += 1;
      const rival = merge(ledger.entry(PAT_KEY) ?? entryOf({}), decided('allow', NOW + tries * 5000, 'ann'));
      ledger.put(rival, derive(rival, DEFAULT_POLICY));
    };
    await expect(told(ledger, 'add')).rejects.toThrow('another writer had a later word 5 times');
    expect(tries).toBe(5);
    expect(statusIn(ledger)).toBe('allowed');
  });

  test.each(Object.keys(STEPS) as (keyof typeof STEPS)[])(
    '%s fails where nobody can say what is known',
    async (step) => {
      const ledger = ledgerWith(known(piece('hard-bounce', START)));
      ledger.unreadable.add(keyText(PAT_KEY));
      await expect(told(ledger, step)).rejects.toThrow('the table is not there');
    },
  );
});

test('the time of a decision is now, or just after the last decision and the last forgetting', () => {
  expect(decisionTime(entryOf({}), 0)).toBe(0);
  expect(decisionTime(decided('add', 5), 3)).toBe(6);
  expect(decisionTime(entryOf({ forgottenAt: 5 }), 3)).toBe(6);
  expect(decisionTime(decided('add', 5), 9)).toBe(9);
});

describe('forget', () => {
  const forgetting = (ledger: MemoryLedger, now = NOW) => forget(ledger, PAT_KEY, DEFAULT_POLICY, now);

  test('leaves no text and the same block, whatever is known', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntry, async (entry) => {
        const ledger = ledgerWith(entry);
        const { expiresAt: _a, ...before } = derive(entry, DEFAULT_POLICY);
        await forgetting(ledger);
        const left = ledger.entry(PAT_KEY) ?? entryOf({});
        const { expiresAt: _b, ...after } = derive(left, DEFAULT_POLICY);
        expect(after).toEqual(before);
        expect(textsOf(left)).toEqual({ diagnostics: 0, reported: 0, operator: false, note: false });
        await learn(ledger, [entry], DEFAULT_POLICY);
        expect(JSON.stringify(ledger.entry(PAT_KEY) ?? {})).not.toMatch(/diagnostic|reported|ann|bob|phone/);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps no text of what arrives late', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', START, SAID)));
    await forgetting(ledger);
    await learn(ledger, [known(piece('complaint', NOW - DAY, SAID))], DEFAULT_POLICY);
    expect(textsOf(ledger.entry(PAT_KEY) ?? entryOf({}))).toMatchObject({ diagnostics: 0, reported: 0 });
    await learn(ledger, [known(piece('complaint', NOW + DAY, SAID))], DEFAULT_POLICY);
    expect(textsOf(ledger.entry(PAT_KEY) ?? entryOf({}))).toMatchObject({ diagnostics: 1, reported: 1 });
  });

  test('drops texts that are dated ahead', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', NOW + 5000, SAID)), decided('add', NOW + 9000, 'ann', 'pat'));
    expect(await forgetting(ledger)).toMatchObject({ outcome: 'written', entry: { forgottenAt: NOW + 9000 } });
    expect(ledger.entry(PAT_KEY)?.operator).toMatchObject({ action: 'add', by: '', note: '' });
  });

  test('counts every text there is, and each alone is one', () => {
    const said = known(piece('hard-bounce', START, SAID), piece('complaint', START, { reported: 'x@else.example' }));
    const full = merge(said, decided('add', START, 'ann', 'pat'));
    expect(textsOf(full)).toEqual({ diagnostics: 1, reported: 2, operator: true, note: true });
    expect(isTextless(full)).toBe(false);
    for (const one of [
      known(piece('complaint', START, { diagnostic: 'gone' })),
      known(piece('complaint', START, { reported: 'x@else.example' })),
      decided('add', START, 'ann', ''),
      decided('add', START, '', 'pat'),
    ])
      expect(isTextless(one)).toBe(false);
    expect(isTextless(merge(known(strike(0)), decided('add', START, '', '')))).toBe(true);
  });

  test('fails where nobody can say what is known', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', START, SAID)));
    ledger.unreadable.add(keyText(PAT_KEY));
    await expect(forgetting(ledger)).rejects.toThrow('the table is not there');
  });

  test('drops what came while it was written', async () => {
    const ledger = ledgerWith(known(piece('hard-bounce', START, SAID)));
    ledger.beforeWrite = async () => {
      ledger.beforeWrite = () => undefined;
      await learn(ledger, [known(piece('complaint', NOW + 5000, SAID))], DEFAULT_POLICY);
    };
    await forgetting(ledger);
    expect(isTextless(ledger.entry(PAT_KEY) ?? entryOf({}))).toBe(true);
  });

  test('writes nothing about whom the list knows nothing of', async () => {
    const ledger = ledgerWith();
    expect(await forgetting(ledger)).toMatchObject({ outcome: 'unchanged' });
    expect(ledger.size).toBe(0);
  });

  test('a decision made afterwards keeps its words, under a clock behind too', async () => {
    const ledger = ledgerWith(decided('allow', START, 'ann', 'pat phoned'));
    await forgetting(ledger);
    for (const [step, action] of [
      [add, 'add'],
      [remove, 'remove'],
      [allow, 'allow'],
    ] as const) {
      await step(ledger, PAT_KEY, WHY, DEFAULT_POLICY, NOW - 5000);
      expect(ledger.entry(PAT_KEY)?.operator).toMatchObject({ action, ...WHY });
    }
  });
});
