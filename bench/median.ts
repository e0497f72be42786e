/** The figure below which a part of some figures lies, between neighbours if need be. */
const quantile = (sorted: readonly number[], part: number): number => {
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at - Math.floor(at));
};

/** The middle of some figures and the quartiles around it: half of the figures lie between these. */
export interface Spread {
  readonly mid: number;
  readonly low: number;
  readonly high: number;
}

/** Median and quartiles; NaN of no figures. */
export const spread = (figures: readonly number[]): Spread => {
  const sorted = [...figures].sort((a, b) => a - b);
  return { mid: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
};

/** The middle of some figures; of an even number, the mean of the two in the middle. */
export const median = (figures: readonly number[]): number => spread(figures).mid;

/** Two things measured in turn, and their quotient round by round. */
export interface Pair {
  readonly value: Spread;
  readonly floor: Spread;
  readonly ratio: Spread;
  readonly rounds: number;
}

/** What was measured round by round, each value beside the floor of its round. */
export const pairOf = (values: readonly number[], floors: readonly number[]): Pair => ({
  value: spread(values),
  floor: spread(floors),
  ratio: spread(values.map((figure, round) => figure / (floors[round] ?? Number.NaN))),
  rounds: values.length,
});

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
  return pairOf(values, floors);
};
