/** The middle of some figures; of an even number, the mean of the two in the middle. */
export const median = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
};

/**
 * Measures several things in turn, round by round, so that a machine that gets slower slows them all.
 *
 * @returns the median of each, under the same names
 */
export const interleave = async <Name extends string>(
  rounds: number,
  subjects: Readonly<Record<Name, () => number | Promise<number>>>,
): Promise<Record<Name, number>> => {
  const names = Object.keys(subjects) as Name[];
  const figures = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) figures.get(name)?.push(await subjects[name]());
  return Object.fromEntries(names.map((name) => [name, median(figures.get(name) ?? [])])) as Record<Name, number>;
};
