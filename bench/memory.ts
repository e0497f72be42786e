import { spread } from './median.ts';
import { againstLimit, type Row } from './row.ts';
import { bundleLikeAFunction, runBundle, withFolder } from './subject.ts';

const BUDGET_MB = 2;
const ROUNDS = 3;

/** What the feedback function keeps from 9,000 events: nothing, but for noise. */
export const memory = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const file = await bundleLikeAFunction('bench/subjects/memory.ts', folder);
    const kept: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { early, late } = (await runBundle(file, '--expose-gc')) as { early: number; late: number };
      kept.push(late - early);
    }
    const { mid, low, high } = spread(kept);
    const row = againstLimit('heap kept from event 1,000 to 10,000', mid, 'MB', 0, BUDGET_MB);
    return [{ ...row, noise: { low, high, rounds: ROUNDS } }];
  });
