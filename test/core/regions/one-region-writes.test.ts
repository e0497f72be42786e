import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { blocks, derive } from '../../../core/entry/derive.ts';
import { type Entry, type Evidence, emptyEntry, keyText } from '../../../core/entry/entry.ts';
import { learn } from '../../../core/ledger/learn.ts';
import { known, PAT_KEY, piece, START, strike } from '../entries.ts';
import { GlobalTable } from './global-table.ts';
import { everySchedule, type Steps } from './steps.ts';

const REGIONS = ['ireland', 'virginia'] as const;
type Region = (typeof REGIONS)[number];

/** One feedback function and the message it is given. */
interface Writer {
  readonly name: string;
  readonly region: Region;
  readonly fact: Evidence;
}

/** What came of one schedule. */
interface Outcome {
  readonly steps: readonly string[];
  /** Facts whose message was acknowledged: SQS has deleted it, nobody will tell them again. */
  readonly acknowledged: readonly Evidence[];
  /** What each Region holds when everything has arrived everywhere. */
  readonly held: Readonly<Record<Region, Entry>>;
  /** Whether a copy ever knew of anything that the home Region did not hold. */
  readonly ahead: boolean;
}

const HARD = piece('hard-bounce', START);
const SOFT = strike(3);
const COMPLAINT = piece('complaint', START + 1, { type: 'Complaint' });

const ids = ({ evidence }: Entry): string[] => evidence.map(({ id }) => id);

/** Has the writers learn at the same time, each in its Region, with the functions that run in AWS. */
const under =
  (writers: readonly Writer[], home: Region) =>
  async (steps: Steps): Promise<Outcome> => {
    const table = new GlobalTable(REGIONS, steps);
    const at = (region: Region): Entry => table.held(region, PAT_KEY) ?? emptyEntry(PAT_KEY);
    const acknowledged: Evidence[] = [];
    const work = writers.map(async ({ name, region, fact }) => {
      const learnt = await learn(table.ledger(region, name), [known(fact)], DEFAULT_POLICY);
      if (learnt.get(keyText(PAT_KEY))?.outcome !== 'failed') acknowledged.push(fact);
    });
    let ahead = false;
    await steps.run(() => {
      const there = new Set(ids(at(home)));
      ahead ||= REGIONS.some((region) => ids(at(region)).some((id) => !there.has(id)));
    });
    await Promise.all(work);
    return { steps: steps.taken, acknowledged, held: { ireland: at('ireland'), virginia: at('virginia') }, ahead };
  };

const outcomes = async (writers: readonly Writer[], home: Region = 'ireland'): Promise<Outcome[]> => {
  const all: Outcome[] = [];
  for await (const outcome of everySchedule(under(writers, home))) all.push(outcome);
  return all;
};

/** Facts that were acknowledged and that some Region does not hold in the end. */
const lost = ({ acknowledged, held }: Outcome): Evidence[] =>
  acknowledged.filter(({ id }) => REGIONS.some((region) => !ids(held[region]).includes(id)));
const converged = ({ held }: Outcome): boolean => JSON.stringify(held.ireland) === JSON.stringify(held.virginia);
const blocked = (entry: Entry): boolean => blocks(derive(entry, DEFAULT_POLICY), START + 1);

const writer = (name: string, region: Region, fact: Evidence): Writer => ({ name, region, fact });

describe('two Regions that write', () => {
  const two = [writer('A', 'ireland', HARD), writer('B', 'virginia', SOFT)];

  test('lose an acknowledged bounce, and the address may be mailed again: this is a schedule that does it', async () => {
    const all = await outcomes(two);
    const found = all.filter((outcome) => lost(outcome).some(({ reason }) => reason === 'hard-bounce'));
    const [shortest] = found.sort((a, b) => a.steps.join().localeCompare(b.steps.join()));
    expect(shortest?.steps).toEqual([
      'A reads in ireland',
      'A writes in ireland',
      'B reads in virginia',
      'B writes in virginia',
      'v1 arrives in virginia',
      'v2 arrives in ireland',
    ]);
    expect(shortest?.acknowledged).toEqual([HARD, SOFT]);
    expect(shortest?.held).toEqual({ ireland: known(SOFT), virginia: known(SOFT) });
    expect(blocked(known(HARD))).toBe(true);
    expect(blocked(known(SOFT))).toBe(false);
  });

  test('end in the same entry everywhere, so nothing shows later that one was lost', async () => {
    const all = await outcomes(two);
    expect(all.every(converged)).toBe(true);
    expect(all.every(({ acknowledged }) => acknowledged.length === 2)).toBe(true);
  });

  test('lose one of the two facts under 12 of 20 schedules, the bounce under 6', async () => {
    const all = await outcomes(two);
    const losing = all.filter((outcome) => lost(outcome).length > 0);
    const bounces = losing.filter((outcome) => lost(outcome).includes(HARD));
    expect([all.length, losing.length, bounces.length]).toEqual([20, 12, 6]);
  });

  test('lose nothing only where the write of one has arrived before the other writes', async () => {
    for (const outcome of await outcomes(two)) {
      const precedes = (one: string, other: string): boolean => {
        const [first, then] = [outcome.steps.indexOf(one), outcome.steps.indexOf(other)];
        return first >= 0 && first < then;
      };
      const inTime =
        precedes('v1 arrives in virginia', 'B writes in virginia') ||
        precedes('v1 arrives in ireland', 'A writes in ireland');
      expect(lost(outcome).length === 0).toBe(inTime);
    }
  });
});

describe('one home Region that writes', () => {
  test.each([
    ['two functions', 28, [writer('A', 'ireland', HARD), writer('B', 'ireland', SOFT)]],
    ['two functions that are told the same', 16, [writer('A', 'ireland', HARD), writer('B', 'ireland', HARD)]],
    [
      'three functions',
      23_328,
      [writer('A', 'ireland', HARD), writer('B', 'ireland', SOFT), writer('C', 'ireland', COMPLAINT)],
    ],
  ])(
    'loses nothing under any schedule: %s, %i of them',
    async (_name, all, writers) => {
      let schedules = 0;
      for await (const outcome of everySchedule(under(writers, 'ireland'), 200_000)) {
        schedules += 1;
        expect([lost(outcome), outcome.acknowledged.length]).toEqual([[], writers.length]);
      }
      expect(schedules).toBe(all);
    },
    120_000,
  );

  test('has copies that are late, and never know what home does not', async () => {
    const all = await outcomes([writer('A', 'ireland', HARD), writer('B', 'ireland', SOFT)]);
    expect(all.every(converged)).toBe(true);
    expect(all.some(({ ahead }) => ahead)).toBe(false);
  });
});

test('a schedule is run from the start each time, and each once', async () => {
  const two = [writer('A', 'ireland', HARD), writer('B', 'virginia', SOFT)];
  const all = (await outcomes(two)).map(({ steps }) => steps.join());
  expect(new Set(all).size).toBe(all.length);
});
