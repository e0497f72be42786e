import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the run without mutants showed of one test file. */
export interface TestFile {
  readonly file: string;
  readonly ids: readonly string[];
  /** Every file it loads, relative to the root. */
  readonly loads: readonly string[];
  readonly milliseconds: number;
}

/** All test files below a folder, relative to the root, in a fixed order. */
export const testFiles = (root: string, folder: string, excluded: readonly RegExp[]): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith('.test.ts') && !excluded.some((pattern) => pattern.test(file)))
    .sort();

// Beside the copy that Stryker tests: its workers share nothing else, and one of them alone does the first run.
const place = (root: string): string => join(root, 'mutation-tests.json');

/** Keeps the index for all workers on this copy. */
export const keepIndex = (root: string, index: readonly TestFile[]): void =>
  writeFileSync(place(root), JSON.stringify(index));

/** @throws Error when no run without mutants has come before. */
export const readIndex = (root: string): readonly TestFile[] => {
  if (!existsSync(place(root))) throw new Error('The tests were not run without mutants before.');
  return JSON.parse(readFileSync(place(root), 'utf8')) as readonly TestFile[];
};

/** The test files to try on a mutant of one file: those of its folder, then the rest, the quick ones first. */
export const inOrder = (index: readonly TestFile[], tested: string): readonly TestFile[] => {
  const folder = join('test', dirname(tested));
  const far = ({ file }: TestFile): number => (dirname(file) === folder ? 0 : 1);
  return [...index].sort((a, b) => far(a) - far(b) || a.milliseconds - b.milliseconds);
};
