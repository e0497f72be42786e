import { againstLimit, type Row } from './row.ts';
import { bundleLikeAFunction, runBundle, withFolder } from './subject.ts';

const BUDGET_MB = 2;

/** What the feedback function keeps from 9,000 events: nothing, but for noise. */
export const memory = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const file = await bundleLikeAFunction('bench/subjects/memory.ts', folder);
    const { early, late } = (await runBundle(file, '--expose-gc')) as { early: number; late: number };
    return [againstLimit('heap kept from event 1,000 to 10,000', late - early, 'MB', 0, BUDGET_MB)];
  });
