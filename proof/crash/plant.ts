import { explore } from './explore.ts';
import type { Planted } from './planted.ts';
import { loadSuite } from './suite.ts';

/** What became of a planted fault. */
export interface Unearthed {
  readonly name: string;
  /** What the scenario says is wrong; empty: it noticed nothing. */
  readonly faults: readonly string[];
  /** Whether it was wrong without a crash already. */
  readonly isCalm: boolean;
}

/** Puts a fault into the source and runs the scenario that has to notice it, up to the first failure. */
export const unearth = async ({ name, changes, scenario }: Planted): Promise<Unearthed> => {
  const { scenarios, programOf } = await loadSuite(changes);
  const found = scenarios.find((each) => each.name === scenario);
  if (found === undefined) throw new Error(`there is no scenario ${scenario}`);
  const { failures } = await explore({ ...found, isTwice: false, lateUpTo: 0 }, programOf(found), {
    firstFailure: true,
  });
  const [failure] = failures;
  return { name, faults: failure?.faults ?? [], isCalm: failure?.plans.length === 0 };
};
