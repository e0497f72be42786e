import { at, type Json, pathsOf, withAt } from './json.ts';
import { pick, type Random } from './mutate.ts';
import { type Target, Violation } from './target.ts';

/** Times that a part is there in the first of three inputs, each twice as long as the one before. */
const REPEATS = 400;
/** Below this nothing can be told from the noise. */
const LEAST_MS = 30;
/** A doubling takes twice as long where time grows with the size, four times where it grows with the square. */
const MOST_RATIO = 3.2;
const TRIES = 3;
/** It must look so more than once: others use the machine too. */
const LOOKS = 2;

/** The input with one of its parts there so many times; undefined where nothing in it can be repeated. */
const grown = (input: Json, random: Random): ((times: number) => Json) | undefined => {
  const paths = pathsOf(input).filter((path) => {
    const value = at(input, path);
    return (typeof value === 'string' && value !== '') || (Array.isArray(value) && value.length > 0);
  });
  if (paths.length === 0) return undefined;
  const path = pick(random, paths);
  const value = at(input, path);
  if (typeof value === 'string') {
    const from = Math.floor(random() * value.length);
    const piece = value.slice(from, from + 1 + Math.floor(random() * 12));
    const [head, tail] = [value.slice(0, from), value.slice(from)];
    return (times) => withAt(input, path, { $join: [head, { $repeat: [piece, times * 8] }, tail] });
  }
  if (!Array.isArray(value)) return undefined;
  const list: readonly Json[] = value;
  const each = pick(random, list);
  return (times) => withAt(input, path, [...list, ...Array.from({ length: times }, () => each)]);
};

const millis = async (target: Target, input: Json, tries: number, clock: () => number): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < tries; i += 1) {
    const start = clock();
    await target.run(input);
    least = Math.min(least, clock() - start);
  }
  return least;
};

/**
 * Repeats a part of an input ever more often, and looks at how the time grows.
 *
 * @param busy - told of each input before it is given to the target
 * @param clock - milliseconds
 * @throws Violation where it grows like the square, or faster
 */
export const checkGrowth = async (
  target: Target,
  input: Json,
  random: Random,
  busy: (input: Json) => void,
  clock: () => number = () => performance.now(),
): Promise<void> => {
  const make = grown(input, random);
  if (make === undefined) return;
  const time = async (times: number, tries: number): Promise<number> => {
    const bigger = make(times);
    busy(bigger);
    return millis(target, bigger, tries, clock);
  };
  if ((await time(REPEATS * 4, 1)) < LEAST_MS) return;
  let told = '';
  for (let look = 0; look < LOOKS; look += 1) {
    const one = await time(REPEATS, TRIES);
    const two = await time(REPEATS * 2, TRIES);
    const four = await time(REPEATS * 4, TRIES);
    if (two / one <= MOST_RATIO || four / two <= MOST_RATIO || four < LEAST_MS) return;
    told = [one, two, four].map((ms) => `${ms.toFixed(1)} ms`).join(', ');
  }
  throw new Violation('hang', `a part repeated ${REPEATS}, ${REPEATS * 2} and ${REPEATS * 4} times takes ${told}`);
};
