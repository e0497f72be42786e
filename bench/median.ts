/** The middle of some figures; of an even number, the mean of the two in the middle. */
export const median = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
};

/** Medians of two things measured in turn, and of their quotient round by round. */
export interface Pair {
  readonly value: number;
  readonly floor: number;
  readonly ratio: number;
}

/**
 * Measures a thing and its floor in turn, round by round, so that a machine that gets slower slows both and a quotient
 * compares neighbours.
 */
export const pairwise = async (
  rounds: number,
  value: () => number | Promise<number>,
  floor: () => number | Promise<number>,
): Promise<Pair> => {
  const values: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await floor());
    values.push(await value());
  }
  const ratios = values.map((figure, round) => figure / (floors[round] ?? Number.NaN));
  return { value: median(values), floor: median(floors), ratio: median(ratios) };
};
