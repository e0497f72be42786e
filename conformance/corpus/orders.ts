import type { SequenceCase, Step } from './format.ts';

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) =>
        permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
      );

/**
 * The orders in which a sequence is played, the one it is written in first. `every` is each permutation, and the steps as
 * written twice over, since whatever may be reordered may also be repeated.
 *
 * @throws Error if an order names a step that is not there
 * @example ordersOf({ …, steps: [a, b], orders: 'every' }) // [[a, b], [b, a], [a, b, a, b]]
 */
export const ordersOf = ({ id, steps, orders }: SequenceCase): (readonly Step[])[] => {
  if (orders === undefined) return [steps];
  if (orders === 'every') return [...permutations(steps), [...steps, ...steps]];
  return orders.map((order) =>
    order.map((name) => {
      const step = steps.find((each) => each.name === name);
      if (step === undefined) throw new Error(`${id}: there is no step called ${name}`);
      return step;
    }),
  );
};
