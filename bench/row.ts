import type { Pair } from './median.ts';

/** One measured figure beside the floor it cannot beat. */
export interface Row {
  readonly name: string;
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
}

/** A row whose budget limits the ratio to its floor. */
export const againstFloor = (name: string, unit: string, { value, floor, ratio }: Pair, budget: number): Row => ({
  name,
  value,
  unit,
  floor,
  ratio,
  budget,
  budgetOf: 'ratio',
});

/** A count beside the fewest that could do. */
export const count = (name: string, value: number, floor: number): Row =>
  againstFloor(name, 'calls', { value, floor, ratio: value / floor }, 1);

/** A row whose budget limits the value itself. */
export const againstLimit = (name: string, value: number, unit: string, floor: number | null, budget: number): Row => ({
  name,
  value,
  unit,
  floor,
  ratio: null,
  budget,
  budgetOf: 'value',
});

/** Whether a row is within its budget. */
export const isWithin = ({ ratio, value, budget, budgetOf }: Row): boolean =>
  (budgetOf === 'ratio' && ratio !== null ? ratio : value) <= budget;
