import fc from 'fast-check';
import { fewerRuns, RUNS } from '../../../proof/mutation/fewer-runs.ts';

const few = fewerRuns(fc as Parameters<typeof fewerRuns>[0]) as { readonly default: typeof fc };

const valuesOf = (numRuns?: number): number[] => {
  const values: number[] = [];
  const property = fc.property(fc.integer(), (value) => {
    values.push(value);
  });
  few.default.assert(property, numRuns === undefined ? undefined : { numRuns });
  return values;
};

test('a property runs no more often than the mutation run allows, always on the same values', () => {
  const values = valuesOf(2500);
  expect(values).toHaveLength(RUNS);
  expect(valuesOf()).toEqual(values);
  expect(valuesOf(3)).toEqual(values.slice(0, 3));
});

test('a property that fails fails at once, without a search for the smallest counterexample', () => {
  let runs = 0;
  const failing = fc.property(fc.integer({ min: 1 }), () => {
    runs += 1;
    return false;
  });
  expect(() => few.default.assert(failing)).toThrow();
  expect(runs).toBe(1);
});

test('all else is the library itself', () => {
  expect(few.default.integer).toBe(fc.integer);
  expect(few).toMatchObject({ __esModule: true, property: fc.property });
});
