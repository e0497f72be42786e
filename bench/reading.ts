import type { Pair } from './median.ts';
import { againstFloor, type Row } from './row.ts';
import { bundleLikeAFunction, runBundle, withFolder } from './subject.ts';

const BUDGET = 1.6;

/** Envelope, message and decisions of one event against the two `JSON.parse` calls it cannot avoid. */
export const reading = (): Promise<Row[]> =>
  withFolder(async (folder) => {
    const file = await bundleLikeAFunction('bench/subjects/reading.ts', folder);
    const measured = (await runBundle(file)) as Record<string, Pair>;
    return Object.entries(measured).map(([type, pair]) =>
      againstFloor(`read and decide a ${type}`, 'µs', pair, BUDGET),
    );
  });
