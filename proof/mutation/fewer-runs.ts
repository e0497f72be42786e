import type * as FastCheck from 'fast-check';

/**
 * Runs per property while mutants are tried: few, because every mutant that lives costs them all. `npm test` runs each as
 * often as it says.
 */
export const RUNS = 25;

/**
 * fast-check, but each property runs at most {@link RUNS} times, always from the same seed (a mutant must not live or
 * die by chance), and ends at the first counterexample: nobody reads the smallest one.
 */
export const fewerRuns = (real: typeof FastCheck): unknown => {
  const fewer = <Ts>(parameters: FastCheck.Parameters<Ts> = {}): FastCheck.Parameters<Ts> => ({
    seed: 1,
    ...parameters,
    numRuns: Math.min(parameters.numRuns ?? RUNS, RUNS),
    endOnFailure: true,
  });
  const checks = {
    assert: (property: FastCheck.IRawProperty<unknown>, parameters?: FastCheck.Parameters<unknown>) =>
      real.assert(property, fewer(parameters)),
  };
  const all = { ...real, ...checks };
  return { ...all, __esModule: true, default: all };
};
