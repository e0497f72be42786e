import { isObject, type Json } from '../../../proof/fuzz/json.ts';
import { checkLines } from '../../../proof/fuzz/oracles.ts';
import { ready, readyText } from '../../../proof/fuzz/recipe.ts';
import type { Target } from '../../../proof/fuzz/target.ts';

/** What all of them start from: nothing is wrong with it. */
const SEED: Json = { kind: 'a', items: [1, 2, 3], name: 'Pat', note: 'thank you' };

const planted = (name: string, run: (input: { readonly [name: string]: Json }) => void): Target => ({
  name,
  seeds: [SEED],
  words: ['b', 'name', 'items'],
  answers: ['answered'],
  run: async (input) => {
    const given = ready(input);
    if (isObject(given)) run(given);
    return ['answered'];
  },
});

/** Falls over where the kind is `b` and an item is no number: two changes to the seed. */
export const crashing = planted('crashing', ({ kind, items }) => {
  if (kind !== 'b' || !Array.isArray(items)) return;
  for (const item of items) (item as number).toFixed();
});

/** Writes a name into its log as it is. */
export const leaking = planted('leaking', ({ name }) => {
  checkLines(`{"hello":"${readyText(name ?? '').replaceAll('"', '')}"}\n`);
});

/** Takes, by a clock of its own, as many milliseconds as `cost` says for the length of its text. */
export const costing = (
  cost: (length: number) => number,
): { readonly target: Target; readonly clock: () => number } => {
  let now = 0;
  const target = planted('costing', ({ note }) => {
    now += cost(readyText(note ?? '').length);
  });
  return { target, clock: () => now };
};

/** Never comes back where the name is empty. */
export const hanging = planted('hanging', ({ name }) => {
  while (name === '') {
    // for ever
  }
});

/** Takes all memory where the name is a list. */
export const greedy = planted('greedy', ({ name }) => {
  const held: string[][] = [];
  while (Array.isArray(name)) held.push(Array.from({ length: 1000 }, (_, i) => `${i}${held.length}`));
});

/** For a campaign. */
export const makeTargets = async (only: readonly string[] | undefined): Promise<readonly Target[]> =>
  [crashing, hanging, greedy].filter(({ name }) => only === undefined || only.includes(name));
