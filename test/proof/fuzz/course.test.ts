import { decodeInput, type Finding } from '../../../proof/fuzz/finding.ts';
import { checkGrowth } from '../../../proof/fuzz/growth.ts';
import { Course } from '../../../proof/fuzz/loop.ts';
import { type Target, Violation } from '../../../proof/fuzz/target.ts';
import { costing, crashing, leaking } from './planted.ts';

const LONGEST_MS = 20_000;
const SLICE_MS = 100;

/** Fuzzes until something is found, for a while at the most. */
const firstFinding = async (target: Target, seed: number): Promise<Finding | undefined> => {
  const found: Finding[] = [];
  const course = new Course(target, seed, { busy: () => undefined, found: (finding) => found.push(finding) });
  const start = performance.now();
  while (found.length === 0 && performance.now() - start < LONGEST_MS) await course.run(SLICE_MS);
  return found[0];
};

test.each([1, 2, 3])('finds a crash that takes two changes, and makes it small (seed %i)', async (seed) => {
  const finding = await firstFinding({ ...crashing, isTimed: false }, seed);
  expect(finding).toMatchObject({ target: 'crashing', kind: 'crash' });
  const input = decodeInput(finding?.input ?? '');
  expect(JSON.stringify(input).length).toBeLessThan(40);
  await expect(crashing.run(input)).rejects.toThrow(TypeError);
});

test('finds a line break that gets into a log', async () => {
  const finding = await firstFinding({ ...leaking, isTimed: false }, 1);
  expect(finding).toMatchObject({ target: 'leaking', kind: 'injection' });
});

test('finds time that grows with the square of the input, and lets it grow with the input', async () => {
  const input = { note: 'x' };
  const busy = () => undefined;
  const square = costing((length) => length ** 2 / 1000);
  const inProportion = costing((length) => length / 10);
  await expect(checkGrowth(square.target, input, () => 0, busy, square.clock)).rejects.toThrow(Violation);
  await expect(checkGrowth(inProportion.target, input, () => 0, busy, inProportion.clock)).resolves.toBeUndefined();
});

test('the same seed gives the same inputs', async () => {
  const inputsOf = async (seed: number): Promise<string[]> => {
    const inputs: string[] = [];
    const quiet: Target = { ...crashing, isTimed: false, run: async () => [] };
    const busy = (_: string, input: unknown) => void (input !== undefined && inputs.push(JSON.stringify(input)));
    const course = new Course(quiet, seed, { busy, found: () => undefined });
    while (inputs.length < 50) await course.run(1);
    return inputs.slice(0, 50);
  };
  expect(await inputsOf(7)).toEqual(await inputsOf(7));
  expect(await inputsOf(8)).not.toEqual(await inputsOf(7));
});
