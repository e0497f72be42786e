import type { Pair, Spread } from './median.ts';

/** How far the rounds of a row lay apart. */
export interface Noise {
  /** The quartiles of what the budget is a limit of: half of the rounds lay between them. */
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

/** One measured figure beside the floor it cannot beat. */
export interface Row {
  readonly name: string;
  /** The median of all rounds, as are floor and ratio. */
  readonly value: number;
  readonly unit: string;
  /** The same work without what this project adds, measured in the same run; null if there is no such thing. */
  readonly floor: number | null;
  /** The median of `value / floor` round by round; null where it would mean nothing. */
  readonly ratio: number | null;
  /** The worst that may land. */
  readonly budget: number;
  /** What the budget is a limit of. */
  readonly budgetOf: 'ratio' | 'value';
  /** Null for what is counted or was measured once. */
  readonly noise: Noise | null;
}

const noiseOf = ({ low, high }: Spread, rounds: number): Noise => ({ low, high, rounds });

/** A row whose budget limits the ratio to its floor. */
export const againstFloor = (name: string, unit: string, pair: Pair, budget: number): Row => ({
  name,
  value: pair.value.mid,
  unit,
  floor: pair.floor.mid,
  ratio: pair.ratio.mid,
  budget,
  budgetOf: 'ratio',
  noise: noiseOf(pair.ratio, pair.rounds),
});

/** A row whose budget limits the value itself, though there is a floor to compare it with. */
export const besideFloor = (name: string, unit: string, pair: Pair, budget: number): Row => ({
  ...againstFloor(name, unit, pair, budget),
  budgetOf: 'value',
  noise: noiseOf(pair.value, pair.rounds),
});

/** A count beside the fewest that could do. */
export const count = (name: string, value: number, floor: number): Row => ({
  name,
  value,
  unit: 'calls',
  floor,
  ratio: value / floor,
  budget: 1,
  budgetOf: 'ratio',
  noise: null,
});

/** A row whose budget limits the value itself, counted or measured once. */
export const againstLimit = (name: string, value: number, unit: string, floor: number | null, budget: number): Row => ({
  name,
  value,
  unit,
  floor,
  ratio: null,
  budget,
  budgetOf: 'value',
  noise: null,
});

/** Whether a row is within its budget. */
export const isWithin = ({ ratio, value, budget, budgetOf }: Row): boolean =>
  (budgetOf === 'ratio' && ratio !== null ? ratio : value) <= budget;

/** Whether it is a count, which has no noise, and over its budget. */
export const isMiscounted = (row: Row): boolean => row.unit === 'calls' && !isWithin(row);
