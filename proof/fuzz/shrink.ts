import { at, isObject, type Json, pathsOf, withAt } from './json.ts';

const MOST_RUNS = 400;
const MOST_MS = 5000;

const smallerText = (text: string): Json[] => {
  const half = Math.floor(text.length / 2);
  return ['', text.slice(0, half), text.slice(half), text.slice(1), text.slice(0, -1)].filter(
    (each) => each.length < text.length,
  );
};

/** Values that say less than this one. */
const smaller = (value: Json): Json[] => {
  if (typeof value === 'string') return smallerText(value);
  if (typeof value === 'number') return value === 0 ? [] : [0, Math.floor(value / 2)].filter((each) => each !== value);
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    return list.length > 1 ? [list.slice(0, list.length >> 1), list.slice(list.length >> 1), ...list] : [...list];
  }
  return isObject(value) ? Object.values(value) : [];
};

/**
 * Makes an input smaller as long as it fails in the same way.
 *
 * @param fails - whether an input still does
 */
export const shrink = async (input: Json, fails: (input: Json) => Promise<boolean>): Promise<Json> => {
  let [best, runs] = [input, 0];
  const endsAt = performance.now() + MOST_MS;
  const isOver = (): boolean => runs >= MOST_RUNS || performance.now() > endsAt;
  const isBetter = async (candidate: Json): Promise<boolean> => {
    if (isOver() || JSON.stringify(candidate).length >= JSON.stringify(best).length) return false;
    runs += 1;
    return fails(candidate);
  };
  for (let found = true; found && !isOver(); ) {
    found = false;
    for (const path of pathsOf(best)) {
      const value = at(best, path);
      if (value === undefined || isOver()) continue;
      const less = [...(path.length > 0 ? [undefined] : []), ...smaller(value)];
      for (const each of less) {
        const candidate = withAt(best, path, each);
        if (!(await isBetter(candidate))) continue;
        best = candidate;
        found = true;
        break;
      }
    }
  }
  return best;
};
